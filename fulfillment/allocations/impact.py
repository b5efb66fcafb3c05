"""What a change of an order does to customers: who would be served later than now, and later than promised.

Goods are foreseen as the allocator deals them: best right first, from what is free and then from what arrives, day by
day. A customer who stands behind another who cannot be served is not served before him.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from foundation.values.actor import Actor
from fulfillment.allocations import planning
from fulfillment.demand.models import DemandLine
from procurement.changes.models import ChangeField, ChangeLine, ChangeRequest
from receiving.arrivals.models import Expected
from receiving.stock.models import StockBalance, StockStatus

BECAUSE = planning.BECAUSE
NOW = date.min
"""Served from what is free already."""
Arrivals = Sequence[tuple[date, Decimal]]


@dataclass(frozen=True)
class Hit:
    """A customer's line that is served later than it would have been; None: not by anything that is coming."""

    line: DemandLine
    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """Days beyond the promise."""
        return (self.after - self.line.order.promised_on).days if self.after else None


def served(free: Decimal, arrivals: Arrivals, wanted: Iterable[Decimal]) -> Iterator[date | None]:
    """For each quantity, best right first, the day on which all of it is there."""
    coming = iter(sorted(arrivals))
    there, needed, day = free, Decimal(0), NOW
    for quantity in wanted:
        needed += quantity
        while there < needed and (arrival := next(coming, None)):
            day, there = arrival[0], there + arrival[1]
        yield day if there >= needed else None


def hits(change: ChangeRequest, actor: Actor) -> list[Hit]:
    """Customers hit by a change that is not applied yet: worst first, only those the actor may see."""
    site, rows = change.order.site_id, list(change.lines.select_related("order_line"))
    items = {row.order_line.item_id for row in rows if row.order_line.item_id}
    lines = planning.lines_waiting(site, items, planning.orders_waiting(site, items))
    by_item: dict[int, list[DemandLine]] = defaultdict(list)
    for line in sorted(lines.values(), key=planning.rank):
        if line.item_id in items:
            by_item[line.item_id].append(line)
    free, before, after = free_of(site, items), *coming(site, items, rows)
    found = [
        hit
        for item, waiting in by_item.items()
        for hit in _of_item(free.get(item, Decimal(0)), before[item], after[item], waiting)
    ]
    seen = DemandLine.objects.visible_to(actor).filter(pk__in=[hit.line.pk for hit in found])
    mine = set(seen.values_list("pk", flat=True)) if found else set()
    return sorted((hit for hit in found if hit.line.pk in mine), key=_badness)


def _of_item(free: Decimal, before: Arrivals, after: Arrivals, waiting: list[DemandLine]) -> Iterator[Hit]:
    wanted = [line.wanting for line in waiting]
    then = zip(waiting, served(free, before, wanted), served(free, after, wanted), strict=True)
    for line, was, will in then:
        if will != was and (will is None or (was is not None and will > was and will > line.order.promised_on)):
            yield Hit(line, was, will)


def _badness(hit: Hit) -> tuple[bool, int]:
    return hit.days is not None, -(hit.days or 0)


def free_of(site: int, items: Iterable[int]) -> dict[int, Decimal]:
    rows = StockBalance.objects.everywhere(because=BECAUSE).filter(site=site, item__in=items)
    here = rows.filter(status=StockStatus.AVAILABLE).annotate(left=F("quantity") - F("allocated"))
    return dict(here.values_list("item", "left"))


def coming(
    site: int, items: Iterable[int], rows: list[ChangeLine]
) -> tuple[Mapping[int, Arrivals], Mapping[int, Arrivals]]:
    """What is coming of each item as it stands, and as it would stand with the change."""
    changed: dict[str, list[ChangeLine]] = defaultdict(list)
    for row in rows:
        changed[f"procurement.purchaseorderline:{row.order_line_id}"].append(row)
    before: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    after: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    expected = Expected.objects.everywhere(because=BECAUSE).filter(site=site, item__in=items, quantity__gt=0)
    for one in expected.order_by("pk"):
        assert one.item_id is not None
        before[one.item_id].append((one.expected_on, one.quantity))
        after[one.item_id].append(_moved(one, changed[one.source]))
    return before, after


def _moved(one: Expected, rows: list[ChangeLine]) -> tuple[date, Decimal]:
    on, quantity = one.expected_on, one.quantity
    for row in rows:
        if row.field == ChangeField.DATE:
            on = date.fromisoformat(row.after)
        elif row.field == ChangeField.QUANTITY:
            quantity = max(quantity + Decimal(row.after) - Decimal(row.before), Decimal(0))
        elif row.field == ChangeField.CANCEL:
            quantity = Decimal(0)
    return on, quantity
