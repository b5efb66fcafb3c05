"""When a site runs out because of a change of an order, and what else would be there in time.

Goods leave on the day a customer was promised them and arrive on the day they are expected. What is free, less and plus
these, is the stock of a day; below nothing, the site is out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fulfillment.allocations import impact, planning
from fulfillment.allocations.impact import Arrivals
from fulfillment.shortages.actions import elsewhere
from organization.items.models import Item
from procurement.changes.models import ChangeRequest
from suppliers.supplier_items.queries import Catalog

NONE = Decimal(0)
SHOWN = 3
"""So many ways of each kind for one item, the best first."""
Leaving = Sequence[tuple[date, Decimal]]


@dataclass(frozen=True)
class Gap:
    """The first days on which less is there than was promised; without an end, nothing on order closes it."""

    starts_on: date
    ends_on: date | None
    short: Decimal
    """The most that is missing on one of these days, in base units."""


@dataclass(frozen=True)
class Source:
    """Somebody else who has what is short: a site, or a supplier at his list or contract price."""

    name: str
    quantity: Decimal
    number: str = ""
    """Of a supplier."""
    on: date | None = None
    """The day it could be here; of a site that is not known, since transfers are the ERP's."""
    more: Decimal | None = None
    """What that costs more than the order's own price, for all that is short; None where prices cannot be compared."""


@dataclass(frozen=True)
class Outage:
    """An item that is out with the change, for longer or of more than without it."""

    item: Item
    before: Gap | None
    after: Gap
    sites: list[Source]
    suppliers: list[Source]


def gap(free: Decimal, arrivals: Arrivals, leaving: Leaving) -> Gap | None:
    """The first time that what was promised exceeds what is there, until it no longer does."""
    days: dict[date, Decimal] = defaultdict(Decimal)
    for on, quantity in arrivals:
        days[on] += quantity
    for on, quantity in leaving:
        days[on] -= quantity
    there, starts_on, short = free, None, NONE
    for on in sorted(days):
        there += days[on]
        if there < 0:
            starts_on, short = starts_on or on, max(short, -there)
        elif starts_on:
            return Gap(starts_on, on, short)
    return Gap(starts_on, None, short) if starts_on else None


def is_worse(after: Gap, before: Gap | None) -> bool:
    if before is None:
        return True
    until = after.ends_on or date.max
    return after.starts_on < before.starts_on or until > (before.ends_on or date.max) or after.short > before.short


def outages(change: ChangeRequest, *, today: date) -> list[Outage]:
    """The soonest first. What was promised for a day that is over leaves today."""
    site, rows = change.order.site_id, list(change.lines.select_related("order_line__item__base_unit"))
    items = {row.order_line.item_id: row.order_line.item for row in rows if row.order_line.item}
    free, leaving = impact.free_of(site, items), _leaving(site, items, today)
    before, after = impact.coming(site, items, rows)
    gaps: dict[int, tuple[Gap | None, Gap]] = {}
    for pk in items:
        has, out = free.get(pk, NONE), leaving.get(pk, [])
        was, will = gap(has, before[pk], out), gap(has, after[pk], out)
        if will and is_worse(will, was):
            gaps[pk] = (was, will)
    if not gaps:
        return []
    prices = {row.order_line.item_id: row.order_line.price for row in rows}
    catalog = Catalog(gaps, entity_id=change.order.entity_id, on=today)
    found = [
        Outage(items[pk], was, will, _sites(site, pk, will), _suppliers(catalog, change, pk, will, prices[pk], today))
        for pk, (was, will) in gaps.items()
    ]
    return sorted(found, key=lambda one: (one.after.starts_on, one.item.sku))


def _leaving(site: int, items: Iterable[int], today: date) -> Mapping[int, Leaving]:
    lines = planning.lines_waiting(site, items, planning.orders_waiting(site, items))
    leaving: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for line in lines.values():
        leaving[line.item_id].append((max(line.order.promised_on, today), line.wanting))
    return leaving


def _sites(site: int, item: int, will: Gap) -> list[Source]:
    return [Source(code, min(free, will.short)) for code, free in elsewhere(site, item)[:SHOWN]]


def _suppliers(
    catalog: Catalog, change: ChangeRequest, item: int, will: Gap, price: Decimal, today: date
) -> list[Source]:
    """Other suppliers whose lead time beats the end of the gap, the soonest and then the cheapest first."""
    found = []
    for one in catalog.offers.get(item, []):
        offer = catalog.offer(one, will.short)
        on = today + timedelta(days=one.lead_time_days)
        is_late = will.ends_on is not None and on >= will.ends_on
        if one.supplier_id == change.order.supplier_id or not one.supplier.may_be_ordered_from or is_late or not offer:
            continue
        is_alike = offer.currency == change.order.currency
        more = (offer.price - price) * will.short if is_alike else None
        found.append(Source(one.supplier.party.name, will.short, one.supplier.number, on, more))
    return sorted(found, key=lambda one: (one.on or today, one.more is None, one.more or NONE))[:SHOWN]
