"""What the matrix is asked about, by the words documents use for themselves."""

from django.utils.translation import gettext_lazy as _

KINDS = {"requisition": _("Requests"), "order_change": _("Order changes")}
