"""Addresses of the API, below /api/v1/."""

from rest_framework.routers import SimpleRouter

from governance.cases.api import Cases

router = SimpleRouter()
router.register("cases", Cases, basename="case")
urlpatterns = router.urls
