"""Who would get what: the same plan for the board's preview, for the apply, and for what arrives by itself."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from fulfillment.allocations import reasons, rules
from fulfillment.allocations.rules import Allocation as Kept
from fulfillment.demand.lifecycle import DemandState
from fulfillment.demand.models import CustomerOrder, DemandLine

BECAUSE = "allocation looks at all demand on the goods"
WANTING = [DemandState.RELEASED, DemandState.PARTLY_SHIPPED]
MISSING = Q(quantity__gt=F("allocated") + F("shipped") + F("cancelled"))
NONE = Decimal(0)


@dataclass(frozen=True)
class Change:
    """What one line has now, would have, and why not all it wants."""

    line: DemandLine
    now: Decimal
    then: Decimal
    why: str = ""

    @property
    def difference(self) -> Decimal:
        return self.then - self.now

    @property
    def missing(self) -> Decimal:
        return self.line.quantity - self.line.shipped - self.line.cancelled - self.then


def orders_waiting(site_id: int, items: Iterable[int]) -> list[CustomerOrder]:
    waiting = _living(site_id).filter(MISSING, item__in=list(items))
    return list(_orders().filter(pk__in=waiting.values("order_id")).order_by("pk"))


def lines_waiting(site_id: int, items: Iterable[int], orders: Iterable[CustomerOrder]) -> dict[int, DemandLine]:
    """Waiting lines of these items; of orders that ship complete, every waiting line."""
    whole = [order.pk for order in orders if order.ships_complete]
    ours = [order.pk for order in orders]
    wanted = _living(site_id).filter(MISSING, order__in=ours).filter(Q(item__in=list(items)) | Q(order__in=whole))
    return {line.pk: line for line in wanted.select_related("order__customer__party", "item").order_by("pk")}


def plan(site_id: int, free: Mapping[int, Decimal], lines: Mapping[int, DemandLine]) -> dict[int, Change]:
    """Hand out what is free; nobody loses anything."""
    supply = {(site_id, item): quantity for item, quantity in free.items()}
    outcome = rules.allocate(supply, [_demand(site_id, line, line.wanting) for line in lines.values()])
    more = {given.line: given.quantity for given in outcome.allocations}
    why = {short.line: reasons.sentence(short.reason, lines) for short in outcome.shortages}
    return {
        pk: Change(line, line.allocated, line.allocated + more.get(pk, NONE), why.get(pk, ""))
        for pk, line in lines.items()
    }


def orders_of(site_id: int, item_id: int) -> list[CustomerOrder]:
    """Every living order with an unshipped line of the item."""
    return list(_orders().filter(pk__in=_open(site_id, item_id).values("order_id")).order_by("pk"))


def lines_of(site_id: int, item_id: int) -> dict[int, DemandLine]:
    found = _open(site_id, item_id).select_related("order__customer__party", "item")
    return {line.pk: line for line in found.order_by("pk")}


def afresh(site_id: int, item_id: int, free: Decimal, lines: Mapping[int, DemandLine]) -> dict[int, Change]:
    """One item handed out as if nothing of it were promised, save what is on shipments.

    An order that ships complete keeps its right to its own lines only: here one item is dealt, so it is served like
    the others.
    """
    hard = _on_shipments(lines)
    here = {pk: line.allocated for pk, line in lines.items()}
    supply = {(site_id, item_id): free + sum(here.values(), NONE)}
    kept = [Kept(pk, site_id, item_id, quantity, hard=True) for pk, quantity in hard.items() if quantity]
    demand = [_demand(site_id, line, line.wanting + line.allocated, alone=True) for line in lines.values()]
    outcome = rules.allocate(supply, demand, kept)
    then: dict[int, Decimal] = dict.fromkeys(lines, NONE)
    for given in outcome.allocations:
        then[given.line] += given.quantity
    why = {short.line: reasons.sentence(short.reason, lines) for short in outcome.shortages}
    return {pk: Change(line, here[pk], then[pk], why.get(pk, "")) for pk, line in lines.items()}


def digest(changes: Mapping[int, Change]) -> str:
    """The outcome as a short text: two equal previews have the same."""
    said = ";".join(
        f"{pk}:{change.now.normalize()}>{change.then.normalize()}" for pk, change in sorted(changes.items())
    )
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def ranked(changes: Mapping[int, Change]) -> list[Change]:
    """Best right first, as the allocator serves them."""
    return sorted(changes.values(), key=lambda change: rank(change.line))


def rank(line: DemandLine) -> tuple[object, ...]:
    return line.order.priority, line.order.promised_on, line.order.ordered_at, line.pk


def _demand(site_id: int, line: DemandLine, quantity: Decimal, *, alone: bool = False) -> rules.DemandLine:
    return rules.DemandLine(
        id=line.pk,
        order=line.order_id,
        item=line.item_id,
        sites=(site_id,),
        quantity=quantity,
        priority=line.order.priority,
        promised_on=line.order.promised_on,
        ordered_at=line.order.ordered_at,
        ship_complete=line.order.ships_complete and not alone,
    )


def _orders() -> QuerySet[CustomerOrder]:
    return CustomerOrder.objects.everywhere(because=BECAUSE)


def _living(site_id: int) -> QuerySet[DemandLine]:
    rows = DemandLine.objects.everywhere(because=BECAUSE)
    return rows.filter(order__site=site_id, order__status__in=WANTING)


def _open(site_id: int, item_id: int) -> QuerySet[DemandLine]:
    return _living(site_id).filter(item=item_id, quantity__gt=F("shipped") + F("cancelled"))


def _on_shipments(lines: Mapping[int, DemandLine]) -> dict[int, Decimal]:
    """What stands on a shipment to be picked: taken for good."""
    rows = DemandLine.objects.everywhere(because=BECAUSE).filter(pk__in=list(lines))
    planned = Q(shipped_lines__shipment__status="planned")
    found = rows.annotate(picked=Sum("shipped_lines__quantity", filter=planned)).values_list("pk", "picked")
    return {pk: picked or NONE for pk, picked in found}
