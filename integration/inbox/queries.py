"""Questions to the messages that came in."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from integration.inbox.lifecycle import InboundState
from integration.inbox.models import InboundMessage, MessageSubmission
from procurement.orders.models import PurchaseOrder

SOURCES = ("supplier__party", "entity", "file")


def message_rows(actor: Actor) -> QuerySet[InboundMessage]:
    """For lists and pages: those about one's own entities and suppliers; what is nobody's yet, to the whole house."""
    return InboundMessage.objects.visible_to(actor).select_related(*SOURCES)


def message_pages(actor: Actor) -> QuerySet[InboundMessage]:
    return message_rows(actor).select_related("original", "acknowledgement")


def became(message: InboundMessage) -> list[MessageSubmission]:
    """The submissions it led to."""
    return list(message.outcomes.select_related("submission").order_by("pk"))


def orders_named(message: InboundMessage) -> list[PurchaseOrder]:
    """Orders of the supplier that it names."""
    if message.supplier is None or not message.orders:
        return []
    everywhere = PurchaseOrder.objects.everywhere(because="shown to whoever may see a message of this supplier")
    return list(everywhere.filter(number__in=message.orders.split(), supplier=message.supplier))


def held(actor: Actor) -> QuerySet[InboundMessage]:
    mine = InboundMessage.objects.visible_to(actor, "work_message")
    return mine.filter(status=InboundState.HELD)


def whole(pk: int) -> InboundMessage:
    """With its files, for whoever answers it."""
    everywhere = InboundMessage.objects.everywhere(because="answered to its sender")
    return everywhere.select_related("entity", "acknowledgement", "file").get(pk=pk)


def unnamed(address: str) -> list[InboundMessage]:
    """What waits because nobody had said whose address it comes from."""
    everywhere = InboundMessage.objects.everywhere(because="read again for whoever named the sender")
    return list(everywhere.filter(sender=address, supplier=None, status=InboundState.HELD).order_by("pk"))


def held_count(actor: Actor) -> int:
    return held(actor).count()


def held_work(actor: Actor, limit: int) -> list[WorkRow]:
    return [
        WorkRow(
            kind=message.get_kind_display(),
            icon="mail",
            identity=message.number or str(message),
            url=reverse("integration:message", args=[message.pk]),
            why=why(message),
            tone="warn",
            counterparty=message.supplier.party.name if message.supplier else message.sender,
            since=message.received_at,
        )
        for message in held(actor).select_related(*SOURCES).order_by("received_at")[:limit]
    ]


def why(message: InboundMessage) -> str:
    """The first sentence that keeps it."""
    return str(message.faults[0]["sentence"]) if message.faults else _("Needs a look")
