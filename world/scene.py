"""What the demo stands on while it is made: its dice, its calendar, and the rows that later steps need in hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any, TypeVar

from foundation.values.actor import Actor, system
from fulfillment.customers.models import Customer
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category, Item, Unit
from organization.people.models import Person
from organization.sites.models import Site
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers.models import Supplier

T = TypeVar("T")
WORLD = system("world")
FOUNDED = 400
"""How many days before the first day of the history the masters were taken over."""


@dataclass(frozen=True)
class Scale:
    """How much there is, and how much happens on a working day."""

    name: str
    items: int
    suppliers: int
    customers: int
    days: int
    requests: int
    sales: int
    orders: int = 0
    """Above 0 the history is loaded in bulk: so many requests, most of which became orders."""
    demand: int = 0
    """Lines of customer orders, in a bulk world."""
    sites: int = 0
    people: int = 0
    rules: int = 0
    """So many of each, where the trade itself has fewer (see ``world.trade.growth``)."""

    @property
    def is_bulk(self) -> bool:
        return self.orders > 0


SMALL = Scale("small", items=2000, suppliers=60, customers=40, days=60, requests=1, sales=1)
TINY = Scale("tiny", items=120, suppliers=12, customers=8, days=6, requests=2, sales=2)
"""For tests: the same story, told in a few seconds."""
MEDIUM = Scale(
    "medium", items=20_000, suppliers=400, customers=300, days=365, requests=0, sales=0, orders=10_500, demand=20_000
)
LARGE = Scale(
    "large", items=200_000, suppliers=2_000, customers=3_000, days=365, requests=0, sales=0, orders=104_000,
    demand=200_000, sites=50, people=5_000, rules=10_000,
)  # fmt: skip
SPECK = Scale("speck", items=120, suppliers=10, customers=12, days=90, requests=0, sales=0, orders=60, demand=40)
"""For tests: a bulk world of a handful of orders."""


@dataclass
class Scene:
    """Everything is drawn from ``random`` and dated from ``until``; nothing in here asks the clock."""

    scale: Scale
    seed: int
    until: datetime
    random: Random = field(init=False)
    calls: "count[int]" = field(default_factory=lambda: count(1))
    entities: dict[str, LegalEntity] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    centers: dict[str, list[CostCenter]] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    staff: dict[tuple[str, str], list[Person]] = field(default_factory=dict)
    """(role, site code) -> who fills it there."""
    actors: dict[int, Actor] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    suppliers: list[Supplier] = field(default_factory=list)
    trades: dict[int, str] = field(default_factory=dict)
    """Supplier -> the top category it sells."""
    portal: dict[int, Person] = field(default_factory=dict)
    offers: dict[int, list[SupplierItem]] = field(default_factory=dict)
    """Item -> who sells it, the preferred supplier first."""
    customers: dict[str, list[Customer]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed} {self.scale.name}")

    @property
    def today(self) -> date:
        return self.until.date()

    @property
    def first_day(self) -> date:
        return self.today - timedelta(days=self.scale.days)

    @property
    def founding(self) -> datetime:
        return at(self.first_day - timedelta(days=FOUNDED), 6)

    def key(self) -> str:
        """The next key of a request; the same in every run."""
        return f"world-{next(self.calls)}"

    def actor(self, person: Person) -> Actor:
        """One actor a person, so that a reach is looked up once."""
        return self.actors.setdefault(person.pk, person.actor)

    def who(self, role: str, site: Site) -> Person:
        """Somebody who fills the role there."""
        return self.random.choice(self.staff[role, site.code])

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def draw(self, weights: dict[str, float]) -> str:
        """One of the words, by weight."""
        return self.random.choices(list(weights), weights=list(weights.values()))[0]


def batches(rows: list[T], size: int = 20_000) -> Iterator[list[T]]:
    """A few at a time, so that memory does not grow with the world."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def at(day: date, hour: float) -> datetime:
    """An instant of a day, in hours of UTC."""
    return datetime.combine(day, time(), UTC) + timedelta(hours=hour)


def working_days(start: date, days: int) -> date:
    """So many working days on (negative: back); weekends do not count."""
    step, left = (1 if days >= 0 else -1), abs(days)
    while left or start.weekday() > 4:
        start += timedelta(days=step)
        left -= start.weekday() < 5 and left > 0
    return start


def money(value: float, places: str = "0.01") -> Decimal:
    return Decimal(str(round(value, 6))).quantize(Decimal(places))


Step = Callable[[Scene], None]
