"""Addresses of integration's API."""

from rest_framework.routers import SimpleRouter

from integration.deliveries.api import Deliveries

router = SimpleRouter()
router.register("deliveries", Deliveries, basename="delivery")
urlpatterns = router.urls
