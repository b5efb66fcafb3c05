"""Three-way match: what was ordered, what arrived, what is billed, line by line. No row, no clock.

A line is judged against what its order line still has to bill: earlier invoices count. The verdicts are ranked; an
invoice is as good as its worst line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.values.exact import percent_of, plain
from foundation.values.money import line_amount, minor_unit

MATCHED = "matched"
WAITING = "waiting_receipt"
BLOCKED = "blocked_by_case"
PRICE = "price_variance"
OVER = "quantity_over_ordered"
CURRENCY = "currency_differs"
NOT_ORDERED = "not_on_order"
ARITHMETIC = "arithmetic"
RANK = [MATCHED, WAITING, BLOCKED, PRICE, OVER, CURRENCY, ARITHMETIC, NOT_ORDERED]
"""From harmless to serious."""


@dataclass(frozen=True)
class Tolerance:
    """How far a line may differ without anybody looking. The wider of percent and absolute counts, for prices."""

    price_percent: Decimal = Decimal(0)
    price_absolute: Decimal = Decimal(0)
    quantity_percent: Decimal = Decimal(0)
    amount_absolute: Decimal = Decimal(0)


@dataclass(frozen=True)
class Ordered:
    """An order line as finance knows it; quantities in base units, net of returns and reversals."""

    quantity: Decimal
    price: Decimal
    currency: str
    received: Decimal
    on_hold: Decimal
    billed: Decimal


@dataclass(frozen=True)
class Billed:
    """One invoice line."""

    quantity: Decimal
    price: Decimal
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Verdict:
    """What is to be said of one line, and the money in question."""

    code: str
    sentence: str
    difference: Decimal = Decimal(0)


def match(ordered: Ordered | None, billed: Billed, tolerance: Tolerance) -> Verdict:
    """Judge one line; the most serious objection is the verdict."""
    if ordered is None:
        return Verdict(NOT_ORDERED, _("This is not on any order of ours."), billed.amount)
    if billed.currency != ordered.currency:
        said = {"billed": billed.currency, "ordered": ordered.currency}
        return Verdict(CURRENCY, _("Billed in %(billed)s, ordered in %(ordered)s.") % said, billed.amount)
    arithmetic = billed.amount - line_amount(billed.quantity, billed.price, billed.currency).amount
    if abs(arithmetic) > max(tolerance.amount_absolute, _smallest(billed.currency)):
        return Verdict(ARITHMETIC, _("Quantity times price is not the amount of the line."), arithmetic)
    return _against_order(ordered, billed, tolerance)


def _against_order(ordered: Ordered, billed: Billed, tolerance: Tolerance) -> Verdict:
    due = ordered.quantity + percent_of(ordered.quantity, tolerance.quantity_percent) - ordered.billed
    if billed.quantity > due:
        over = billed.quantity - max(due, Decimal(0))
        said = {"over": plain(over), "ordered": plain(ordered.quantity)}
        sentence = _("%(over)s more is billed than the %(ordered)s that were ordered.") % said
        return Verdict(OVER, sentence, over * billed.price)
    difference = billed.price - ordered.price
    allowed = max(percent_of(ordered.price, tolerance.price_percent), tolerance.price_absolute)
    if difference > allowed:
        said = {"billed": plain(billed.price, 2), "ordered": plain(ordered.price, 2)}
        sentence = _("The price is %(billed)s, the order says %(ordered)s.") % said
        return Verdict(PRICE, sentence, difference * billed.quantity)
    return _against_receipt(ordered, billed)


def _against_receipt(ordered: Ordered, billed: Billed) -> Verdict:
    here = ordered.received - ordered.billed
    payable = here - ordered.on_hold
    if billed.quantity <= payable:
        return Verdict(MATCHED, _("Ordered, received and billed agree."))
    missing = billed.quantity - payable
    if billed.quantity <= here:
        said = {"held": plain(min(ordered.on_hold, missing))}
        sentence = _("%(held)s of it is on hold until its case is over.") % said
        return Verdict(BLOCKED, sentence, missing * billed.price)
    said = {"missing": plain(billed.quantity - here)}
    sentence = _("%(missing)s of it has not arrived yet.") % said
    return Verdict(WAITING, sentence, missing * billed.price)


@dataclass(frozen=True)
class Header:
    """The figures on the invoice itself."""

    net: Decimal
    tax: Decimal
    total: Decimal
    currency: str


def totals(header: Header, lines: Iterable[tuple[Decimal, Decimal]]) -> list[str]:
    """What does not add up: lines are (amount, tax percent). Empty when the invoice is consistent."""
    lines = list(lines)
    net = sum((amount for amount, _tax in lines), Decimal(0))
    tax = sum((percent_of(amount, percent) for amount, percent in lines), Decimal(0))
    slack = _smallest(header.currency) * max(len(lines), 1)
    objections = []
    if abs(net - header.net) > _smallest(header.currency):
        said = {"lines": plain(net, 2), "net": plain(header.net, 2)}
        objections.append(_("The lines add up to %(lines)s, the invoice says %(net)s.") % said)
    if abs(tax - header.tax) > slack:
        said = {"tax": plain(tax, 2), "said": plain(header.tax, 2)}
        objections.append(_("The tax comes to %(tax)s, the invoice says %(said)s.") % said)
    if header.net + header.tax != header.total:
        objections.append(_("Net and tax are not the total."))
    return objections


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    return max(verdicts, key=lambda verdict: RANK.index(verdict.code), default=None)


def _smallest(currency: str) -> Decimal:
    """The smallest coin: rounding of a line may be off by that."""
    return Decimal(1).scaleb(-minor_unit(currency))
