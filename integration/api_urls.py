"""Addresses of integration's API."""

from rest_framework.routers import SimpleRouter

from integration.deliveries.api import Deliveries
from integration.inbox.api import Inbound

router = SimpleRouter()
router.register("deliveries", Deliveries, basename="delivery")
router.register("inbound", Inbound, basename="inbound")
urlpatterns = router.urls
