"""A supplier's invoices."""

from django.urls import path

from finance.invoices import portal as invoices

urlpatterns = [path("invoices/", invoices.invoices, name="invoices")]
