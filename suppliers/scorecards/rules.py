"""What a heap of cases comes to. Pure.

Medians and ninth deciles are nearest ranks: a figure that some case really had, so that it can be pointed at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from foundation.values.exact import half_up

PLACES = 4
"""Of a share or a value, as it is kept."""
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was counted. ``value`` is its hours, days or deviation, where the measure has one."""

    is_good: bool
    value: Decimal | None = None
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """``n`` cases count, of which ``good`` went well; what was excluded stands beside them and is never dropped."""

    n: int = 0
    good: int = 0
    excluded: int = 0
    excluded_good: int = 0

    @property
    def share(self) -> Decimal | None:
        return share(self.good, self.n)

    @property
    def share_of_all(self) -> Decimal | None:
        """As it would stand if nothing had been excluded."""
        return share(self.good + self.excluded_good, self.n + self.excluded)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.n + other.n,
            self.good + other.good,
            self.excluded + other.excluded,
            self.excluded_good + other.excluded_good,
        )


def tally(cases: Iterable[Case]) -> Tally:
    n = good = excluded = excluded_good = 0
    for case in cases:
        if case.is_excluded:
            excluded, excluded_good = excluded + 1, excluded_good + case.is_good
        else:
            n, good = n + 1, good + case.is_good
    return Tally(n, good, excluded, excluded_good)


def share(good: int, n: int) -> Decimal | None:
    """Of nothing there is no share."""
    return half_up(Decimal(good) / n, PLACES) if n else None


def rank(values: Sequence[Decimal], part: Decimal) -> Decimal | None:
    """The nearest rank: the smallest value that at least this part of all does not exceed; ``part`` in (0, 1]."""
    return sorted(values)[ceil(part * len(values)) - 1] if values else None


def median(values: Sequence[Decimal]) -> Decimal | None:
    return rank(values, Decimal("0.5"))


def quarters(shares: dict[int, Decimal]) -> dict[int, int]:
    """In which quarter of all each stands, 1 the best. Equals stand together, in the better one.

    Fewer than four are not ranked: the band of one would give away another's figure.
    """
    if len(shares) < QUARTERS:
        return {}
    return {
        key: sum(other > mine for other in shares.values()) * QUARTERS // len(shares) + 1
        for key, mine in shares.items()
    }
