"""How a dispute may be settled, kind of case by kind of case. Upper floors say by which resolution each is done."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from foundation.resolutions import registry as resolutions
from foundation.values.days import day_text
from foundation.values.exact import half_up, plain
from foundation.values.money import minor_unit

CORRECT, CREDIT, DELIVER, NO_CLAIM = "correct", "credit", "deliver", "no_claim"
AMOUNT, DAY = "amount", "day"


@dataclass(frozen=True)
class Settlement:
    """One way out, in words for both sides. ``asks``: the amount of a credit, or the day of a delivery."""

    name: str
    resolution: str
    label: str | Promise
    effect: str | Promise
    """What happens then, in a sentence."""
    asks: str = ""


_settlements: dict[str, dict[str, Settlement]] = defaultdict(dict)


def register(*kinds: str, by: tuple[Settlement, ...]) -> None:
    """Cases of these kinds may be settled with the supplier in these ways."""
    for kind in kinds:
        _settlements[kind] |= {one.name: one for one in by}


def settlements_for(kind: str) -> list[Settlement]:
    return list(_settlements[kind].values())


def find(kind: str, name: str) -> Settlement | None:
    return _settlements[kind].get(name)


def ended_by(kind: str, resolution: str) -> Settlement | None:
    """What a resolution comes to for the supplier, where the case was settled without him."""
    return next((one for one in _settlements[kind].values() if one.resolution == resolution), None)


def resolution_of(kind: str, settlement: Settlement) -> Any:
    return resolutions.find(kind, settlement.resolution)


def spoken(label: str | Promise, amount: Decimal | None, currency: str, day: date | None) -> str:
    """The settlement with its amount or its day, as plain text."""
    if amount is not None:
        places = minor_unit(currency)
        return f"{label}: {plain(half_up(amount, places), places)} {currency}"
    return f"{label}: {day_text(day)}" if day else str(label)
