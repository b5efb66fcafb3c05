"""What suppliers' systems send on the last day: one answer is sound, one waits for a look, one cannot be read, and one
comes from an address that nobody has named yet.
"""

from dataclasses import dataclass
from datetime import datetime

from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Item, OrderReference
from integration.clients import actions as clients
from integration.clients.models import Scope
from integration.clients.secrets import Fresh
from integration.edi import outbound
from integration.edi.outbound import Envelope
from integration.inbox import actions as inbox
from integration.partners import actions as partners
from integration.partners.models import Gets, TradingPartner
from integration.sending import actions as sending
from integration.sending import planning
from procurement.confirmations import glossary
from procurement.orders.models import PurchaseOrder
from suppliers.suppliers.models import Channel
from world.history import selling
from world.history.story import Story
from world.scene import WORLD

BECAUSE = "the story knows everything"
OURS = "14:8719333000011"
"""The distributor's GLN, with its qualifier."""
CASES, BOXES = "CS", "BX"


@dataclass(frozen=True)
class Letter:
    """How a message turns out: by its unit, by its trailer, by its sender."""

    syntax: str = "x12"
    counts_oddly: bool = False
    is_cut: bool = False
    is_known: bool = True


LETTERS = [Letter("edifact"), Letter(counts_oddly=True), Letter(is_cut=True), Letter("edifact", is_known=False)]


GETS = {
    "x12": [Gets.ORDER, Gets.ORDER_CHANGE, Gets.ACKNOWLEDGEMENT],
    "edifact": [Gets.ORDER, Gets.ORDER_CHANGE, Gets.RECEIPT_ADVICE, Gets.ACKNOWLEDGEMENT],
}
"""What our systems' partners get; it is kept here, for no gateway empties the folders of a demo."""


def bring(story: Story, when: datetime) -> None:
    """About orders on their way, those first that nobody answered yet."""
    rows = PurchaseOrder.objects.everywhere(because=BECAUSE).filter(status="issued")
    for number, (letter, pk) in enumerate(
        zip(LETTERS, rows.order_by("confirmed", "-pk").values_list("pk", flat=True), strict=False), 1
    ):
        _send(story, when, selling.order_of(pk), letter, number)


def _send(story: Story, when: datetime, order: PurchaseOrder, letter: Letter, number: int) -> None:
    address = f"14:{order.supplier.party.gln}" if letter.is_known else f"ZZ:{order.supplier.number}"
    if letter.is_known and not TradingPartner.objects.filter(address=address).exists():
        how = {"supplier": order.supplier, "address": address, "own_address": OURS, "syntax": letter.syntax}
        terms = {"gets": GETS[letter.syntax], "answers_within_hours": 24}
        partner = partners.agree(**how, terms=terms, by=WORLD, at=when, key=story.key())
        tell(story, when, order, partner)
    envelope = Envelope(
        syntax=letter.syntax,
        version="004010" if letter.syntax == "x12" else "D96A",
        sender=address,
        receiver=OURS,
        control=4000 + number,
        sent_at=when,
    )
    raw = outbound.write([_answer(order, letter)], envelope)
    if letter.is_cut:
        raw = raw.partition(b"SE*")[0]
    inbox.receive(
        raw,
        channel=Channel.EDI,
        by=WORLD,
        at=when,
        key=story.key(),
        name=f"{order.supplier.number}-{4000 + number}.edi",
    )


def tell(story: Story, when: datetime, order: PurchaseOrder, partner: TradingPartner) -> None:
    """The order that is answered went to its supplier's system as well, which has access of its own."""
    _order, _gets, plans = planning.of_order(order.pk, order.revision, "")
    message = sending.prepare(plan=plans[0], partner=partner, at=when, key=story.key())
    sending.note_sent(message=message, way=partner.way, target="", at=when, key=story.key())
    clients.register(
        name=f"{order.supplier.party.name} ERP",
        supplier=order.supplier,
        scopes=[Scope.DELIVER, Scope.READ_ORDERS, Scope.CONFIRM],
        secret=Fresh(f"bought-with-care-{order.supplier.number}"),
        days=365,
        by=WORLD,
        at=when,
        key=story.key(),
    )


def _answer(order: PurchaseOrder, letter: Letter) -> OrderResponse:
    """All as ordered; who counts oddly repeats a unit that is not the order's."""
    lines = [
        ResponseLine(
            number=str(row.number),
            code=glossary.ACCEPTED,
            item=Item(buyer_number=row.item.sku if row.item else "", supplier_number=row.supplier_sku),
            quantity=selling.units(row, row.ordered),
            unit=(BOXES if row.unit.code == CASES else CASES) if letter.counts_oddly else "",
        )
        for row in order.lines.select_related("item", "unit").order_by("number")
    ]
    about = OrderReference(number=order.number, revision=order.revision)
    reference = f"SO-{order.pk:06}"
    return OrderResponse(order=about, code=glossary.ACCEPTED, supplier_reference=reference, lines=tuple(lines))
