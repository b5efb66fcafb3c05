"""Promise goods to whom they are due."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.values.actor import Actor
from fulfillment.allocations import rules
from fulfillment.allocations.rules import Demand
from fulfillment.demand import promises
from fulfillment.demand.events import DemandAllocated
from fulfillment.demand.lifecycle import DemandState
from fulfillment.demand.models import CustomerOrder, DemandLine
from receiving.stock import actions as stock

BECAUSE = promises.BECAUSE
WANTING = [DemandState.RELEASED, DemandState.PARTLY_SHIPPED]


def allocate(*, site_id: int, item_ids: Iterable[int], why: str, by: Actor, at: datetime, key: str) -> None:
    """Give what is free of these items at a site to the lines that wait for them, best right first.

    Touches only orders that want these items. Doing it again with nothing new changes nothing.
    """
    items = sorted(set(item_ids))
    if not items:
        return
    waiting = CustomerOrder.objects.everywhere(because=BECAUSE).filter(
        pk__in=_wanting(site_id, items).values("order_id")
    )
    if orders := list(waiting.order_by("pk")):
        _allocate(site_id=site_id, items=items, orders=orders, why=why, by=by, at=at, key=key)


@verb
def _allocate(
    *, site_id: int, items: list[int], orders: list[CustomerOrder], why: str, by: Actor, at: datetime, key: str
) -> CustomerOrder | None:
    with opening(by=by, key=key) as turn:
        turn.hold(orders)
        lines = {line.pk: line for line in _wanting(site_id, items).select_related("order__customer__party", "item")}
        free = stock.free(site_id=site_id, item_ids=items)
        outcome = rules.allocate(free, [_demand(line) for line in lines.values()])
        promises.give(site_id=site_id, given=outcome.given, lines=lines, why=why, at=at)
        for pk, line in lines.items():
            line.why = outcome.why_not.get(pk, "")[:300]
            line.backordered_at = (line.backordered_at or at) if line.wanting else None
        DemandLine.objects.everywhere(because=BECAUSE).bulk_update(
            lines.values(), ["allocated", "why", "backordered_at"]
        )
        for order in orders:
            _record(order, lines, outcome.given, why, by=by, at=at)
    return orders[0]


def _record(
    order: CustomerOrder, lines: dict[int, DemandLine], given: dict[int, Decimal], why: str, *, by: Actor, at: datetime
) -> None:
    said = [
        [line.number, given[pk], line.wanting]
        for pk, line in lines.items()
        if line.order_id == order.pk and given.get(pk)
    ]
    if said:
        with deciding(order, by=by) as order:
            journal.record(DemandAllocated(subject=order.subject, number=order.number, because=why, lines=said), at=at)


def _wanting(site_id: int, items: list[int]):  # type: ignore[no-untyped-def]
    return DemandLine.objects.everywhere(because=BECAUSE).filter(
        order__site=site_id,
        order__status__in=WANTING,
        item__in=items,
        quantity__gt=F("allocated") + F("shipped") + F("cancelled"),
    )


def _demand(line: DemandLine) -> Demand:
    return Demand(
        line=line.pk,
        item=line.item_id,
        wanted=line.wanting,
        rank=(line.order.priority, line.order.promised_on, line.order.ordered_at, line.pk),
    )
