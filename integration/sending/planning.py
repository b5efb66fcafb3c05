"""What is told of an event, and whom: plans, made from what was frozen."""

from datetime import date
from decimal import Decimal

from foundation.values.quantity import Factor
from integration.canon.acknowledgements import REJECTED, Acknowledgement, Trouble
from integration.canon.documents import Document
from integration.canon.parts import Item, OrderReference, Party
from integration.canon.receipt_advices import AdvisedLine, ReceiptAdvice
from integration.inbox.models import InboundMessage
from integration.partners.models import Gets, TradingPartner
from integration.sending import composing
from integration.sending.actions import Plan
from integration.sending.models import OutboundMessage, Told
from procurement.orders.models import OrderRevision, PurchaseOrder
from receiving.receipts.models import Receipt, ReceiptLine

BECAUSE = "a supplier hears of all that is his"
LONGEST_REASON = 70
APERAK = "APERAK"
APPLICATION = "REFUSED"
"""Element 9321, whose codes are each house's own."""


def of_order(pk: int, revision: int, reason: str) -> tuple[PurchaseOrder, str, dict[int, Plan]]:
    """A revision of an order: the order, what partners must get to be told, and the plan for each of them.

    Who was never told of the order (0) is told all of it, or nothing of one that is cancelled by now.
    """
    order = PurchaseOrder.objects.everywhere(because=BECAUSE).select_related("entity", "supplier").get(pk=pk)
    frozen = OrderRevision.objects.get(order=order, number=revision)
    first = Plan(
        what=f"{order.subject}:{revision}",
        kind=Told.ORDER,
        number=order.number,
        about=order.subject,
        entity=order.entity,
        write=lambda partner: composing.purchase_order(frozen.content, issued_on=frozen.issued_at.date()),
    )
    plans = _later(order, frozen, first, reason)
    if not frozen.content.get("is_cancelled", False):
        plans[0] = first
    return order, Gets.ORDER if revision == 1 else Gets.ORDER_CHANGE, plans


def _later(order: PurchaseOrder, frozen: OrderRevision, first: Plan, reason: str) -> dict[int, Plan]:
    """For each partner that knows the order: what changed since the revision that it was told last."""
    if frozen.number == 1:
        return {}
    told = OutboundMessage.objects.everywhere(because=BECAUSE).filter(about=order.subject).exclude(what=first.what)
    plans = {}
    for message in told.exclude(status="stopped").order_by("pk"):
        last = int(message.what.rpartition(":")[2])
        if last < frozen.number:
            plans[message.partner_id] = _since(last, order, frozen, first, reason, message.control)
    return plans


def _since(last: int, order: PurchaseOrder, frozen: OrderRevision, first: Plan, reason: str, control: str) -> Plan:
    content, day = frozen.content, frozen.issued_at.date()

    def change(partner: TradingPartner) -> Document:
        before = OrderRevision.objects.get(order=order, number=last).content
        return composing.order_change(content, before, issued_on=day, reason=reason)

    def cancellation(partner: TradingPartner) -> Document:
        ordered_on = OrderRevision.objects.get(order=order, number=1).issued_at.date()
        return composing.order_cancellation(content, ordered_on=ordered_on, issued_on=day, reason=reason)

    is_gone = content.get("is_cancelled", False)
    kind = Told.ORDER_CANCELLATION if is_gone else Told.ORDER_CHANGE
    return Plan(
        what=first.what,
        kind=kind,
        number=order.number,
        about=order.subject,
        entity=order.entity,
        write=cancellation if is_gone else change,
        refers_to=control,
    )


def of_receipt(pk: int) -> tuple[Receipt, Plan]:
    """What stands here of a delivery, in the units of the orders."""
    rows = Receipt.objects.everywhere(because=BECAUSE).select_related("site__entity", "supplier__party", "notice")
    receipt = rows.get(pk=pk)
    plan = Plan(
        what=receipt.subject,
        kind=Told.RECEIPT_ADVICE,
        number=receipt.number,
        about=receipt.subject,
        entity=receipt.site.entity,
        write=lambda partner: _advice(receipt),
    )
    return receipt, plan


def _advice(receipt: Receipt) -> ReceiptAdvice:
    lines = receipt.lines.select_related("item", "order_line__order", "order_line__unit").order_by("number")
    entity, site, supplier = receipt.site.entity, receipt.site, receipt.supplier
    numbered = {"id": site.gln, "id_scheme": "gln"} if site.gln else {"id": site.code, "id_scheme": "of_buyer"}
    day = receipt.posted_at.date() if receipt.posted_at else receipt.arrived_at.date()
    return ReceiptAdvice(
        number=receipt.number,
        issued_on=day,
        received_on=receipt.arrived_at.date(),
        ship_notice=receipt.notice.reference if receipt.notice else receipt.delivery_note,
        lines=tuple(_advised(line) for line in lines if line.order_line and line.is_ours),
        parties=(
            Party(role="buyer", name=entity.name, id=entity.code, id_scheme="of_buyer"),
            Party(role="supplier", name=supplier.party.name, id=supplier.number, id_scheme="of_buyer"),
            Party(role="ship_to", name=site.name, **numbered),
        ),
    )


def _advised(line: ReceiptLine) -> AdvisedLine:
    """*received* is all that was counted, *rejected* of it what was damaged or went back with the truck."""
    of = line.order_line
    factor = Factor(of.numerator, of.denominator)
    counted = line.accepted + line.damaged + line.refused

    def units(base: Decimal) -> Decimal | None:
        return factor.from_base(base, rounding=True) if base else None

    return AdvisedLine(
        number=str(line.number),
        item=Item(
            buyer_number=line.item.sku if line.item else "",
            supplier_number=of.supplier_sku,
            description=" ".join(line.description.split()),
        ),
        unit=of.unit.code,
        received=factor.from_base(counted, rounding=True),
        short=units(max(line.expected - counted, Decimal(0))),
        rejected=units(line.damaged + line.refused),
        reason=next(composing.wrapped(line.note, LONGEST_REASON), ""),
        order=OrderReference(number=of.order.number, line=str(of.number)),
        lot=line.lot,
    )


def of_acknowledgement(message: InboundMessage) -> Plan:
    """Our 997 or CONTRL, which lies there already: once for all messages of an interchange."""
    assert message.acknowledgement is not None
    return Plan(
        what=f"acknowledgement:{message.acknowledgement_id}",
        kind=Told.ACKNOWLEDGEMENT,
        number=message.interchange,
        about=message.subject,
        entity=message.entity,
        file=message.acknowledgement,
        type=message.acknowledgement.name.partition("-")[0],
    )


def of_refusal(message: InboundMessage, reasons: list[str], on: date) -> Plan:
    """Why a message was not accepted, in words of the trade (APERAK)."""
    return Plan(
        what=f"refusal:{message.subject}",
        kind=Told.ACKNOWLEDGEMENT,
        type=APERAK,
        number=message.number or message.control,
        about=message.subject,
        entity=message.entity,
        write=lambda partner: Acknowledgement(
            number=f"{message.pk}",
            issued_on=on,
            document=message.number or message.control,
            code=REJECTED,
            troubles=tuple(
                Trouble(code=APPLICATION, text=piece)
                for reason in reasons
                for piece in composing.wrapped(reason, LONGEST_REASON)
            ),
        ),
    )
