"""The words an answer is made of, the same for portal, mail, file, API and EDI."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

NONE = Decimal(0)


class Header(StrEnum):
    """What the answer says about the order as a whole."""

    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    CHANGED = "accepted_with_changes"
    ON_HOLD = "on_hold"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far an answer may stray and still count as confirmed; of percent and absolute the larger holds."""

    quantity_percent: Decimal = NONE
    quantity_absolute: Decimal = NONE
    price_percent: Decimal = NONE
    price_absolute: Decimal = NONE
    days_early: int = 0
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class OrderedLine:
    quantity: Decimal
    price: Decimal
    currency: str
    requested_on: date
    tolerance: Tolerance = Tolerance()


@dataclass(frozen=True, slots=True)
class NewQuantity:
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class NewDate:
    """*on* is None when the supplier cannot name a day."""

    on: date | None


@dataclass(frozen=True, slots=True)
class NewPrice:
    price: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Substitute:
    item: str


@dataclass(frozen=True, slots=True)
class Rejection:
    why: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    quantity: Decimal
    on: date | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Parts that together are the whole quantity of the line, as ordered or as changed."""

    parts: tuple[Part, ...]


Change: TypeAlias = NewQuantity | NewDate | NewPrice | Substitute | Rejection | Schedule
