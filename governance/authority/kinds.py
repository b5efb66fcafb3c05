"""What the matrix is asked about, by the words documents use for themselves."""

from django.utils.translation import gettext_lazy as _

PERMITS = {
    "price_exception": _("Price exceptions"),
    "expedite": _("Expediting"),
    "tolerance": _("Tolerance exceptions"),
}
"""What other flows ask leave for. A matrix need not answer them: without a rule nobody grants any."""
KINDS = {"requisition": _("Requests"), "order_change": _("Order changes"), **PERMITS}
