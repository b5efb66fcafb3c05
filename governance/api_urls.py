"""Governance's addresses below /api/v1/."""

from rest_framework.routers import SimpleRouter

from governance.access.api import Rights
from governance.approvals.api import Questions, Tasks
from governance.authority.api import Delegations, Matrices
from governance.cases.api import Cases
from governance.parameters.api import Values
from governance.waivers.api import Waivers

router = SimpleRouter()
router.register("tasks", Tasks, basename="task")
router.register("questions", Questions, basename="question")
router.register("cases", Cases, basename="case")
router.register("authority", Matrices, basename="matrix")
router.register("delegations", Delegations, basename="delegation")
router.register("access", Rights, basename="access")
router.register("parameter-values", Values, basename="parameter-value")
router.register("waivers", Waivers, basename="waiver")
urlpatterns = router.urls
