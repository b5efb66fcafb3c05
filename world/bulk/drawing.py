"""What is needed, by whom, from whom, and how far it got: the dice of the bulk worlds, without a row."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from foundation.values.exact import half_up
from organization.currencies.queries import rate
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Item
from organization.people.models import Person
from organization.sites.models import Site
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from suppliers.suppliers.models import Supplier
from world.scene import Scene, at, working_days
from world.trade.seasons import busy

AGES = {
    "fresh": {"draft": 10, "in_approval": 22, "pool": 14, "approved": 8, "issued": 30, "confirmed": 16},
    "young": {"returned": 1, "rejected": 3, "cancelled": 1, "issued": 9, "confirmed": 34, "partly": 18, "received": 34},
    "old": {"rejected": 2.5, "cancelled": 1.5, "partly": 2, "received": 6, "closed": 88},
}
"""How far things got, by age: up to a week, up to six weeks, older."""
ORDERED = ("approved", "issued", "confirmed", "partly", "received", "closed", "cancelled")
PLACES = Decimal("0.000001")
CENTERS = {"1000": 0.7, "2000": 0.2, "3000": 0.1}


@dataclass(slots=True)
class Ask:
    """One line, in base units and the supplier's currency."""

    offer: SupplierItem
    item: Item
    quantity: Decimal
    price: Decimal
    amount: Decimal
    own_amount: Decimal
    """In the entity's currency."""
    arrived: Decimal = Decimal(0)


@dataclass(slots=True)
class Need:
    """A request, and the order that came of it."""

    stage: str
    site: Site
    entity: LegalEntity
    supplier: Supplier
    center: CostCenter
    requester: Person
    buyer: Person
    asked_at: datetime
    need_by: date
    rate: Decimal
    asks: list[Ask] = field(default_factory=list)
    categories: list[int] = field(default_factory=list)

    @property
    def is_ordered(self) -> bool:
        return self.stage in ORDERED

    @property
    def own_amount(self) -> Decimal:
        return sum((ask.own_amount for ask in self.asks), Decimal(0))


class Drawing:
    """Draws needs, oldest first, so that numbers rise with time."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.random = scene, scene.random
        self.sites = list(scene.sites.values())
        self.weights = [4 if site.name.startswith("Distribution") else 1 for site in self.sites]
        self.entities = {entity.pk: entity for entity in scene.entities.values()}
        items = {item.pk: item for item in scene.items}
        prices = dict(PriceBreak.objects.filter(quantity_from=0).values_list("supplier_item_id", "price"))
        self.sold: dict[int, list[tuple[SupplierItem, Item, Decimal]]] = {}
        for offers in scene.offers.values():
            for offer in offers:
                price = half_up(prices[offer.pk] / offer.numerator, 6)
                self.sold.setdefault(offer.supplier_id, []).append((offer, items[offer.item_id], price))
        self.sellers = [seller for seller in scene.suppliers[:-2] if seller.pk in self.sold]
        self.sums: list[float] = []
        for place, _seller in enumerate(self.sellers):  # a few sell much, many sell little
            self.sums.append((self.sums[-1] if self.sums else 0.0) + 1 / (place + 3) ** 0.6)
        self.rates = cache(lambda source, target, week: rate(source, target, week).factor)

    def needs(self) -> Iterator[Need]:
        scene, span = self.scene, self.scene.scale.days
        days = [working_days(scene.first_day + timedelta(days=n), 0) for n in range(span)]
        weights = [busy(day) for day in days]
        chosen = self.random.choices(days, weights=weights, k=scene.scale.orders)
        instants = sorted(at(min(day, scene.today), self.random.uniform(6, 10)) for day in chosen)
        for when in instants:
            yield self.need(min(when, scene.until - timedelta(hours=1)).replace(microsecond=0))

    def need(self, when: datetime) -> Need:
        random, scene = self.random, self.scene
        site = random.choices(self.sites, weights=self.weights)[0]
        entity = self.entities[site.entity_id]
        seller = self.sellers[bisect(self.sums, random.random() * self.sums[-1])]
        age = (scene.today - when.date()).days
        stage = scene.draw(AGES["fresh" if age <= 7 else "young" if age <= 42 else "old"])
        week = when.date() - timedelta(days=when.weekday())
        need = Need(
            stage=stage,
            site=site,
            entity=entity,
            supplier=seller,
            center=random.choices(scene.centers[site.code], weights=list(CENTERS.values()))[0],
            requester=scene.who("Requester", site),
            buyer=scene.who("Buyer", site),
            asked_at=when,
            need_by=working_days(when.date() + timedelta(days=seller.lead_time_days + random.randint(2, 12)), 0),
            rate=self.rates(seller.currency, entity.currency, week),
        )
        sold = self.sold[seller.pk]
        for offer, item, price in random.sample(sold, min(len(sold), random.randint(1, 19))):
            need.asks.append(self._ask(need, offer, item, price))
        need.categories = sorted({ask.item.category_id for ask in need.asks})
        self._arrive(need)
        return need

    def _ask(self, need: Need, offer: SupplierItem, item: Item, price: Decimal) -> Ask:
        worth = self.random.lognormvariate(5.3, 0.9)
        packs = max(round(worth / max(float(price) * offer.numerator, 0.01)), int(offer.minimum), 1)
        quantity = kept(Decimal(packs * offer.numerator))
        amount = half_up(quantity * price, 2)
        return Ask(offer, item, quantity, price, kept(amount), kept(half_up(amount * need.rate, 2)))

    def _arrive(self, need: Need) -> None:
        """What came so far: everything, or with *partly* some lines and a part of one."""
        if need.stage in ("received", "closed"):
            for ask in need.asks:
                ask.arrived = ask.quantity
        elif need.stage == "partly":
            whole = self.random.randint(0, len(need.asks) - 1)
            for ask in need.asks[:whole]:
                ask.arrived = ask.quantity
            split = need.asks[whole]
            split.arrived = (split.quantity / 2).to_integral_value() if split.quantity > 1 else Decimal(0)
            if not any(ask.arrived for ask in need.asks):
                need.stage = "confirmed"


def kept(value: Decimal) -> Decimal:
    """With the places that the column gives back, because frozen documents spell them out."""
    return value.quantize(PLACES)


def day_of(when: datetime, days: float, hour: float, until: datetime) -> datetime:
    """So many days later at an hour of a working day, never beyond the end of the story."""
    later: Any = at(working_days((when + timedelta(days=days)).date(), 0), hour).replace(microsecond=0)
    return max(when, min(later, until))
