"""How much must be bought when so much is needed, and at which price.

All quantities of one question are in one unit, whichever it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm

from foundation.values.exact import product
from foundation.values.quantity import PLACES
from foundation.values.reason import BadValue, Reason, because

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a supplier sells: no less than *minimum*, in steps of *multiple*, in whole packs; 0 means any."""

    minimum: Decimal = NONE
    multiple: Decimal = NONE
    pack: Decimal = NONE

    def __post_init__(self) -> None:
        if min(self.minimum, self.multiple, self.pack) < 0:
            raise BadValue("negative_terms", "Minimum, multiple and pack cannot be below zero; 0 means there is none.")

    @property
    def step(self) -> Decimal:
        """The smallest quantity that is both whole multiples and whole packs; 0 if anything goes."""
        steps = [_millionths(step) for step in (self.multiple, self.pack) if step]
        return _decimal(lcm(*steps)) if steps else NONE


@dataclass(frozen=True, slots=True)
class Purchasable:
    """What to order, how much of it nobody asked for, and why it is not what was needed."""

    quantity: Decimal
    extra: Decimal
    reasons: tuple[Reason, ...]


def purchasable(needed: Decimal, terms: Terms) -> Purchasable:
    """The least that covers the need and that the supplier sells. Always up: rounding down would leave a need."""
    if needed <= 0:
        raise BadValue("nothing_needed", "A needed quantity must be above zero.")
    step, quantity = terms.step, max(needed, terms.minimum)
    if step:
        steps = -(-_millionths(quantity) // _millionths(step))
        quantity = _decimal(steps * _millionths(step))
    reasons = tuple(_explained(needed, quantity, terms))
    return Purchasable(quantity, quantity - needed, reasons)


def _explained(needed: Decimal, quantity: Decimal, terms: Terms) -> Iterator[Reason]:
    if quantity == needed:
        yield because("as_needed", "{needed} can be bought as it is.", needed=needed)
        return
    if terms.minimum > needed:
        yield because(
            "minimum", "{needed} is needed; no less than {minimum} is sold.", needed=needed, minimum=terms.minimum
        )
    wanted = max(needed, terms.minimum)
    if terms.multiple and _millionths(wanted) % _millionths(terms.multiple):
        yield because("multiple", "{wanted} is no multiple of {multiple}.", wanted=wanted, multiple=terms.multiple)
    if terms.pack and _millionths(wanted) % _millionths(terms.pack):
        yield because("pack", "{wanted} is no whole number of packs of {pack}.", wanted=wanted, pack=terms.pack)
    if terms.multiple and terms.pack and terms.step > max(terms.multiple, terms.pack):
        facts = {"step": terms.step, "multiple": terms.multiple, "pack": terms.pack}
        yield because("step", "Only {step} is both a multiple of {multiple} and whole packs of {pack}.", **facts)
    yield because("extra", "{quantity} is {extra} more than needed.", quantity=quantity, extra=quantity - needed)


class PriceSource(StrEnum):
    """Where a price is from; an earlier one counts before a later one."""

    CONTRACT = "contract"
    QUOTE = "quote"
    LIST = "list"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class PriceBreak:
    """From this quantity on, *price* for *price_per* units."""

    from_quantity: Decimal
    price: Decimal
    currency: str
    source: PriceSource
    reference: str = ""
    price_per: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Price:
    """*cheaper* is set where buying more would cost less in all."""

    chosen: PriceBreak
    reason: Reason
    cheaper: Reason | None = None


def price_at(breaks: Iterable[PriceBreak], quantity: Decimal) -> Price | None:
    """The price for buying *quantity* at once; None if no break is reached.

    The best source that has a price for this quantity wins, even over a lower price elsewhere: a contract is not
    left because a list is cheaper today. Within a source the highest break that is reached holds.
    """
    known = list(breaks)
    reached = [row for row in known if row.from_quantity <= quantity]
    if not reached:
        return None
    chosen = min(reached, key=_preference)
    facts = {"price": chosen.price, "currency": chosen.currency, "per": chosen.price_per, "source": chosen.source}
    reason = because(
        "price",
        "{price} {currency} per {per}: {source} {reference}, from {start} on.",
        reference=chosen.reference,
        start=chosen.from_quantity,
        **facts,
    )
    return Price(chosen, reason, _cheaper(known, chosen, quantity))


def _preference(row: PriceBreak) -> tuple[int, Decimal, Fraction, str]:
    return _SOURCES[row.source], -row.from_quantity, Fraction(row.price) / Fraction(row.price_per), row.reference


_SOURCES = {source: rank for rank, source in enumerate(PriceSource)}


def _cheaper(breaks: list[PriceBreak], chosen: PriceBreak, quantity: Decimal) -> Reason | None:
    """A later break of the same source at which the whole costs less than this quantity does."""
    same = [row for row in breaks if (row.source, row.currency) == (chosen.source, chosen.currency)]
    further = [row for row in same if row.from_quantity > quantity]
    best = min(further, key=lambda row: _cost(row, row.from_quantity), default=None)
    if best is None or _cost(best, best.from_quantity) >= _cost(chosen, quantity):
        return None
    facts = {"more": best.from_quantity, "price": best.price, "currency": best.currency, "quantity": quantity}
    return because("cheaper", "{more} at {price} {currency} cost less than {quantity}.", **facts)


def _cost(row: PriceBreak, quantity: Decimal) -> Fraction:
    return Fraction(product(quantity, row.price)) / Fraction(row.price_per)


def _millionths(value: Decimal) -> int:
    return int(value.scaleb(PLACES).to_integral_value(ROUND_CEILING))


def _decimal(millionths: int) -> Decimal:
    return Decimal(millionths).scaleb(-PLACES)
