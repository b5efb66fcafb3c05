"""A supplier's invoices. Addresses carry public ids, never numbers."""

from django.urls import path

from finance.invoices import portal_credit, portal_list

urlpatterns = [
    path("invoices/", portal_list.invoices, name="invoices"),
    path("invoices/<uuid:public_id>/", portal_list.invoice, name="invoice"),
    path("invoices/<uuid:public_id>/ask/", portal_list.ask, name="invoice-ask"),
    path("invoices/<uuid:public_id>/credit/", portal_credit.credit, name="invoice-credit"),
]
