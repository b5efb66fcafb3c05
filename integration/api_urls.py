"""Addresses of integration's API."""

from rest_framework.routers import SimpleRouter

from integration.deliveries.api import Deliveries
from integration.inbox.api import Inbound
from integration.supplier_api.api import Orders, Submissions

router = SimpleRouter()
router.register("deliveries", Deliveries, basename="delivery")
router.register("inbound", Inbound, basename="inbound")
router.register("supplier/orders", Orders, basename="supplier-order")
router.register("supplier/submissions", Submissions, basename="supplier-submission")
urlpatterns = router.urls
