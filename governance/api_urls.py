"""Governance's addresses below /api/v1/."""

from rest_framework.routers import SimpleRouter

from governance.approvals.api import Tasks
from governance.cases.api import Cases

router = SimpleRouter()
router.register("tasks", Tasks, basename="task")
router.register("cases", Cases, basename="case")
urlpatterns = router.urls
