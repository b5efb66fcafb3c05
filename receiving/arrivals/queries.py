"""What is expected, by day and by line."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localdate

from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from organization.sites.models import Site
from receiving.arrivals.models import Expected
from receiving.notices.barcodes import bare_sscc
from receiving.notices.lifecycle import UNDERWAY, NoticeState
from receiving.notices.models import ShipNotice
from receiving.notices.queries import with_counts

WEEK = timedelta(days=7)


@dataclass
class Day:
    """One day at a site: which orders and which trucks."""

    on: date
    is_today: bool = False
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    notices: list[ShipNotice] = field(default_factory=list)

    @property
    def lines(self) -> int:
        return sum(delivery["lines"] for delivery in self.deliveries)

    @property
    def units(self) -> Decimal:
        return sum((delivery["units"] for delivery in self.deliveries), Decimal(0))


def expected_rows(actor: Actor) -> QuerySet[Expected]:
    """Everything still to come, with what a list shows."""
    rows = Expected.objects.visible_to(actor).filter(quantity__gt=0)
    return rows.select_related("site", "item__base_unit", "supplier__party")


def week(actor: Actor, site: Site, monday: date, today: date) -> list[Day]:
    """Seven days of a site in two queries: what is expected and what was announced."""
    days = {monday + timedelta(days=n): Day(monday + timedelta(days=n)) for n in range(7)}
    span = {"site": site, "expected_on__range": (monday, monday + WEEK - timedelta(days=1))}
    rows = Expected.objects.visible_to(actor).filter(quantity__gt=0, **span)
    grouped = rows.values("expected_on", "number", "supplier__party__name").annotate(
        lines=Count("pk"),
        units=Sum("quantity"),
        announced=Sum("announced"),
        unconfirmed=Count("pk", Q(is_confirmed=False)),
    )
    for row in grouped.order_by("expected_on", "supplier__party__name", "number"):
        days[row["expected_on"]].deliveries.append(row)
    for notice in notices_between(actor, site, monday, monday + WEEK - timedelta(days=1)):
        days[notice.arrives_on].notices.append(notice)
    if today in days:
        days[today].is_today = True
    return list(days.values())


def notices_between(actor: Actor, site: Site, first: date, last: date) -> list[ShipNotice]:
    rows = ShipNotice.objects.visible_to(actor).filter(site=site, arrives_on__range=(first, last))
    living = rows.exclude(status=NoticeState.CANCELLED).select_related("supplier__party")
    return list(with_counts(living).order_by("arrives_on", "pk"))


def late_count(actor: Actor, site: Site, on: date) -> int:
    return Expected.objects.visible_to(actor).filter(site=site, quantity__gt=0, expected_on__lt=on).count()


def due(rows: QuerySet[Expected], first: date, last: date) -> QuerySet[Expected]:
    return rows.filter(expected_on__range=(first, last))


def sources_at(actor: Actor, site: Site, text: str) -> dict[str, list[Any]]:
    """Who is at the door: trucks announced and orders expected that a word, a number or an SSCC leads to."""
    trucks = ShipNotice.objects.visible_to(actor).filter(site=site, status__in=[*UNDERWAY, NoticeState.ARRIVED])
    goods = Expected.objects.visible_to(actor).filter(site=site, quantity__gt=0)
    if text:
        named = Q(number__icontains=text) | Q(supplier__party__name__icontains=text)
        trucks = trucks.filter(
            named
            | Q(reference__icontains=text)
            | Q(tracking__icontains=text)
            | Q(carrier__icontains=text)
            | Q(pk__in=_with_sscc(text))
        )
        goods = goods.filter(named | Q(item__sku__iexact=text))
    orders: dict[str, dict[str, Any]] = defaultdict(dict)
    found = goods.values("number", "supplier_id", "supplier__party__name").annotate(
        lines=Count("pk"), units=Sum("quantity"), announced=Sum("announced")
    )
    for row in found.order_by("number")[:40]:
        orders[row["number"]] = row
    notices = with_counts(trucks.select_related("supplier__party"))
    return {"notices": list(notices.order_by("arrives_on", "pk")[:40]), "orders": list(orders.values())}


def _with_sscc(text: str) -> Any:
    from_units = ShipNotice.objects.everywhere(because="narrowed to what the actor sees by the query around it")
    return from_units.filter(units__sscc=bare_sscc(text)).values("pk")


def arriving_work(actor: Actor, limit: int) -> list[WorkRow]:
    """Trucks announced for today or before, still on their way."""
    rows = arriving(actor).select_related("supplier__party").order_by("arrives_on", "pk")
    return [_row(notice, "arrives today" if notice.arrives_on == localdate() else "late") for notice in rows[:limit]]


def at_door_work(actor: Actor, limit: int) -> list[WorkRow]:
    rows = at_door(actor).select_related("supplier__party").order_by("arrived_at", "pk")
    return [_row(notice, "waits at the door") for notice in rows[:limit]]


def arriving(actor: Actor) -> QuerySet[ShipNotice]:
    return ShipNotice.objects.visible_to(actor, "receive_goods").filter(
        status__in=UNDERWAY, arrives_on__lte=localdate()
    )


def at_door(actor: Actor) -> QuerySet[ShipNotice]:
    return ShipNotice.objects.visible_to(actor, "receive_goods").filter(status=NoticeState.ARRIVED)


def _row(notice: ShipNotice, why: str) -> WorkRow:
    return WorkRow(
        kind="Truck",
        icon="truck",
        identity=notice.number,
        url=f"/ship-notices/{notice.number}/",
        why=why,
        tone="warn" if notice.flags else "info",
        counterparty=notice.supplier.party.name,
        since=notice.arrived_at or notice.announced_at,
    )
