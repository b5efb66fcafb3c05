"""What finance shows on pages of documents above it."""

from django.utils.translation import gettext_lazy as _

from foundation.panels.registry import Panel, register

register(Panel("order", _("Invoices"), "finance:order-invoices", "see_invoice", order=60))
