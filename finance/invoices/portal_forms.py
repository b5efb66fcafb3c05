"""An invoice made from what was ordered and what arrived: quantities and prices as typed, amounts computed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.commitments.models import Commitment
from foundation.values.exact import half_up, percent_of
from foundation.values.money import line_amount, minor_unit
from foundation.values.quantity import Factor, Unit, parse_decimal
from foundation.values.reason import Reasoned

PLACES = 6
OLDEST = timedelta(days=366)


@dataclass(frozen=True)
class OrderLine:
    """What finance does not know of an order line: how the supplier reads it."""

    number: int
    description: str
    part: str
    unit: str
    is_whole: bool
    factor: Factor


@dataclass(frozen=True)
class Words:
    """What a header calls the document that it is of."""

    number: Promise
    number_missing: Promise
    date: Promise
    ahead: Promise
    long_ago: Promise


class Header(forms.Form):
    words = Words(
        number=gettext_lazy("Your invoice number"),
        number_missing=gettext_lazy("Give the number of your invoice."),
        date=gettext_lazy("Invoice date"),
        ahead=gettext_lazy("An invoice is not dated ahead."),
        long_ago=gettext_lazy("This is more than a year ago. Give the date on the invoice."),
    )
    number = forms.CharField(max_length=40)
    date = forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    tax_percent = forms.DecimalField(
        label=gettext_lazy("VAT in percent"),
        min_value=0,
        max_value=50,
        max_digits=5,
        decimal_places=3,
        help_text=gettext_lazy("0 if the buyer accounts for it (reverse charge)."),
        widget=forms.TextInput({"inputmode": "decimal", "size": 5}),
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        number, date = self.fields["number"], self.fields["date"]
        number.label, date.label = self.words.number, self.words.date
        number.error_messages["required"] = self.words.number_missing

    def clean_date(self) -> date:
        on: date = self.cleaned_data["date"]
        if on > self.today + timedelta(days=1):
            raise forms.ValidationError(self.words.ahead)
        if on < self.today - OLDEST:
            raise forms.ValidationError(self.words.long_ago)
        return on


@dataclass
class Row:
    """One line of the invoice as typed, in the order's unit, and what finance makes of it."""

    line: OrderLine
    commitment: Commitment
    quantity: str
    price: str
    offered: tuple[str, str]
    """Quantity and price as they were filled in."""
    place: str
    """What its fields are called by: the line's number, after the order's place where there are several."""
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_left_out(self) -> bool:
        return self.quantity in ("", "0")

    @property
    def is_charged(self) -> bool:
        return not self.errors and not self.is_left_out

    @property
    def base_quantity(self) -> Decimal:
        return self.line.factor.to_base(Decimal(self.quantity), rounding=True)

    @property
    def base_price(self) -> Decimal:
        """A price that was left alone is the ordered one, to the last digit."""
        if self.price == self.offered[1]:
            return self.commitment.price
        factor = self.line.factor
        return half_up(Fraction(Decimal(self.price)) * factor.denominator / factor.numerator, PLACES)

    @property
    def amount(self) -> Decimal:
        if not self.is_charged:
            return Decimal(0)
        return line_amount(self.base_quantity, self.base_price, self.commitment.currency).amount

    @property
    def received(self) -> Decimal:
        return self.line.factor.from_base(self.commitment.received, rounding=True)

    @property
    def billed(self) -> Decimal:
        return self.line.factor.from_base(self.commitment.billed, rounding=True)

    def body(self, percent: Decimal) -> dict[str, str]:
        return {
            "order": self.commitment.order_number,
            "line": str(self.line.number),
            "description": self.line.description,
            "quantity": typed(self.base_quantity),
            "price": typed(self.base_price),
            "amount": typed(self.amount),
            "tax": typed(percent),
        }


@dataclass(frozen=True)
class Sums:
    net: Decimal
    tax: Decimal

    @property
    def total(self) -> Decimal:
        return self.net + self.tax


def fresh(lines: Iterable[OrderLine], commitments: dict[int, Commitment], *, before: str = "") -> list[Row]:
    """What arrived and is not billed yet; if nothing arrived so far, what is ordered and not billed.

    ``before`` tells the fields of one order from those of another on the same page.
    """
    known = [(line, commitments[line.number]) for line in lines if line.number in commitments]
    has_arrived = any(bound.received > bound.billed for _line, bound in known)
    return [_row(line, bound, bound.received if has_arrived else bound.quantity, before) for line, bound in known]


def _row(line: OrderLine, bound: Commitment, ceiling: Decimal, before: str) -> Row:
    left = line.factor.from_base(max(ceiling - bound.billed, Decimal(0)), rounding=True)
    per_unit = half_up(Fraction(bound.price) * line.factor.numerator / line.factor.denominator, PLACES)
    offered = (typed(left) if left else "", typed(per_unit))
    return Row(line, bound, *offered, offered, f"{before}{line.number}")


def read(rows: list[Row], data: QueryDict) -> list[Row]:
    """What was typed over what was filled in."""
    for row in rows:
        n = row.place
        row.quantity = data.get(f"quantity-{n}", row.quantity).strip()
        row.price = data.get(f"price-{n}", row.price).strip()
        if not row.is_left_out:
            unit = Unit(row.line.unit, 0 if row.line.is_whole else PLACES)
            row.quantity = _number(row, f"quantity-{n}", row.quantity, unit)
            row.price = _number(row, f"price-{n}", row.price, None)
    return rows


def _number(row: Row, place: str, text: str, unit: Unit | None) -> str:
    try:
        value = parse_decimal(text, unit)
        row.line.factor.to_base(value, rounding=True)
    except Reasoned as problem:
        row.errors.append((place, problem.reason.sentence))
        return text
    if value < 0:
        row.errors.append((place, _("This cannot be less than nothing.")))
    return typed(value)


def objections(rows: list[Row]) -> list[tuple[str, str]]:
    wrong = [(place, f"{row.line.number}: {said}") for row in rows for place, said in row.errors]
    if not wrong and all(row.is_left_out for row in rows):
        wrong.append(("lines", _("An invoice needs at least one line with a quantity.")))
    return wrong


def sums(amounts: Iterable[Decimal], percent: Decimal, currency: str) -> Sums:
    net = sum(amounts, Decimal(0))
    return Sums(net, half_up(percent_of(net, percent), minor_unit(currency)))


def body(said: dict[str, Any], sums: Sums, *, order: str, currency: str, lines: list[dict[str, str]]) -> dict[str, Any]:
    """What is submitted of an invoice or a credit note (finance.submissions reads it)."""
    return {
        "number": said["number"],
        "date": said["date"].isoformat(),
        "order": order,
        "currency": currency,
        "tax": typed(sums.tax),
        "total": typed(sums.total),
        "lines": lines,
    }


def typed(value: Decimal) -> str:
    """A figure as it is typed: no thousands, no zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
