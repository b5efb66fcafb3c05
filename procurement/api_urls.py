"""Addresses of the API, below /api/v1/."""

from rest_framework.routers import SimpleRouter

from procurement.changes.api import Changes
from procurement.orders.api import Orders
from procurement.requisitions.api import Requisitions

router = SimpleRouter()
router.register("requisitions", Requisitions, basename="requisition")
router.register("orders", Orders, basename="order")
router.register("changes", Changes, basename="change")
urlpatterns = router.urls
