"""Who gets the goods that are there, and why not somebody else.

Lines are served in rank: priority, promise, age, and at last their number, so the same input always gives the same
answer. Hard allocations are kept whatever their rank. A line that may not be split gets all or nothing; an order
that ships complete gets all of its lines or none, and does not keep from others what it cannot use.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from foundation.values.reason import Reason, because

NONE = Decimal(0)
Place: TypeAlias = tuple[int, int]
"""A site and an item."""
_Picks: TypeAlias = list[tuple[Place, Decimal]]
_Rank: TypeAlias = tuple[int, date, datetime, int]


@dataclass(frozen=True, slots=True)
class DemandLine:
    """*quantity* is all that is not shipped, hard allocations included; *sites* may serve it, the best first.

    *priority* is a rank, 0 before 1. *partial* lets the line be split; *ship_complete* on one line binds its order.
    """

    id: int
    order: int
    item: int
    sites: tuple[int, ...]
    quantity: Decimal
    priority: int
    promised_on: date | None
    ordered_at: datetime
    partial: bool = True
    ship_complete: bool = False


@dataclass(frozen=True, slots=True)
class Allocation:
    line: int
    site: int
    item: int
    quantity: Decimal
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Shortage:
    """What a line does not get. The reason answers *why not my order*."""

    line: int
    missing: Decimal
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Kept allocations first, then new ones in the order of rank; shortages likewise."""

    allocations: tuple[Allocation, ...]
    shortages: tuple[Shortage, ...]


def allocate(supply: Mapping[Place, Decimal], demand: Iterable[DemandLine], kept: Iterable[Allocation] = ()) -> Plan:
    """*supply* is what may be promised at each place, before *kept*. Orders that ship complete must come whole."""
    floor = _Floor(supply)
    held: dict[int, Decimal] = defaultdict(Decimal)
    plan: list[Allocation] = []
    for hard in kept:
        floor.hold((hard.site, hard.item), hard.quantity)
        held[hard.line] += hard.quantity
        plan.append(hard)
    ranked = sorted(demand, key=_rank)
    together = _complete_orders(ranked)
    shortages: list[Shortage] = []
    for line in ranked:
        if line.order not in together:
            _serve(line, line.quantity - held[line.id], floor, plan, shortages)
        elif lines := together[line.order]:
            _serve_order(lines, held, floor, plan, shortages)
            together[line.order] = []  # its best line has spoken for all
    return Plan(tuple(plan), tuple(shortages))


class _Floor:
    """What is still free at each place, and who was there before."""

    def __init__(self, supply: Mapping[Place, Decimal]) -> None:
        self.supply = supply
        self.free = dict(supply)
        self.held: dict[Place, Decimal] = defaultdict(Decimal)
        self.served: dict[Place, tuple[int, DemandLine]] = {}

    def hold(self, place: Place, quantity: Decimal) -> None:
        """Hard allocations stand even where the goods do not suffice any more."""
        self.held[place] += quantity
        self.free[place] = max(self.free.get(place, NONE) - quantity, NONE)

    def pick(self, line: DemandLine, wanted: Decimal) -> tuple[_Picks, Decimal]:
        """Take what there is, site by site; also what stays missing."""
        picks: _Picks = []
        for site in line.sites:
            if wanted <= 0:
                break
            place = (site, line.item)
            free = self.free.get(place, NONE)
            if free > 0:
                taken = free if free < wanted else wanted
                self.free[place] = free - taken
                wanted -= taken
                picks.append((place, taken))
        return picks, max(wanted, NONE)

    def put_back(self, picks: _Picks) -> None:
        for place, quantity in picks:
            self.free[place] += quantity

    def settle(self, line: DemandLine, picks: _Picks, plan: list[Allocation]) -> None:
        for place, quantity in picks:
            count = self.served[place][0] if place in self.served else 0
            self.served[place] = (count + 1, line)
            plan.append(Allocation(line.id, place[0], line.item, quantity))


