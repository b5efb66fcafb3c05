"""A story is a heap of things that will happen: each happens at its instant, and plans what follows from it.

What lies after the last instant has not happened yet, so the world ends in the middle of its work: requests that wait
for an approver, orders that nobody confirmed, trucks that come tomorrow.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from typing import Any, TypeVar

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from organization.people.models import Person
from organization.sites.models import Site
from world.deliveries import StandingClock
from world.scene import Scene, at, working_days

M = TypeVar("M", bound=Any)
SPELL = timedelta(hours=2)
"""How long the story goes on before whoever listens hears of it."""
OPENS, CLOSES = 7.0, 16.0
"""Working hours, in UTC."""


class Story:
    def __init__(self, scene: Scene, clock: StandingClock) -> None:
        self.scene, self.clock = scene, clock
        self.random = scene.random
        self.told: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._plans: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self._count = 0
        self._heard_at: datetime | None = None
        self._last_at = scene.founding

    def plan(self, when: datetime, what: Callable[..., None], *given: Any) -> None:
        """``what(story, when, *given)`` will happen then."""
        self._count += 1
        heappush(self._plans, (when, self._count, what, given))

    def run(self, until: datetime) -> None:
        """Spell by spell; whoever listens hears at the end of each."""
        while self._plans and self._plans[0][0] <= until:
            when, _count, what, given = heappop(self._plans)
            if self._heard_at and when - self._heard_at > SPELL:
                self.hear(self._last_at)
            self.happen(when, what, *given)
        self.hear(until)

    def happen(self, when: datetime, what: Callable[..., None], *given: Any) -> None:
        """Let it happen. What the rules refuse is part of life."""
        self._heard_at, self._last_at = self._heard_at or when, when
        try:
            what(self, when, *given)
            self.told[what.__name__] += 1
        except Refused as refused:
            self.refused[f"{what.__name__}: {refused}"] += 1

    def hear(self, when: datetime) -> None:
        """Everything that was recorded reaches whoever listens."""
        self.clock.deliver(when)
        self._heard_at = None

    def later(self, when: datetime, least: float, most: float) -> datetime:
        """Some hours later, at an hour when people work."""
        return working_hour(when + timedelta(hours=self.random.uniform(least, most)), self.random.random())

    def key(self) -> str:
        return self.scene.key()

    def chance(self, share: float) -> bool:
        return self.scene.chance(share)

    def draw(self, weights: dict[str, float]) -> str:
        return self.scene.draw(weights)

    def who(self, role: str, site: Site) -> Person:
        return self.scene.who(role, site)

    def doing(self, role: str, site: Site) -> Actor:
        """Somebody who fills the role there, as the one who acts."""
        return self.actor(self.who(role, site))

    def actor(self, person: Person) -> Actor:
        return self.scene.actor(person)

    def proven(self, person: Person) -> Actor:
        """The person as one who just proved himself: what he decides may be above his role's step-up limit."""
        return replace(self.actor(person), proved_at=datetime.now(UTC))

    def site(self, pk: int) -> Site:
        return next(site for site in self.scene.sites.values() if site.pk == pk)


def fresh(row: M) -> M:
    """The row as it now stands."""
    return type(row)._base_manager.get(pk=row.pk)


def working_hour(when: datetime, spread: float) -> datetime:
    """The same instant if people work then, else the next morning that they do."""
    hour = when.hour + when.minute / 60
    if when.weekday() < 5 and OPENS <= hour < CLOSES:
        return when
    day = when.date() if hour < OPENS else when.date() + timedelta(days=1)
    return at(working_days(day, 0), OPENS + 1.5 * spread)
