"""A whole invoice: its lines one after the other, its charges, its taxes and its total.

Lines are matched in their order, each counting what the lines before it bill of the same order line. The invoice is
as good as its worst line, and only if it adds up.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from finance.matching.rules import (
    SEVERITY,
    Billed,
    LineMatch,
    Ordered,
    Received,
    Tolerance,
    Verdict,
    match_line,
)
from foundation.values.exact import half_up, percent_of
from foundation.values.money import minor_unit
from foundation.values.reason import Reason, because

NONE = Decimal(0)


class Outcome(StrEnum):
    """What becomes of the invoice: paid without hands, kept waiting, or looked at by somebody."""

    MATCHED = "matched"
    WAITING_RECEIPT = "waiting_receipt"
    BLOCKED_BY_CASE = "blocked_by_case"
    VARIANCE = "variance"


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """*order_line* is None where the invoice names none that we know."""

    number: int
    order_line: int | None
    billed: Billed
    tax_percent: Decimal = NONE


@dataclass(frozen=True, slots=True)
class Charge:
    """Freight, packing or a rebate, which is negative; *agreed* is what the order allows, None if it allows none."""

    name: str
    amount: Decimal
    tax_percent: Decimal = NONE
    agreed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tax:
    """What the invoice states for one rate."""

    percent: Decimal
    taxable: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Invoice:
    currency: str
    lines: tuple[InvoiceLine, ...]
    total: Decimal
    charges: tuple[Charge, ...] = ()
    taxes: tuple[Tax, ...] = ()


@dataclass(frozen=True, slots=True)
class InvoiceMatch:
    """*lines* by their number; *reasons* are about the invoice itself, not its lines."""

    outcome: Outcome
    worst: Verdict
    lines: Mapping[int, LineMatch]
    reasons: tuple[Reason, ...]
    money_difference: Decimal


def match_invoice(
    invoice: Invoice, known: Mapping[int, tuple[Ordered, Received]], tolerance: Tolerance
) -> InvoiceMatch:
    """*known* is what we know of each order line; earlier invoices are in each line's ``billed.already``."""
    lines = dict(_matched(invoice, known, tolerance))
    reasons = (*_charges(invoice, tolerance), *_taxes(invoice, tolerance), *_total(invoice, tolerance))
    worst = max((line.verdict for line in lines.values()), key=SEVERITY.__getitem__, default=Verdict.MATCHED)
    return InvoiceMatch(
        outcome=Outcome.VARIANCE if reasons else _outcome(worst),
        worst=worst,
        lines=lines,
        reasons=reasons,
        money_difference=sum((line.money_difference for line in lines.values()), NONE),
    )


def _outcome(worst: Verdict) -> Outcome:
    if worst in (Verdict.MATCHED, Verdict.WAITING_RECEIPT, Verdict.BLOCKED_BY_CASE):
        return Outcome(worst)
    return Outcome.VARIANCE


def _matched(
    invoice: Invoice, known: Mapping[int, tuple[Ordered, Received]], tolerance: Tolerance
) -> Iterator[tuple[int, LineMatch]]:
    earlier: dict[int, Decimal] = defaultdict(Decimal)
    for line in invoice.lines:
        if line.order_line is None or line.order_line not in known:
            yield line.number, match_line(None, Received(), line.billed, tolerance)
            continue
        ordered, received = known[line.order_line]
        billed = line.billed
        if before := earlier[line.order_line]:
            billed = replace(billed, already=billed.already + before)
        earlier[line.order_line] += line.billed.quantity
        yield line.number, match_line(ordered, received, billed, tolerance)


def _charges(invoice: Invoice, tolerance: Tolerance) -> Iterator[Reason]:
    for charge in invoice.charges:
        if charge.amount - (charge.agreed or NONE) <= tolerance.amount_absolute:
            continue
        if charge.agreed is None:
            yield because(
                "charge_not_agreed", "{name} {amount} was not agreed.", name=charge.name, amount=charge.amount
            )
        else:
            facts = {"name": charge.name, "amount": charge.amount, "agreed": charge.agreed}
            yield because("charge_over_agreed", "{name} {amount} is more than the agreed {agreed}.", **facts)


def _taxes(invoice: Invoice, tolerance: Tolerance) -> Iterator[Reason]:
    """Recompute each rate from the lines and charges it applies to."""
    bases: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in invoice.lines:
        bases[line.tax_percent] += line.billed.amount
    for charge in invoice.charges:
        bases[charge.tax_percent] += charge.amount
    stated = {tax.percent: tax for tax in invoice.taxes}
    allowed = _cent(invoice, tolerance)
    for percent in sorted(bases.keys() | stated.keys()):
        base, tax = bases[percent], stated.get(percent, Tax(percent, NONE, NONE))
        computed = half_up(percent_of(base, percent), minor_unit(invoice.currency))
        if percent in stated and abs(tax.taxable - base) > allowed:
            facts = {"percent": percent, "base": base, "taxable": tax.taxable}
            yield because("taxable_differs", "{percent} % applies to {base}, not to {taxable}.", **facts)
        if abs(tax.amount - computed) > allowed:
            facts = {"percent": percent, "base": base, "computed": computed, "stated": tax.amount}
            yield because("tax_differs", "{percent} % of {base} is {computed}, not {stated}.", **facts)


def _total(invoice: Invoice, tolerance: Tolerance) -> Iterator[Reason]:
    lines = sum((line.billed.amount for line in invoice.lines), NONE)
    charges = sum((charge.amount for charge in invoice.charges), NONE)
    taxes = sum((tax.amount for tax in invoice.taxes), NONE)
    if abs(lines + charges + taxes - invoice.total) > tolerance.amount_absolute:
        facts = {"lines": lines, "charges": charges, "taxes": taxes, "total": invoice.total}
        yield because(
            "total_differs", "Lines {lines}, charges {charges} and tax {taxes} do not add up to {total}.", **facts
        )


def _cent(invoice: Invoice, tolerance: Tolerance) -> Decimal:
    """One minor unit is left for rounding tax line by line instead of once."""
    return max(tolerance.amount_absolute, Decimal(1).scaleb(-minor_unit(invoice.currency)))
