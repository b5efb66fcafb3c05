"""What can be done with an invoice."""

from finance.invoices.actions.capture import Charged, capture
from finance.invoices.actions.match import match, rematch_case, rematch_order, rematch_supplier
from finance.invoices.actions.settle import accept_variance, note_posted, reject, release

__all__ = [
    "Charged",
    "accept_variance",
    "capture",
    "match",
    "note_posted",
    "reject",
    "release",
    "rematch_case",
    "rematch_order",
    "rematch_supplier",
]
