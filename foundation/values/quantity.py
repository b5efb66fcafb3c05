"""Quantities people type, units they come in, and the exact way between a unit and its base unit."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Self

from foundation.values.exact import half_up
from foundation.values.reason import BadValue, Reason, because

PLACES = 6
LIMIT = Decimal(10) ** 14
_SHAPE = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,6})?")
_LONGER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure and how many decimals it is counted in: none for pieces."""

    code: str
    places: int = PLACES

    def objection(self, quantity: Decimal) -> Reason | None:
        """Why this quantity cannot be counted in this unit, if it cannot."""
        if half_up(quantity, self.places) == quantity:
            return None
        if self.places == 0:
            return because("not_whole", "{unit} is counted in whole numbers; use digits like 12.", unit=self.code)
        sentence = "{unit} takes at most {places} decimals; use digits like 12.5."
        return because("too_fine", sentence, unit=self.code, places=self.places)


@dataclass(frozen=True, slots=True)
class Factor:
    """How many base units one unit is, as an exact fraction in lowest terms: a third of a pallet is a third."""

    numerator: int
    denominator: int = 1

    def __post_init__(self) -> None:
        if self.numerator <= 0 or self.denominator <= 0:
            raise BadValue(
                because("bad_factor", "A unit must be worth more than nothing; use whole numbers above zero.")
            )
        common = gcd(self.numerator, self.denominator)
        object.__setattr__(self, "numerator", self.numerator // common)
        object.__setattr__(self, "denominator", self.denominator // common)

    @classmethod
    def of(cls, value: Decimal) -> Self:
        """From a decimal as people write it: a box of 12.5 kg."""
        return cls(*value.as_integer_ratio())

    def inverse(self) -> "Factor":
        return Factor(self.denominator, self.numerator)

    def to_base(self, quantity: Decimal, *, rounding: bool = False) -> Decimal:
        """Exact or refused; with *rounding*, half up to six places. What was exact also comes back exactly."""
        return _held(Fraction(quantity) * self.numerator / self.denominator, rounding)

    def from_base(self, quantity: Decimal, *, rounding: bool = False) -> Decimal:
        return _held(Fraction(quantity) * self.denominator / self.numerator, rounding)


def parse_decimal(text: str, unit: Unit | None = None) -> Decimal:
    """Read what a person or a file wrote: ASCII digits, at most 14 before and 6 after the point, and nothing else.

    Deliberately no thousands separators, exponents, spaces or decimal commas: ``1,5`` is one and a half to some
    people and fifteen to others, and a guess would be an order.
    """
    if not _SHAPE.fullmatch(text):
        if _LONGER.fullmatch(text):
            sentence = "A number has at most 14 digits before the point and 6 after it; use digits like 12.5."
            raise BadValue(because("too_long", sentence))
        raise BadValue(because("not_a_number", "Not a number; use digits like 12.5."))
    value = Decimal(text) + 0  # plus zero turns -0 into 0
    if unit and (objection := unit.objection(value)):
        raise BadValue(objection)
    return value


def _held(value: Fraction, rounding: bool) -> Decimal:
    result = half_up(value, PLACES)
    if abs(result) >= LIMIT:
        raise BadValue(because("too_large", "This quantity is too large; at most 14 digits fit before the point."))
    if result != value and not rounding:
        sentence = "This quantity is about {nearest} and cannot be held exactly in six decimals; choose another unit."
        raise BadValue(because("not_exact", sentence, nearest=result))
    return result
