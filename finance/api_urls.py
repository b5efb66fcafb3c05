"""Addresses of finance's API."""

from rest_framework.routers import SimpleRouter

from finance.invoices.api import Invoices

router = SimpleRouter()
router.register("invoices", Invoices, basename="invoice")
urlpatterns = router.urls
