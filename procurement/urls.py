"""Addresses of the back office."""

from django.urls import path

from procurement import panels
from procurement.changes import urls as changes
from procurement.lineage import urls as lineage
from procurement.orders import urls as orders
from procurement.pool import urls as pool
from procurement.regrouping import urls as regrouping
from procurement.requisitions import urls as requisitions

app_name = "procurement"
urlpatterns = [
    *requisitions.urlpatterns,
    *lineage.urlpatterns,
    *pool.urlpatterns,
    *regrouping.urlpatterns,
    *orders.urlpatterns,
    *changes.urlpatterns,
    path("panels/contract/<str:number>/releases/", panels.contract_releases, name="contract-releases"),
    path("panels/change/<str:number>/periods/", panels.change_periods, name="change-periods"),
    path("panels/order/<str:number>/reminders/", panels.order_chases, name="order-chases"),
    path("requests/asked/<int:step>/", panels.request_asked, name="request-asked"),
]
