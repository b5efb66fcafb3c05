"""Addresses of finance."""

from django.urls import path

from finance.accruals import views as accruals
from finance.budgets import views as budgets
from finance.invoices.views import capture, lists, page
from finance.matching import views as matching

app_name = "finance"
urlpatterns = [
    path("invoices/", lists.invoices, name="invoices"),
    path("invoices/new/", capture.which, name="invoice-which"),
    path("invoices/new/<str:supplier>/", capture.capture, name="invoice-capture"),
    path("invoices/unbilled/", accruals.unbilled, name="unbilled"),
    path("invoices/of-order/<str:number>/", lists.of_order, name="order-invoices"),
    path("invoices/tolerances/", matching.tolerances, name="tolerances"),
    path("invoices/tolerances/new/", matching.new_tolerance, name="tolerance-new"),
    path("invoices/tolerances/<int:pk>/", matching.tolerance, name="tolerance"),
    path("invoices/<str:number>/", page.invoice, name="invoice"),
    path("invoices/<str:number>/release/", page.release, name="invoice-release"),
    path("invoices/<str:number>/reject/", page.reject, name="invoice-reject"),
    path("invoices/<str:number>/match/", page.match, name="invoice-match"),
    path("invoices/<str:number>/lines/<int:line>/accept/", page.accept, name="invoice-accept"),
    path("budgets/", budgets.budgets_list, name="budgets"),
    path("budgets/<int:pk>/", budgets.budget, name="budget"),
    path("budgets/<int:pk>/set/", budgets.set_amount, name="budget-set"),
]
