"""Receiving's addresses below /api/v1/."""

from rest_framework.routers import SimpleRouter

from receiving.notices.api import ShipNotices
from receiving.receipts.api import Receipts
from receiving.stock.api import Stock

router = SimpleRouter()
router.register("receipts", Receipts, basename="receipt")
router.register("ship-notices", ShipNotices, basename="ship-notice")
router.register("stock", Stock, basename="stock")
urlpatterns = router.urls
