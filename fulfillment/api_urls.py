"""Fulfillment's addresses below /api/v1/."""

from rest_framework.routers import SimpleRouter

from fulfillment.customers.api import Customers
from fulfillment.demand.api import CustomerOrders
from fulfillment.shipments.api import Shipments

router = SimpleRouter()
router.register("customer-orders", CustomerOrders, basename="customer-order")
router.register("customers", Customers, basename="customer")
router.register("shipments", Shipments, basename="shipment")
urlpatterns = router.urls
