"""Count what came: start a receipt from what is expected, enter what stands on the floor."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, deciding, verb
from foundation.files.models import StoredFile
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.items.models import Item
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from receiving.notices.events import ReceivingStarted
from receiving.notices.models import ShipNotice
from receiving.receipts.events import LineCounted, ReceiptDiscarded, ReceiptStarted
from receiving.receipts.lifecycle import ReceiptState
from receiving.receipts.models import Receipt, ReceiptLine
from suppliers.suppliers.models import Supplier

RECEIVABLE = [OrderState.ISSUED, OrderState.CLOSED]


@verb
def start(
    *,
    site: Site,
    supplier: Supplier,
    by: Actor,
    at: datetime,
    key: str,
    orders: Iterable[PurchaseOrder] = (),
    notice: ShipNotice | None = None,
    delivery_note: str = "",
    dock_id: int | None = None,
) -> Receipt:
    """Open a receipt with a line for everything expected: what the ship notice says, else what the orders miss."""
    orders = list(orders)
    receipt = Receipt(
        number=numbering.take("GR", site.entity.code, today(site, at)),
        site=site,
        supplier=supplier,
        notice=notice,
        dock_id=dock_id,
        delivery_note=delivery_note or (notice.reference if notice else ""),
        arrived_at=at,
        receiver=str(by),
    )
    allow(by, "receive_goods", receipt)
    with deciding(receipt, by=by, key=key, first=[notice] if notice else []) as receipt:
        if notice:
            _take_up(notice, by=by, at=at)
        lines = _announced(receipt, notice) if notice else _open(receipt, orders)
        ReceiptLine.objects.bulk_create(lines)
        receipt.line_count = len(lines)
        journal.record(
            ReceiptStarted(
                subject=receipt.subject,
                number=receipt.number,
                site_id=site.pk,
                supplier_id=supplier.pk,
                lines=len(lines),
            ),
            at=at,
        )
    return receipt


@verb
def count(
    *,
    receipt: Receipt,
    line_number: int,
    accepted: Decimal,
    by: Actor,
    at: datetime,
    key: str,
    damaged: Decimal = Decimal(0),
    refused: Decimal = Decimal(0),
    lot: str = "",
    note: str = "",
    photo: StoredFile | None = None,
) -> Receipt:
    """What stands there of one line, in base units; counting again replaces the count. Zero means: not there."""
    with deciding(receipt, by=by, seen=AS_IT_IS, key=key) as receipt:
        allow(by, "receive_goods", receipt)
        _counting(receipt)
        line = receipt.lines.filter(number=line_number).first()
        if line is None:
            raise Refused(_("This receipt has no line %(number)s.") % {"number": line_number})
        _whole(line, accepted, damaged, refused)
        receipt.counted_count += not line.is_counted
        line.is_counted, line.accepted, line.damaged, line.refused = True, accepted, damaged, refused
        line.lot, line.note, line.photo = lot or line.lot, note or line.note, photo or line.photo
        line.save()
        said = {"accepted": str(accepted), "damaged": str(damaged), "refused": str(refused)}
        journal.record(LineCounted(subject=receipt.subject, line=line_number, **said), at=at)
    return receipt


@verb
def add_line(
    *,
    receipt: Receipt,
    by: Actor,
    at: datetime,
    key: str,
    accepted: Decimal,
    order_line: PurchaseOrderLine | None = None,
    item: Item | None = None,
    description: str = "",
    note: str = "",
) -> Receipt:
    """Something nobody announced: another order's goods, or a thing nobody ordered. It is recorded all the same."""
    with deciding(receipt, by=by, seen=AS_IT_IS, key=key) as receipt:
        allow(by, "receive_goods", receipt)
        _counting(receipt)
        item = order_line.item if order_line else item
        what = description or (order_line.description if order_line else item.description if item else "")
        if not what:
            raise Refused(_("Say what it is: scan it, pick the item, or describe it."))
        receipt.line_count += 1
        receipt.counted_count += 1
        ReceiptLine.objects.create(
            receipt=receipt,
            number=receipt.line_count,
            order_line=order_line,
            item=item,
            description=what,
            is_counted=True,
            accepted=accepted,
            note=note,
        )
        said = {"accepted": str(accepted), "damaged": "0", "refused": "0"}
        journal.record(LineCounted(subject=receipt.subject, line=receipt.line_count, **said), at=at)
    return receipt


@verb
def discard(*, receipt: Receipt, by: Actor, at: datetime, seen: int, key: str) -> Receipt:
    with deciding(receipt, by=by, seen=seen, key=key) as receipt:
        allow(by, "receive_goods", receipt)
        move(receipt.discard)
        journal.record(ReceiptDiscarded(subject=receipt.subject, number=receipt.number), at=at)
    return receipt


def _take_up(notice: ShipNotice, *, by: Actor, at: datetime) -> None:
    with deciding(notice, by=by) as held:
        move(held.start_receiving, at=at)
        journal.record(ReceivingStarted(subject=held.subject, number=held.number), at=at)


def _announced(receipt: Receipt, notice: ShipNotice) -> list[ReceiptLine]:
    return [
        _line(receipt, number, line.order_line, line.quantity - line.received, notice_line=line, lot=line.lot)
        for number, line in enumerate(notice.lines.select_related("order_line__item").order_by("number"), start=1)
    ]


def _open(receipt: Receipt, orders: list[PurchaseOrder]) -> list[ReceiptLine]:
    for order in orders:
        if order.status not in RECEIVABLE or order.site_id != receipt.site_id:
            said = {"order": order.number, "site": receipt.site.code}
            raise Refused(_("%(order)s is not on its way to %(site)s.") % said)
    lines = PurchaseOrderLine.objects.everywhere(because="lines of orders in hand").select_related("item")
    wanted = lines.filter(order__in=orders, open__gt=0).order_by("order_id", "number")
    return [_line(receipt, number, line, line.open) for number, line in enumerate(wanted, start=1)]


def _line(receipt: Receipt, number: int, line: PurchaseOrderLine, expected: Decimal, **more: object) -> ReceiptLine:
    return ReceiptLine(
        receipt=receipt,
        number=number,
        order_line=line,
        item_id=line.item_id,
        description=line.description,
        expected=max(expected, Decimal(0)),
        **more,
    )


def _counting(receipt: Receipt) -> None:
    if receipt.status != ReceiptState.OPEN:
        raise Refused(
            _("This receipt is %(state)s: nothing can be counted.") % {"state": receipt.get_status_display().lower()}
        )


def _whole(line: ReceiptLine, *quantities: Decimal) -> None:
    unit = line.item.base_unit if line.item else None
    for quantity in quantities:
        if quantity < 0:
            raise Refused(_("A count cannot be negative."))
        if unit and unit.is_whole and quantity % 1:
            raise Refused(_("%(item)s is counted in whole %(unit)s.") % {"item": line.item.sku, "unit": unit.name})
