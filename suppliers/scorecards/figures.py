"""A measure as a page shows it: the figure, what it is held to, twelve months as a line. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from suppliers.scorecards.glossary import Definition
from suppliers.scorecards.rules import Tally

WIDTH, HEIGHT, EDGE = 240, 56, 4
"""Of the drawing, in its own units."""
QUARTERS = {
    1: _("First quarter of all suppliers"),
    2: _("Second quarter of all suppliers"),
    3: _("Third quarter of all suppliers"),
    4: _("Last quarter of all suppliers"),
}


@dataclass(frozen=True)
class Month:
    """``value`` is a share or a median; None in a month without a case."""

    first: date
    tally: Tally
    value: Decimal | None


@dataclass(frozen=True)
class Dot:
    x: Decimal
    y: Decimal
    month: Month


@dataclass(frozen=True)
class Figure:
    of: Definition
    tally: Tally
    months: Sequence[Month]
    minimum: int
    target: int | None = None
    """In percent."""
    quarter: int | None = None
    median: Decimal | None = None
    ninth: Decimal | None = None
    dots: list[Dot] = field(init=False)
    goal: Decimal | None = field(init=False, default=None)
    """How high the target lies in the drawing."""

    def __post_init__(self) -> None:
        values = [month.value for month in self.months if month.value is not None]
        aim = Decimal(self.target) / 100 if self.target is not None else Decimal(0)
        low, high = min([*values, aim]), max([*values, aim])
        if self.target is not None:
            high = Decimal(1)
        room = (high - low) or Decimal(1)

        def up(value: Decimal) -> Decimal:
            return round(HEIGHT - EDGE - (value - low) / room * (HEIGHT - 2 * EDGE), 1)

        step = Decimal(WIDTH - 2 * EDGE) / max(len(self.months) - 1, 1)
        dots = [
            Dot(round(EDGE + step * number, 1), up(month.value), month)
            for number, month in enumerate(self.months)
            if month.value is not None
        ]
        object.__setattr__(self, "dots", dots)
        object.__setattr__(self, "goal", up(aim))

    @property
    def points(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def is_enough(self) -> bool:
        return self.tally.n >= self.minimum

    @property
    def share(self) -> Decimal | None:
        return self.tally.share

    @property
    def bad(self) -> int:
        return self.tally.n - self.tally.good

    @property
    def is_met(self) -> bool:
        return self.share is not None and self.target is not None and self.share * 100 >= self.target

    @property
    def band(self) -> Any:
        return QUARTERS.get(self.quarter) if self.quarter else ""


def tiles(figures: Sequence[Figure], address: Callable[[str], str]) -> list[dict[str, Any]]:
    """Each figure with the page of its cases."""
    return [{"figure": one, "url": address(one.of.key.value)} for one in figures]
