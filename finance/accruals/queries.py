"""Received and not billed: what we owe without an invoice (the GR/IR account, line by line)."""

from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, Min, QuerySet, Sum

from finance.commitments.models import Commitment
from foundation.values.actor import Actor


def unbilled(actor: Actor) -> QuerySet[Commitment]:
    """Order lines of which more was received than billed, with the worth in the entity's currency."""
    left = F("received") - F("billed")
    worth = ExpressionWrapper(left * F("price") * F("rate"), DecimalField(max_digits=30, decimal_places=2))
    return (
        Commitment.objects.visible_to(actor)
        .filter(received__gt=F("billed"))
        .select_related("supplier__party", "entity", "item__base_unit")
        .annotate(unbilled=left, worth=worth, first_received=Min("accruals__received_on"))
    )


def owed(actor: Actor) -> list[tuple[str, Decimal]]:
    """Currency of the entity -> what is owed there without an invoice."""
    worth = (F("received") - F("billed")) * F("price") * F("rate")
    totals = Commitment.objects.visible_to(actor).filter(received__gt=F("billed")).values("entity__currency")
    return [
        (row["entity__currency"], row["sum"]) for row in totals.annotate(sum=Sum(worth)).order_by("entity__currency")
    ]
