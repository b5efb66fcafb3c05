"""Which value of a parameter counts at a place and an instant. Pure.

From the house down to the entity and the site, what stands lower counts, unless something above is locked; and
whatever it says, the value lies within the range that is allowed there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum


class Level(IntEnum):
    HOUSE = 0
    ENTITY = 1
    SITE = 2


@dataclass(frozen=True, slots=True)
class Place:
    """The house, an entity, or a site. Of a site the entity may be left out where no entity says anything."""

    entity: int | None = None
    site: int | None = None

    @property
    def level(self) -> Level:
        return Level.SITE if self.site else Level.ENTITY if self.entity else Level.HOUSE

    @property
    def key(self) -> tuple[Level, int | None]:
        return self.level, self.site or self.entity

    def path(self) -> list["Place"]:
        """From the house down to here."""
        return [Place(), Place(self.entity), self][: self.level + 1]


@dataclass(frozen=True, slots=True)
class Said:
    """A value that was agreed for a place, from an instant on, until another if there is one."""

    key: int
    place: Place
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    is_locked: bool
    starts_at: datetime
    ends_at: datetime | None
    decided_at: datetime

    def holds(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Standard:
    """What the product delivers: the value, and the widest range anybody may choose from."""

    value: Decimal
    low: Decimal
    high: Decimal
    lowest: Level = Level.SITE


@dataclass(frozen=True, slots=True)
class Effective:
    """The value at a place, where it comes from, and what may be chosen there instead."""

    value: Decimal
    level: Level | None
    """Where it is said; None is what the product delivers."""
    source: Said | None
    low: Decimal
    high: Decimal
    locked_by: Said | None
    """What stands above and lets nobody below say otherwise."""


def effective(standard: Standard, said: Iterable[Said], place: Place, at: datetime) -> Effective:
    """Of several values of one place the one decided last counts: a temporary one ends, and the other is back."""
    now = {}
    for one in sorted((one for one in said if one.holds(at)), key=lambda one: (one.decided_at, one.key)):
        now[one.place.key] = one
    value, source, level, locked_by = standard.value, None, None, None
    low, high = standard.low, standard.high
    for here in place.path():
        inner = now.get(here.key)
        if inner is None or locked_by or here.level > standard.lowest:
            continue
        value, source, level = min(max(inner.value, low), high), inner, here.level
        if here.key != place.key:
            low = max(low, inner.low) if inner.low is not None else low
            high = min(high, inner.high) if inner.high is not None else high
            locked_by = inner if inner.is_locked else None
    return Effective(min(max(value, low), high), level, source, low, high, locked_by)
