"""Customers order, goods leave, planners look at what is getting low."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F, Sum

from fulfillment.demand import actions as demand
from fulfillment.demand.actions import Ordered
from fulfillment.demand.models import Allocation, CustomerOrder, DemandLine
from fulfillment.shipments import actions as shipments
from fulfillment.shipments.models import Shipment
from organization.items.models import Item
from organization.sites.models import Site
from receiving.arrivals.models import Expected
from receiving.stock.models import StockBalance
from world.history.asking import ask
from world.history.story import Story
from world.scene import working_days

BECAUSE = "the story knows everything"
WAITING = ["released", "partly_shipped"]
SLOW_DAYS = 10
"""How many working days an item is left alone after it was replenished."""


def sell(story: Story, when: datetime, site: Site) -> None:
    """A customer wants one to five of the popular things."""
    popular = popular_items(story)
    wanted = story.random.sample(popular, min(len(popular), story.random.randint(1, 5)))
    customer = story.random.choice(story.scene.customers[site.entity.code])
    demand.take(
        customer=customer,
        site=site,
        ordered=[Ordered(item, _quantity(story, item)) for item in wanted],
        promised_on=working_days(when.date(), story.random.randint(1, 5)),
        reference=f"{customer.number}-{story.random.randint(1000, 9999)}",
        by=story.doing("Customer service", site),
        at=when,
        key=story.key(),
    )


def popular_items(story: Story) -> list[Item]:
    kept = story.scene.notes.get("popular")
    if kept is None:
        kept = story.random.sample(story.scene.items, len(story.scene.items) // 6)
        story.scene.notes["popular"] = kept
    return kept


def _quantity(story: Story, item: Item) -> Decimal:
    return max(
        Decimal(1), (item.reorder_point * Decimal(str(round(story.random.uniform(0.05, 0.7), 2)))).quantize(Decimal(1))
    )


def dispatch(story: Story, when: datetime) -> None:
    """Plan a shipment for every order that goods are promised to; the truck leaves at four."""
    promised = Allocation.objects.everywhere(because=BECAUSE).filter(quantity__gt=0)
    waiting = CustomerOrder.objects.everywhere(because=BECAUSE).filter(status__in=WAITING)
    ready = waiting.filter(pk__in=promised.values("line__order_id")).exclude(shipments__status="planned")
    for order in ready.select_related("site").order_by("pk")[:50]:
        if order.ships_complete and any(line.wanting for line in order.lines.all()):
            continue
        if story.chance(0.15):
            continue
        by = story.doing("Warehouse supervisor", order.site)
        planned = shipments.plan(order=order, by=by, at=when, seen=order.version, key=story.key())
        story.plan(story.later(when, 0.5, 3), leave, planned.pk)


def leave(story: Story, when: datetime, pk: int) -> None:
    shipment = Shipment._base_manager.select_related("site", "order").get(pk=pk)
    shipments.ship(
        shipment=shipment,
        carrier=story.random.choice(["DPD", "PostNL", "UPS", "own truck"]),
        tracking=f"{story.random.randint(10**11, 10**12 - 1)}",
        by=story.doing("Warehouse supervisor", shipment.site),
        at=when,
        seen=shipment.version,
        key=story.key(),
    )


def replenish(story: Story, when: datetime, site: Site) -> None:
    """Ask for what customers wait for and for what fell below its reorder point."""
    asked: dict[tuple[int, int], datetime] = story.scene.notes.setdefault("asked", {})
    low = [
        item
        for item in _low(story, site)
        if (site.pk, item.pk) not in asked or working_days(asked[site.pk, item.pk].date(), SLOW_DAYS) < when.date()
    ]
    low = [item for item in low if _seller(story, item) == _seller(story, low[0])][:8]
    if low:
        asked |= {(site.pk, item.pk): when for item in low}
        ask(story, when, site, "stock", low)


def _seller(story: Story, item: Item) -> int:
    return story.scene.offers[item.pk][0].supplier_id


def _low(story: Story, site: Site) -> list[Item]:
    free = dict(
        StockBalance.objects.everywhere(because=BECAUSE)
        .filter(site=site, status="available")
        .values_list("item_id", F("quantity") - F("allocated"))
    )
    wanting = (
        DemandLine.objects.everywhere(because=BECAUSE)
        .filter(order__site=site, order__status__in=WAITING)
        .values("item_id")
        .annotate(left=Sum(F("quantity") - F("allocated") - F("shipped") - F("cancelled")))
        .values_list("item_id", "left")
    )
    missing = dict(wanting)
    coming = set(
        Expected.objects.everywhere(because=BECAUSE).filter(site=site, quantity__gt=0).values_list("item_id", flat=True)
    )
    rows = [item for item in popular_items(story) if item.pk not in coming]
    short = {item.pk: free.get(item.pk, Decimal(0)) - missing.get(item.pk, Decimal(0)) for item in rows}
    urgent = [item for item in rows if missing.get(item.pk)]
    rest = [
        item for item in rows if not missing.get(item.pk) and item.pk in free and short[item.pk] < item.safety_stock
    ]
    return urgent + rest
