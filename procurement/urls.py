"""Addresses of the back office."""

from procurement.lineage import urls as lineage
from procurement.requisitions import urls as requisitions

app_name = "procurement"
urlpatterns = [*requisitions.urlpatterns, *lineage.urlpatterns]
