"""Write promises down: allocation rows, demand counters and stock balances move together."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from foundation.documents import sets
from fulfillment.demand.models import Allocation, CustomerOrder, DemandLine
from receiving.stock import actions as stock

BECAUSE = "allocation looks at all demand on the goods"


def give(
    *, site_id: int, given: Mapping[int, Decimal], lines: Mapping[int, DemandLine], why: str, at: datetime
) -> None:
    """Promise goods at a site to demand lines, by line key; negative takes back."""
    given = {pk: quantity for pk, quantity in given.items() if quantity}
    known = {
        row.line_id: row for row in Allocation.objects.everywhere(because=BECAUSE).filter(line__in=given, site=site_id)
    }
    fresh, by_item = [], defaultdict(Decimal)
    for pk, quantity in given.items():
        line = lines[pk]
        line.allocated += quantity
        by_item[line.item_id] += quantity
        if row := known.get(pk):
            row.quantity += quantity
            row.reason = why
        else:
            fresh.append(
                Allocation(
                    line=line, site_id=site_id, item_id=line.item_id, quantity=quantity, allocated_at=at, reason=why
                )
            )
    stock.promise(site_id=site_id, quantities=by_item)
    Allocation.objects.bulk_create(fresh)
    sets.write(known.values(), ["quantity", "reason"])


def release_order(order: CustomerOrder) -> None:
    """Set free everything promised to an order (the order is held)."""
    rows = list(Allocation.objects.everywhere(because=BECAUSE).filter(line__order=order, quantity__gt=0))
    by_site: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        by_site[row.site_id][row.item_id] -= row.quantity
        row.quantity = Decimal(0)
    for site_id in sorted(by_site):
        stock.promise(site_id=site_id, quantities=by_site[site_id])
    sets.write(rows, ["quantity"])
    order.lines.update(allocated=0)


def consume(*, site_id: int, shipped: Mapping[int, Decimal], lines: Mapping[int, DemandLine]) -> None:
    """Promised goods leave: promise and demand fall together, by demand line key."""
    rows = {r.line_id: r for r in Allocation.objects.everywhere(because=BECAUSE).filter(line__in=shipped, site=site_id)}
    by_item: dict[int, Decimal] = defaultdict(Decimal)
    for pk, quantity in shipped.items():
        rows[pk].quantity -= quantity
        lines[pk].allocated -= quantity
        lines[pk].shipped += quantity
        by_item[lines[pk].item_id] -= quantity
    stock.promise(site_id=site_id, quantities=by_item)
    sets.write(rows.values(), ["quantity"])
    sets.write(lines.values(), ["allocated", "shipped"])
