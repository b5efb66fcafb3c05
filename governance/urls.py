"""Addresses of what the rules are."""

from governance.approvals import urls as approvals

app_name = "governance"
urlpatterns = [*approvals.urlpatterns]
