"""One invoice line held against what was ordered and what arrived.

The order is the contract for price and quantity, the receipt for what is owed now. What was billed before counts, so
two invoices cannot each be right and both together wrong. All quantities are in base units. Paying less than agreed
stops nobody; it is only shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from foundation.values.exact import half_up, leeway, percent_of, product
from foundation.values.money import line_amount, minor_unit
from foundation.values.reason import Reason, because

NONE = Decimal(0)


class Verdict(StrEnum):
    """From good to bad; the worst finding names the line."""

    MATCHED = "matched"
    WAITING_RECEIPT = "waiting_receipt"
    BLOCKED_BY_CASE = "blocked_by_case"
    QUANTITY_OVER_RECEIVED = "quantity_over_received"
    PRICE_VARIANCE = "price_variance"
    QUANTITY_OVER_ORDERED = "quantity_over_ordered"
    CURRENCY_DIFFERS = "currency_differs"
    NOT_ON_ORDER = "not_on_order"


SEVERITY = {verdict: rank for rank, verdict in enumerate(Verdict)}
_Finding: TypeAlias = tuple[Verdict, Reason]


@dataclass(frozen=True, slots=True)
class Ordered:
    """What the order revision says that was valid when the goods came."""

    quantity: Decimal
    price: Decimal
    currency: str
    price_per: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Received:
    """*accepted* is net of returns; *on_hold* waits for a case to decide; *expected* may still come."""

    accepted: Decimal = NONE
    on_hold: Decimal = NONE
    expected: Decimal = NONE


@dataclass(frozen=True, slots=True)
class Billed:
    """What the supplier asks for; *already* is the quantity of earlier invoices that were not rejected."""

    quantity: Decimal
    price: Decimal
    amount: Decimal
    currency: str
    already: Decimal = NONE
    price_per: Decimal = Decimal(1)

    @property
    def cumulative(self) -> Decimal:
        return self.already + self.quantity


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much too much stops nobody.

    A price may be higher by the larger of percent and absolute. *amount_absolute* is money in the line's currency: a
    difference worth no more than this is not worth anybody's time, whatever caused it.
    """

    price_percent: Decimal = NONE
    price_absolute: Decimal = NONE
    quantity_percent: Decimal = NONE
    amount_absolute: Decimal = NONE


@dataclass(frozen=True, slots=True)
class LineMatch:
    """*quantity_difference* is billed in all less accepted; *price_difference* is per billed unit of price;
    *money_difference* is what the line asks for beyond what is ordered and accepted."""

    verdict: Verdict
    quantity_difference: Decimal
    price_difference: Decimal
    money_difference: Decimal
    reasons: tuple[Reason, ...]


def match_line(ordered: Ordered | None, received: Received, billed: Billed, tolerance: Tolerance) -> LineMatch:
    if ordered is None:
        reason = because("not_on_order", "This line is not on the order.")
        return LineMatch(Verdict.NOT_ON_ORDER, billed.quantity, NONE, billed.amount, (reason,))
    over_received = billed.cumulative - received.accepted
    if ordered.currency != billed.currency:
        reason = because(
            "currency_differs",
            "Ordered in {ordered} and billed in {billed}; nothing is converted.",
            ordered=ordered.currency,
            billed=billed.currency,
        )
        return LineMatch(Verdict.CURRENCY_DIFFERS, over_received, NONE, billed.amount, (reason,))
    findings = sorted(_findings(ordered, received, billed, tolerance), key=lambda found: -SEVERITY[found[0]])
    verdict = findings[0][0] if findings else Verdict.MATCHED
    reasons = tuple(reason for _, reason in findings)
    if not findings:
        facts = {"quantity": billed.quantity, "price": billed.price}
        reasons = (because("matched", "{quantity} at {price}: as ordered and received, within tolerance.", **facts),)
    return LineMatch(
        verdict,
        quantity_difference=over_received,
        price_difference=_price_difference(ordered, billed),
        money_difference=billed.amount - _owed(ordered, received, billed),
        reasons=reasons,
    )


