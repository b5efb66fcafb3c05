"""Promise goods to whom they are due."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.documents import sets
from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from fulfillment.allocations import planning
from fulfillment.allocations.planning import Change
from fulfillment.demand import promises
from fulfillment.demand.events import DemandAllocated
from fulfillment.demand.models import CustomerOrder, DemandLine
from organization.items.models import Item
from organization.sites.models import Site
from receiving.stock import actions as stock

BECAUSE = promises.BECAUSE


def allocate(*, site_id: int, item_ids: Iterable[int], why: str, by: Actor, at: datetime, key: str) -> None:
    """Give what is free of these items at a site to the lines that wait for them, best right first.

    Nobody loses what was promised. Touches only orders that want these items, and of orders that ship complete all
    lines. Doing it again with nothing new changes nothing.
    """
    items = sorted(set(item_ids))
    if not items:
        return
    if orders := planning.orders_waiting(site_id, items):
        _allocate(site_id=site_id, items=items, orders=orders, why=why, by=by, at=at, key=key)


@verb
def _allocate(
    *, site_id: int, items: list[int], orders: list[CustomerOrder], why: str, by: Actor, at: datetime, key: str
) -> CustomerOrder:
    with opening(by=by, key=key) as turn:
        turn.hold(orders)
        lines = planning.lines_waiting(site_id, items, orders)
        free = stock.free(site_id=site_id, item_ids={line.item_id for line in lines.values()})
        _apply(site_id, planning.plan(site_id, free, lines), lines, orders, why, by=by, at=at)
    return orders[0]


@verb
def reallocate(
    *, site: Site, item: Item, foreseen: str, reason: str, by: Actor, at: datetime, key: str
) -> CustomerOrder | None:
    """Hand out one item at one site anew, as if nothing of it were promised; what is on shipments stays there.

    Refused when the outcome is not the ``foreseen`` one any more (``planning.digest`` of the preview), since somebody
    would lose goods whom nobody meant.
    """
    if not reason.strip():
        raise Refused(_("Say why it is handed out anew."))
    orders = planning.orders_of(site.pk, item.pk)
    with opening(by=by, key=key) as turn:
        turn.hold(orders)
        for order in orders:
            allow(by, "allocate", order)
        free = stock.free(site_id=site.pk, item_ids=[item.pk])
        lines = planning.lines_of(site.pk, item.pk)
        changes = planning.afresh(site.pk, item.pk, free.get(item.pk, Decimal(0)), lines)
        if planning.digest(changes) != foreseen:
            raise Refused(_("Supply or demand changed while you looked. Look at the new outcome before you apply it."))
        if not any(change.difference for change in changes.values()):
            raise Refused(_("It is handed out by rank already: nothing would change."))
        _apply(site.pk, changes, lines, orders, reason.strip()[:200], by=by, at=at)
    return orders[0] if orders else None


def _apply(
    site_id: int,
    changes: dict[int, Change],
    lines: dict[int, DemandLine],
    orders: list[CustomerOrder],
    why: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    given = {pk: change.difference for pk, change in changes.items() if change.difference}
    promises.give(site_id=site_id, given=given, lines=lines, why=why, at=at)
    for pk, line in lines.items():
        line.why = changes[pk].why[:300]
        line.backordered_at = (line.backordered_at or at) if line.wanting else None
    sets.write(lines.values(), ["allocated", "why", "backordered_at"])
    for order in orders:
        _record(order, lines, given, why, by=by, at=at)


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
