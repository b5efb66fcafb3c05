"""Addresses of the back office."""

from governance.authority import urls as authority
from governance.cases import urls as cases

app_name = "governance"
urlpatterns = [
    *cases.urlpatterns,
    *authority.urlpatterns,
]
