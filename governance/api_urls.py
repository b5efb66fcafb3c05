"""Governance's addresses below /api/v1/."""

from rest_framework.routers import SimpleRouter

from governance.approvals.api import Tasks

router = SimpleRouter()
router.register("tasks", Tasks, basename="task")
urlpatterns = router.urls
