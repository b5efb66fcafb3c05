"""Addresses of the organization's API."""

from rest_framework.routers import SimpleRouter

from organization.items.api import Items

router = SimpleRouter()
router.register("items", Items, basename="item")
urlpatterns = router.urls
