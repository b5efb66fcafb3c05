"""Decimal arithmetic that never rounds behind anybody's back, and the one way a number is written.

Python's default context keeps 28 digits; a quantity of 20 digits times a price of 20 has 40. Sums stay far below,
so plain ``+`` and ``-`` are safe; products and shares go through here.
"""

from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction

EXACT = Context(prec=100, rounding=ROUND_HALF_UP, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
_ROUNDING = Context(prec=100, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(13))


def product(*factors: Decimal) -> Decimal:
    """Multiply without losing a digit."""
    result = Decimal(1)
    for factor in factors:
        result = EXACT.multiply(result, factor)
    return result


def percent_of(value: Decimal, percent: Decimal) -> Decimal:
    return EXACT.scaleb(EXACT.multiply(value, percent), -2)


def leeway(value: Decimal, percent: Decimal, absolute: Decimal) -> Decimal:
    """How far a figure may stray from *value*: by a share of it or by a fixed amount, whichever is more."""
    return max(percent_of(abs(value), percent), absolute)


def half_up(value: Decimal | Fraction, places: int) -> Decimal:
    """Round to so many places; a half goes away from zero, as invoices do it."""
    if isinstance(value, Decimal):
        return _ROUNDING.plus(value.quantize(_STEPS[places], context=_ROUNDING))  # plus turns -0 into 0
    digits, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    if 2 * rest >= value.denominator:
        digits += 1
    return Decimal(-digits if value < 0 else digits).scaleb(-places, context=_ROUNDING)


def plain(value: Decimal, places: int = 0) -> str:
    """Write a number for people: ``1,200.5``; at least so many places, never an exponent."""
    trimmed = _ROUNDING.plus(value.normalize(context=_ROUNDING))
    exponent = trimmed.as_tuple().exponent
    used = max(-exponent, 0) if isinstance(exponent, int) else 0
    return f"{trimmed:,.{max(places, used)}f}"


def typed(value: Decimal) -> str:
    """Write a number as somebody would type it into a field: ``1200.5``."""
    return f"{_ROUNDING.plus(value.normalize(context=_ROUNDING)):f}"