def _rank(line: DemandLine) -> _Rank:
    return line.priority, line.promised_on or date.max, line.ordered_at, line.id


def _complete_orders(ranked: list[DemandLine]) -> dict[int, list[DemandLine]]:
    """All lines of the orders that ship complete."""
    orders: dict[int, list[DemandLine]] = {line.order: [] for line in ranked if line.ship_complete}
    for line in ranked:
        if line.order in orders:
            orders[line.order].append(line)
    return orders


def _serve(line: DemandLine, wanted: Decimal, floor: _Floor, plan: list[Allocation], shortages: list[Shortage]) -> None:
    picks, missing = floor.pick(line, wanted)
    if not missing:
        floor.settle(line, picks, plan)
    elif line.partial or not picks:
        shortages.append(Shortage(line.id, missing, _why_not(line, wanted, missing, floor)))
        floor.settle(line, picks, plan)
    else:
        floor.put_back(picks)
        facts = {"found": wanted - missing, "wanted": wanted}
        reason = because("not_in_part", "Only {found} of {wanted} is free, and the line ships in one piece.", **facts)
        shortages.append(Shortage(line.id, wanted, reason))


def _serve_order(
    lines: list[DemandLine],
    held: Mapping[int, Decimal],
    floor: _Floor,
    plan: list[Allocation],
    shortages: list[Shortage],
) -> None:
    """All lines or none; the lines that could be served say which one they wait for."""
    tried = []
    for line in lines:
        wanted = max(line.quantity - held.get(line.id, NONE), NONE)
        tried.append((line, wanted, *floor.pick(line, wanted)))
    blocking = next(((line, missing) for line, _, _, missing in tried if missing), None)
    if blocking is None:
        for line, _, picks, _ in tried:
            floor.settle(line, picks, plan)
        return
    for _, _, picks, _ in tried:
        floor.put_back(picks)
    facts = {"line": blocking[0].id, "short": blocking[1]}
    for line, wanted, _, missing in tried:
        if missing:
            shortages.append(Shortage(line.id, wanted, _why_not(line, wanted, missing, floor)))
        elif wanted:
            reason = because("order_incomplete", "The order ships complete, and line {line} is {short} short.", **facts)
            shortages.append(Shortage(line.id, wanted, reason))


def _why_not(line: DemandLine, wanted: Decimal, missing: Decimal, floor: _Floor) -> Reason:
    """Who was there first, and what put them first."""
    places = [(site, line.item) for site in line.sites]
    facts: dict[str, object] = {
        "missing": missing,
        "wanted": wanted,
        "supply": sum((floor.supply.get(place, NONE) for place in places), NONE),
    }
    before = [floor.served[place] for place in places if place in floor.served]
    if before:
        nearest = max((last for _, last in before), key=_rank)
        facts |= {"lines": sum(count for count, _ in before), "nearest": nearest.id}
        return _outranked(line, nearest, facts)
    if held := sum((floor.held[place] for place in places if place in floor.held), NONE):
        return because(
            "held", "{missing} of {wanted} is missing: {held} of {supply} is firmly allocated.", held=held, **facts
        )
    return because("too_little", "{missing} of {wanted} is missing: all there is is {supply}.", **facts)


def _outranked(line: DemandLine, nearest: DemandLine, facts: dict[str, object]) -> Reason:
    if nearest.priority < line.priority:
        return because(
            "outranked_by_priority",
            "{missing} of {wanted} is missing: {lines} line(s) before it took from {supply}, the last of them,"
            " line {nearest}, by its higher priority.",
            **facts,
        )
    if (nearest.promised_on or date.max) < (line.promised_on or date.max):
        return because(
            "outranked_by_promise",
            "{missing} of {wanted} is missing: {lines} line(s) before it took from {supply}, the last of them,"
            " line {nearest}, by its earlier promise.",
            **facts,
        )
    return because(
        "outranked_by_age",
        "{missing} of {wanted} is missing: {lines} line(s) before it took from {supply}, the last of them,"
        " line {nearest}, because it was ordered first.",
        **facts,
    )
