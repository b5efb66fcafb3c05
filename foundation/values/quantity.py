"""Quantities people type, units they come in, and the exact way between a unit and its base unit."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Self

from foundation.values.exact import half_up
from foundation.values.reason import BadValue

PLACES = 6
LIMIT = Decimal(10) ** 14
_SHAPE = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,6})?")
_LONGER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure and how many decimals it is counted in: none for pieces."""

    code: str
    places: int = PLACES

    def check(self, quantity: Decimal) -> None:
        """Refuse a quantity that is finer than this unit is counted in."""
        if half_up(quantity, self.places) == quantity:
            return
        if self.places == 0:
            raise BadValue("not_whole", "{unit} is counted in whole numbers; use digits like 12.", unit=self.code)
        raise BadValue(
            "too_fine",
            "{unit} takes at most {places} decimals; use digits like 12.5.",
            unit=self.code,
            places=self.places,
        )


@dataclass(frozen=True, slots=True)
class Factor:
    """How many base units one unit is, as an exact fraction in lowest terms: a third of a pallet is a third."""

    numerator: int
    denominator: int = 1

    def __post_init__(self) -> None:
        if self.numerator <= 0 or self.denominator <= 0:
            raise BadValue("bad_factor", "A unit must be worth more than nothing; use whole numbers above zero.")
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
            raise BadValue(
                "too_long", "A number has at most 14 digits before the point and 6 after it; use digits like 12.5."
            )
        raise BadValue("not_a_number", "Not a number; use digits like 12.5.")
    value = Decimal(text) + 0  # plus zero turns -0 into 0
    if unit:
        unit.check(value)
    return value


def _held(value: Fraction, rounding: bool) -> Decimal:
    result = half_up(value, PLACES)
    if abs(result) >= LIMIT:
        raise BadValue("too_large", "This quantity is too large; at most 14 digits fit before the point.")
    if result != value and not rounding:
        raise BadValue(
            "not_exact",
            "This quantity is about {nearest} and cannot be held exactly in six decimals; choose another unit.",
            nearest=result,
        )
    return result
