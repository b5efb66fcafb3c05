"""Parameters, declared by the package that reads them.

ABOVE = parameters.declare(
    "price_above", words=_("Price above the usual one"), unit="%", default=5, low=0, high=50, lowest=Level.SITE,
    owner="Controller", topic="requests")

ABOVE.value(site=requisition.site_id, at=at)

A value is a row (``models.ParameterValue``); what nobody said otherwise is the default, which is in the code.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from governance.parameters import reading
from governance.parameters.rules import Effective, Level, Place, Standard


@dataclass(frozen=True)
class Impact:
    """What another value would have made of what was judged lately: of so many, so many otherwise."""

    what: Any
    judged: int
    otherwise: int
    days: int


LOOKED_BACK = 90
"""Days over which a proposed value is held against what was judged."""
Replay = Callable[[Decimal, Decimal, Place, datetime], Impact]
"""(value now, value proposed, where, at) -> what would have been otherwise. A query or two, no more."""


@dataclass(frozen=True)
class Parameter:
    """``words`` say what it decides, ``unit`` what it is counted in, ``owner`` is the role that answers for it."""

    name: str
    words: Any
    help: Any
    topic: Any
    unit: Any
    owner: str
    standard: Standard
    places: int = 0
    """Digits after the point."""
    replay: Replay | None = None

    def __str__(self) -> str:
        return str(self.words)

    def value(self, *, entity: int | None = None, site: int | None = None, at: datetime) -> Decimal:
        """The value in force at a place at an instant, always within its range; usually no query (``reading``)."""
        return self.at(entity=entity, site=site, at=at).value

    def count(self, *, entity: int | None = None, site: int | None = None, at: datetime) -> int:
        """The same as a whole number."""
        return int(self.value(entity=entity, site=site, at=at))

    def at(self, *, entity: int | None = None, site: int | None = None, at: datetime) -> Effective:
        """The value with where it comes from and what may be chosen instead."""
        return reading.effective(self.name, self.standard, entity=entity, site=site, at=at)


PARAMETERS: dict[str, Parameter] = {}


def declare(
    name: str,
    *,
    words: Any,
    help: Any,
    topic: Any,
    unit: Any,
    owner: str,
    default: Decimal | int | str,
    low: Decimal | int | str = 0,
    high: Decimal | int | str,
    lowest: Level = Level.SITE,
    places: int = 0,
    replay: Replay | None = None,
) -> Parameter:
    """Say that there is a parameter. Below ``lowest`` nobody can say otherwise."""
    standard = Standard(Decimal(default), Decimal(low), Decimal(high), lowest)
    if not standard.low <= standard.value <= standard.high:
        raise ValueError(f"{name}: the default lies outside the range.")
    if name in PARAMETERS:
        raise ValueError(f"{name} is declared twice.")
    made = Parameter(name, words, help, topic, unit, owner, standard, places, replay)
    PARAMETERS[name] = made
    return made
