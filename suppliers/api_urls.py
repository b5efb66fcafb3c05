"""Addresses of the suppliers' API."""

from rest_framework.routers import SimpleRouter

from suppliers.scorecards.api import Scores
from suppliers.supplier_items.api import Offers
from suppliers.suppliers.api import Suppliers

router = SimpleRouter()
router.register("suppliers", Suppliers, basename="supplier")
router.register("offers", Offers, basename="offer")
router.register("scores", Scores, basename="score")
urlpatterns = router.urls
