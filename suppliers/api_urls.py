"""Addresses of the suppliers' API."""

from rest_framework.routers import SimpleRouter

from suppliers.suppliers.api import Suppliers

router = SimpleRouter()
router.register("suppliers", Suppliers, basename="supplier")
urlpatterns = router.urls
