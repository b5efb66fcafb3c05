"""What integration shows on pages of documents below it."""

from django.utils.translation import gettext_lazy as _

from foundation.panels.registry import Panel, register

register(Panel("order", _("In the ERP"), "integration:erp-order", "see_order", order=80))
register(Panel("receipt", _("In the ERP"), "integration:erp-receipt", "see_receipt", order=80))
register(Panel("invoice", _("In the ERP"), "integration:erp-invoice", "see_invoice", order=80))
