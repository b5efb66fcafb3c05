"""Credits that were agreed on and are to come."""

from django.db.models import Q

from finance.credits.models import ExpectedCredit
from foundation.values.actor import Actor


def expected_on(invoice: object) -> list[ExpectedCredit]:
    """What was agreed to be given back of an invoice that the reader sees, with the note that brought it."""
    rows = ExpectedCredit.objects.everywhere(because="who sees the invoice sees what is to come back of it")
    return list(rows.select_related("note", "case").filter(invoice=invoice).order_by("pk"))


def expected_of_order(order_number: str, actor: Actor) -> list[ExpectedCredit]:
    """What was agreed to be given back for an order or on an invoice of it, and is not here."""
    about = Q(order_number=order_number) | Q(invoice__lines__order_number=order_number)
    rows = ExpectedCredit.objects.visible_to(actor).filter(about, note=None)
    return list(rows.select_related("case", "invoice").distinct().order_by("pk")[:20])
