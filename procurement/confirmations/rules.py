"""Judge a supplier's answer line by line: as ordered, within tolerance, or for the buyer to agree. No row, no clock.

The codes are those of the glossary; *acknowledged* means only that the message arrived and is never an acceptance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.values.days import day_text
from foundation.values.exact import half_up, percent_of, plain
from foundation.values.quantity import Factor
from procurement.confirmations import glossary

AS_ORDERED, TOLERATED, DEVIATES = "as_ordered", "tolerated", "deviates"
PRICE_PLACES = 4
"""Decimals of a price for another unit as it is read: the six of the base unit, multiplied, end in dust."""
CODES = {"quantity": glossary.QUANTITY_CHANGED, "date": glossary.DATE_CHANGED, "price": glossary.PRICE_CHANGED}
"""The code of a line of which one thing differs."""


@dataclass(frozen=True)
class Tolerance:
    """How far an answer may go without the buyer: percent of quantity and price, days early and late."""

    quantity_percent: Decimal = Decimal(0)
    price_percent: Decimal = Decimal(0)
    days_early: int = 0
    days_late: int = 0


@dataclass(frozen=True)
class Asked:
    """One order line as it stands: what is still to be confirmed, in base units."""

    quantity: Decimal
    price: Decimal
    need_by: date
    unit: str
    """The code of the unit that the order speaks in; sentences do too."""
    factor: Factor
    """Base units in one of it."""

    def said_quantity(self, base: Decimal) -> str:
        return plain(self.factor.from_base(base, rounding=True))

    def said_price(self, base: Decimal) -> str:
        if self.factor == Factor(1):
            return plain(base)
        return plain(half_up(Fraction(base) * self.factor.numerator / self.factor.denominator, PRICE_PLACES))


def asked_of(line: Any) -> Asked:
    """Of an order line."""
    factor = Factor(line.numerator, line.denominator)
    return Asked(line.ordered - line.cancelled, line.price, line.need_by, unit=line.unit.code, factor=factor)


@dataclass(frozen=True)
class Schedule:
    """So much on one day."""

    quantity: Decimal
    on: date


@dataclass(frozen=True)
class Answered:
    """What the supplier says of one line; None means as ordered. A split is several schedule rows."""

    schedule: tuple[Schedule, ...] = ()
    price: Decimal | None = None
    substitute: str = ""
    is_rejected: bool = False


@dataclass(frozen=True)
class Judged:
    """The verdict on one field: what it becomes and why that needs the buyer (or does not)."""

    field: str
    verdict: str
    after: str
    sentence: str


def judge(asked: Asked, answered: Answered, tolerance: Tolerance) -> list[Judged]:
    """Every difference of one line with its verdict; empty when it is confirmed as ordered."""
    if answered.is_rejected:
        return [Judged("cancel", DEVIATES, "0", _("The supplier cannot deliver this line."))]
    found = [*_quantity(asked, answered, tolerance), *_date(asked, answered, tolerance)]
    if answered.price is not None and answered.price != asked.price:
        found.append(_price(asked, answered.price, tolerance))
    if answered.substitute:
        sentence = _("The supplier offers %(substitute)s instead.") % {"substitute": answered.substitute}
        found.append(Judged("substitute", DEVIATES, answered.substitute, sentence))
    return found


def worst(found: Iterable[Judged]) -> str:
    verdicts = {judged.verdict for judged in found}
    return DEVIATES if DEVIATES in verdicts else TOLERATED if TOLERATED in verdicts else AS_ORDERED


def code(answered: Answered, found: Iterable[Judged]) -> str:
    """The line code of the answer (``glossary``)."""
    fields = {judged.field for judged in found}
    if answered.is_rejected:
        return glossary.REJECTED
    if "substitute" in fields:
        return glossary.SUBSTITUTED
    if len(answered.schedule) > 1:
        return glossary.PARTLY_BACKORDERED
    if len(fields) > 1:
        return glossary.CHANGED
    return CODES[fields.pop()] if fields else glossary.ACCEPTED


def _quantity(asked: Asked, answered: Answered, tolerance: Tolerance) -> list[Judged]:
    if not answered.schedule:
        return []
    total = sum((row.quantity for row in answered.schedule), Decimal(0))
    if total == asked.quantity:
        return []
    allowed = abs(total - asked.quantity) <= percent_of(asked.quantity, tolerance.quantity_percent)
    said = {"total": asked.said_quantity(total), "asked": asked.said_quantity(asked.quantity), "unit": asked.unit}
    sentence = _("%(total)s instead of %(asked)s %(unit)s.") % said
    return [Judged("quantity", TOLERATED if allowed else DEVIATES, f"{total:f}", sentence)]


def _date(asked: Asked, answered: Answered, tolerance: Tolerance) -> list[Judged]:
    if not answered.schedule:
        return []
    last = max(row.on for row in answered.schedule)
    days = (last - asked.need_by).days
    if not days:
        return []
    allowed = -tolerance.days_early <= days <= tolerance.days_late
    said = {"days": abs(days), "on": day_text(last), "asked": day_text(asked.need_by)}
    sentence = (
        ngettext(
            "%(days)d day later than wanted: %(on)s instead of %(asked)s.",
            "%(days)d days later than wanted: %(on)s instead of %(asked)s.",
            abs(days),
        )
        % said
        if days > 0
        else ngettext(
            "%(days)d day earlier than wanted: %(on)s instead of %(asked)s.",
            "%(days)d days earlier than wanted: %(on)s instead of %(asked)s.",
            abs(days),
        )
        % said
    )
    return [Judged("date", TOLERATED if allowed else DEVIATES, last.isoformat(), sentence)]


def _price(asked: Asked, answered: Decimal, tolerance: Tolerance) -> Judged:
    cheaper = answered < asked.price
    allowed = cheaper or answered - asked.price <= percent_of(asked.price, tolerance.price_percent)
    said = {"answered": asked.said_price(answered), "asked": asked.said_price(asked.price), "unit": asked.unit}
    sentence = _("The price is %(answered)s instead of %(asked)s for 1 %(unit)s.") % said
    return Judged("price", TOLERATED if allowed else DEVIATES, f"{answered:f}", sentence)
