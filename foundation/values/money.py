"""An amount in a currency, which meets other currencies only through a dated rate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Self

from foundation.values.exact import EXACT, half_up, plain
from foundation.values.reason import BadValue

# ISO 4217: every currency has two decimals except these.
_MINOR_UNITS = dict.fromkeys(
    (
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ),
    0,
) | {"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "CLF": 4, "UYW": 4}


def minor_unit(currency: str) -> int:
    """How many decimals the currency is paid in."""
    return _MINOR_UNITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of *source* was worth in *target* on a day, and who said so."""

    source: str
    target: str
    factor: Decimal
    on: date
    origin: str

    def __post_init__(self) -> None:
        _check_currency(self.source)
        _check_currency(self.target)
        if not self.factor.is_finite() or self.factor <= 0:
            raise BadValue("bad_rate", "A rate must be above zero.")
        if self.source == self.target and self.factor != 1:
            raise BadValue("bad_rate", "A rate from {currency} to itself must be 1.", currency=self.source)


@dataclass(frozen=True, slots=True)
class Money:
    """Exact until ``rounded()`` is asked for, which happens once: on the amount of a line."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        _check_currency(self.currency)
        if not self.amount.is_finite():
            raise BadValue("not_a_number", "An amount must be a number; use digits like 12.50.")

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(Decimal(0), currency)

    def rounded(self) -> "Money":
        """To the currency's minor unit; a half goes away from zero."""
        return Money(half_up(self.amount, minor_unit(self.currency)), self.currency)

    def convert(self, rate: Rate) -> "Money":
        """Exact; round when the result is stored or shown."""
        if rate.source != self.currency:
            facts = {"source": rate.source, "target": rate.target, "currency": self.currency}
            raise BadValue("wrong_rate", "A rate from {source} to {target} cannot convert {currency}.", **facts)
        return Money(EXACT.multiply(self.amount, rate.factor), rate.target)

    def __add__(self, other: "Money") -> "Money":
        return Money(EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(EXACT.multiply(self.amount, factor), self.currency)

    def __neg__(self) -> "Money":
        return Money(EXACT.minus(self.amount), self.currency)

    def __abs__(self) -> "Money":
        return Money(self.amount.copy_abs(), self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def __str__(self) -> str:
        return f"{plain(self.amount, minor_unit(self.currency))} {self.currency}"

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise BadValue(
                "currency_differs",
                "{one} and {other} are different currencies; convert one of them first.",
                one=self.currency,
                other=other.currency,
            )
        return other.amount


def total(parts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts that are all in *currency*; nothing sums to zero of it."""
    return sum(parts, start=Money.zero(currency))


def line_amount(quantity: Decimal, price: Decimal, currency: str, price_per: Decimal | int = 1) -> Money:
    """Quantity times price, where the price may be for a hundred or a thousand; rounded once, here."""
    if price_per <= 0:
        raise BadValue("bad_price_per", "A price must be for one or more units, not for {per}.", per=price_per)
    exact = EXACT.multiply(quantity, price)
    places = minor_unit(currency)
    if price_per == 1:
        return Money(half_up(exact, places), currency)
    return Money(half_up(Fraction(exact) / Fraction(price_per), places), currency)


def _check_currency(code: str) -> None:
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        raise BadValue("bad_currency", "A currency is three capital letters such as EUR.")
