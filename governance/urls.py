"""Addresses of what the rules are."""

from governance.access import urls as access
from governance.approvals import urls as approvals
from governance.authority import urls as authority
from governance.cases import urls as cases
from governance.parameters import urls as parameters
from governance.waivers import urls as waivers

app_name = "governance"
urlpatterns = [
    *approvals.urlpatterns,
    *cases.urlpatterns,
    *authority.urlpatterns,
    *parameters.urlpatterns,
    *waivers.urlpatterns,
    *access.urlpatterns,
]
