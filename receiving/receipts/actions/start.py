"""Open a receipt with a line for everything expected, or give it up before anything was posted."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from receiving.notices.events import CountGivenUp, ReceivingStarted
from receiving.notices.models import ShipNotice, ShipNoticeLine, UnitContent
from receiving.receipts.events import ReceiptDiscarded, ReceiptStarted
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
    _one_supplier(orders, supplier)
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
def discard(*, receipt: Receipt, by: Actor, at: datetime, seen: int, key: str) -> Receipt:
    """Nothing was posted, so nothing is undone; the ship notice waits at the door again."""
    notices = [receipt.notice] if receipt.notice else []
    with deciding(receipt, by=by, seen=seen, key=key, first=notices) as receipt:
        allow(by, "receive_goods", receipt)
        move(receipt.discard)
        if receipt.notice:
            _put_down(receipt.notice, by=by, at=at)
        journal.record(ReceiptDiscarded(subject=receipt.subject, number=receipt.number), at=at)
    return receipt


def _put_down(notice: ShipNotice, *, by: Actor, at: datetime) -> None:
    with deciding(notice, by=by) as held:
        move(held.give_up_count)
        journal.record(CountGivenUp(subject=held.subject, number=held.number), at=at)


def _one_supplier(orders: list[PurchaseOrder], supplier: Supplier) -> None:
    for order in orders:
        if order.supplier_id != supplier.pk:
            said = {"order": order.number, "supplier": supplier}
            raise Refused(_("%(order)s is not an order of %(supplier)s.") % said)


def _take_up(notice: ShipNotice, *, by: Actor, at: datetime) -> None:
    with deciding(notice, by=by) as held:
        move(held.start_receiving, at=at)
        journal.record(ReceivingStarted(subject=held.subject, number=held.number), at=at)


def _announced(receipt: Receipt, notice: ShipNotice) -> list[ReceiptLine]:
    """A line for each line on each unit, so that a unit is counted by itself; what is on none comes last."""
    left = {
        line.pk: (line, line.quantity - line.received)
        for line in notice.lines.select_related("order_line__item").order_by("number")
    }
    found: list[tuple[ShipNoticeLine, Decimal, UnitContent | None]] = []
    rows = UnitContent.objects.everywhere(because="of the notice in hand").filter(unit__notice=notice)
    for content in rows.order_by("unit__number", "line__number"):
        line, rest = left[content.line_id]
        found.append((line, min(content.quantity, rest), content))
        left[line.pk] = line, rest - min(content.quantity, rest)
    on_units = {line.pk for line, _quantity, _content in found}
    found += [(line, rest, None) for line, rest in left.values() if line.pk not in on_units]
    return [
        _line(receipt, number, line.order_line, quantity, notice_line=line, content=content, lot=line.lot)
        for number, (line, quantity, content) in enumerate(found, start=1)
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
