"""Questions to what we sent."""

from django.db.models import QuerySet
from django.db.models.functions import Now

from foundation.values.actor import Actor
from integration.sending.lifecycle import OutboundState
from integration.sending.models import OutboundMessage


def sent_rows(actor: Actor) -> QuerySet[OutboundMessage]:
    rows = OutboundMessage.objects.visible_to(actor)
    return rows.select_related("partner", "supplier__party", "entity", "file")


def unanswered(rows: QuerySet[OutboundMessage]) -> QuerySet[OutboundMessage]:
    """Nobody acknowledged them in the agreed time."""
    return rows.filter(status=OutboundState.SENT, due_at__lt=Now())
