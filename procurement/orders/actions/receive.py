"""What receiving does to an order: counters move by sets, the order's row is held."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import connection

from foundation.door import deciding
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.values.actor import Actor
from procurement.orders.events import OrderReceived, OrderSentBack
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder

TAKE_IN = """
update procurement_purchaseorderline l set received = l.received + r.quantity,
       open = greatest(l.open - r.quantity, 0), over = l.over + greatest(r.quantity - l.open, 0)
from unnest(%s::bigint[], %s::numeric[]) as r(line, quantity) where l.id = r.line and l.order_id = %s
returning l.number, r.quantity"""
TAKE_OUT = """
update procurement_purchaseorderline l set received = l.received - r.quantity,
       open = l.open + greatest(r.quantity - l.over, 0), over = greatest(l.over - r.quantity, 0)
from unnest(%s::bigint[], %s::numeric[]) as r(line, quantity) where l.id = r.line and l.order_id = %s
returning l.number, -r.quantity"""
SEND_BACK = """
update procurement_purchaseorderline l set over = l.over - least(l.over, r.quantity),
       received = l.received - least(l.over, r.quantity), reopened = l.reopened + greatest(r.quantity - l.over, 0),
       open = l.open + case when %s then greatest(r.quantity - l.over, 0) else 0 end,
       cancelled = l.cancelled + case when %s then 0 else greatest(r.quantity - l.over, 0) end
from unnest(%s::bigint[], %s::numeric[]) as r(line, quantity) where l.id = r.line and l.order_id = %s
returning l.number, r.quantity"""
OPEN = "select count(*) filter (where open > 0) from procurement_purchaseorderline where order_id = %s"


def note_received(
    *, order: PurchaseOrder, receipt: str, counted: Mapping[int, Decimal], by: Actor, at: datetime
) -> PurchaseOrder:
    """Goods stand on our floor: by order line key, in base units. What is more than open becomes *over*."""
    with deciding(order, by=by) as order:
        said = _apply(TAKE_IN, order, counted)
        order.received_at = order.received_at or at
        _record(order, receipt, said, at=at)
    return order


def note_reversed(
    *, order: PurchaseOrder, receipt: str, counted: Mapping[int, Decimal], by: Actor, at: datetime
) -> PurchaseOrder:
    """A receipt was wrong: what it counted is taken out again, *over* first."""
    with deciding(order, by=by) as order:
        said = _apply(TAKE_OUT, order, counted)
        if order.status == OrderState.CLOSED:
            move(order.reopen)
        _record(order, receipt, said, at=at)
    return order


def note_sent_back(
    *, order: PurchaseOrder, returned: Mapping[int, Decimal], replaced: bool, by: Actor, at: datetime
) -> PurchaseOrder:
    """Goods went back to the supplier; with ``replaced`` they are expected again, else they are cancelled."""
    with deciding(order, by=by) as order:
        ids, quantities = list(returned), list(returned.values())
        said = _run(SEND_BACK, [replaced, replaced, ids, quantities, order.pk], len(ids))
        _count(order)
        event = OrderSentBack(subject=order.subject, number=order.number, lines=said, replaced=replaced)
        journal.record(event, at=at)
    return order


def _apply(statement: str, order: PurchaseOrder, counted: Mapping[int, Decimal]) -> list[list]:
    return _run(statement, [list(counted), list(counted.values()), order.pk], len(counted))


def _run(statement: str, parameters: list, lines: int) -> list[list]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        said = sorted([number, quantity] for number, quantity in cursor.fetchall())
    assert len(said) == lines, "A line is not of this order."
    return said


def _count(order: PurchaseOrder) -> None:
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [order.pk])
        order.open_line_count = cursor.fetchone()[0]


def _record(order: PurchaseOrder, receipt: str, said: list[list], *, at: datetime) -> None:
    _count(order)
    complete = not order.open_line_count
    event = OrderReceived(subject=order.subject, number=order.number, receipt=receipt, lines=said, complete=complete)
    journal.record(event, at=at)