def _findings(ordered: Ordered, received: Received, billed: Billed, tolerance: Tolerance) -> Iterator[_Finding]:
    yield from _price(ordered, billed, tolerance)
    yield from _arithmetic(billed, tolerance)
    ceiling = max(ordered.quantity, received.accepted)  # too many may have been accepted; those may be billed
    excess = billed.cumulative - ceiling
    if excess > percent_of(ceiling, tolerance.quantity_percent) and _worth(excess, ordered) > tolerance.amount_absolute:
        facts = {"cumulative": billed.cumulative, "ceiling": ceiling, "excess": excess}
        reason = because(
            "quantity_over_ordered", "{cumulative} billed in all, {ceiling} ordered: {excess} too many.", **facts
        )
        yield Verdict.QUANTITY_OVER_ORDERED, reason
    missing = min(billed.cumulative, ceiling) - received.accepted
    slack = percent_of(received.accepted, tolerance.quantity_percent)
    if missing > slack and _worth(missing, ordered) > tolerance.amount_absolute:
        yield from _missing(missing, received)


def _price(ordered: Ordered, billed: Billed, tolerance: Tolerance) -> Iterator[_Finding]:
    difference = _price_difference(ordered, billed)
    if difference <= 0:
        return
    agreed = billed.price - difference
    allowed = leeway(agreed, tolerance.price_percent, tolerance.price_absolute)
    extra = product(difference, billed.quantity) / billed.price_per
    if difference > allowed and extra > tolerance.amount_absolute:
        facts = {
            "billed": billed.price,
            "agreed": agreed,
            "difference": half_up(difference, 4),  # finer than that says nothing to a reader
            "allowed": half_up(allowed, 4),
        }
        reason = because(
            "price_variance", "Billed at {billed}, ordered at {agreed}: {difference} more, {allowed} allowed.", **facts
        )
        yield Verdict.PRICE_VARIANCE, reason


def _arithmetic(billed: Billed, tolerance: Tolerance) -> Iterator[_Finding]:
    """The amount must be quantity times price; one minor unit is left for other ways of rounding."""
    computed = line_amount(billed.quantity, billed.price, billed.currency, billed.price_per)
    allowed = max(tolerance.amount_absolute, Decimal(1).scaleb(-minor_unit(billed.currency)))
    if abs(billed.amount - computed.amount) > allowed:
        facts = {"quantity": billed.quantity, "price": billed.price, "computed": computed, "amount": billed.amount}
        reason = because("amount_differs", "{quantity} at {price} is {computed}, not {amount}.", **facts)
        yield Verdict.PRICE_VARIANCE, reason


def _missing(missing: Decimal, received: Received) -> Iterator[_Finding]:
    """Goods that are billed but not accepted: held, on their way, or not to be seen."""
    held = min(missing, received.on_hold)
    coming = min(missing - held, received.expected)
    never = missing - held - coming
    if held:
        reason = because(
            "blocked_by_case", "{held} of the billed quantity is on hold until its case is decided.", held=held
        )
        yield Verdict.BLOCKED_BY_CASE, reason
    if coming:
        reason = because("waiting_receipt", "{coming} of the billed quantity has not arrived yet.", coming=coming)
        yield Verdict.WAITING_RECEIPT, reason
    if never:
        reason = because(
            "quantity_over_received", "{never} more is billed than was received or is expected.", never=never
        )
        yield Verdict.QUANTITY_OVER_RECEIVED, reason


def _price_difference(ordered: Ordered, billed: Billed) -> Decimal:
    """In the billed unit of price, so that a price per hundred and a price per piece can be compared."""
    if ordered.price_per == billed.price_per:
        return billed.price - ordered.price
    return billed.price - product(ordered.price, billed.price_per) / ordered.price_per


def _owed(ordered: Ordered, received: Received, billed: Billed) -> Decimal:
    """The order's price for the part of this line that was accepted and not billed before."""
    owed = min(max(received.accepted - billed.already, NONE), billed.quantity)
    return line_amount(owed, ordered.price, ordered.currency, ordered.price_per).amount


def _worth(quantity: Decimal, ordered: Ordered) -> Decimal:
    return line_amount(quantity, ordered.price, ordered.currency, ordered.price_per).amount
