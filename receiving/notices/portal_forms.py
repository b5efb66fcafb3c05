"""A ship notice as it is typed: which lines, how much of each, in which lots, and when it arrives."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.values.exact import plain as written
from foundation.values.quantity import Factor, Unit, parse_decimal
from foundation.values.reason import Reasoned
from procurement.orders.models import PurchaseOrderLine

PLACES = 6
MOST_LOTS = 20
LONGEST_LOT = 40


class Truck(forms.Form):
    """Everything about a delivery but its lines."""

    reference = forms.CharField(
        label=gettext_lazy("Your delivery note number"),
        max_length=40,
        error_messages={"required": gettext_lazy("Give the number of your delivery note.")},
    )
    ships_on = forms.DateField(label=gettext_lazy("Leaves on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    arrives_on = forms.DateField(label=gettext_lazy("Arrives on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    packages = forms.IntegerField(label=gettext_lazy("Packages or pallets"), min_value=1, max_value=100_000, initial=1)
    carrier = forms.CharField(label=gettext_lazy("Carrier"), max_length=80, required=False)
    tracking = forms.CharField(label=gettext_lazy("Tracking number"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        ships_on, arrives_on = said.get("ships_on"), said.get("arrives_on")
        if ships_on and arrives_on and arrives_on < ships_on:
            self.add_error("arrives_on", _("It cannot arrive before it leaves."))
        if arrives_on and ships_on and arrives_on > ships_on + timedelta(days=366):
            self.add_error("arrives_on", _("This is more than a year after it leaves."))
        return said


@dataclass
class Lot:
    """Some of one line: how much, and of which lot, as typed."""

    quantity: str = ""
    lot: str = ""
    expires_on: str = ""


@dataclass
class Load:
    """One line of the order and what of it is on the truck."""

    line: PurchaseOrderLine
    open: Decimal
    """Still to be announced, in order units."""
    lots: list[Lot] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    """(id of the field, what to put right)."""

    @property
    def is_left_out(self) -> bool:
        return all(lot.quantity in ("", "0") for lot in self.lots)

    @property
    def is_over(self) -> bool:
        return not self.errors and sum((Decimal(lot.quantity or 0) for lot in self.lots), Decimal(0)) > self.open

    def body(self) -> list[dict[str, str]]:
        return [
            {
                "line": str(self.line.number),
                "quantity": lot.quantity,
                **({"lot": lot.lot} if lot.lot else {}),
                **({"expires_on": lot.expires_on} if lot.expires_on else {}),
            }
            for lot in self.lots
            if lot.quantity not in ("", "0")
        ]


def fresh(lines: list[PurchaseOrderLine], announced: dict[int, Decimal]) -> list[Load]:
    """Everything still open and not yet announced, filled in."""
    loads = []
    for line in lines:
        left = max(line.open - announced.get(line.pk, Decimal(0)), Decimal(0))
        units = Factor(line.numerator, line.denominator).from_base(left, rounding=True)
        if line.open:
            loads.append(Load(line, units, [Lot(typed(units) if units else "")]))
    return loads


def read(loads: list[Load], data: QueryDict) -> list[Load]:
    """What was typed over what was filled in."""
    for load in loads:
        n = load.line.number
        columns = (data.getlist(f"{name}-{n}") for name in ("quantity", "lot", "expires"))
        rows = [Lot(q.strip(), lot.strip()[:LONGEST_LOT], on.strip()) for q, lot, on in zip(*columns, strict=False)]
        load.lots = rows[:1] + [row for row in rows[1:MOST_LOTS] if row.quantity] if rows else load.lots
        for index, lot in enumerate(load.lots):
            _check(load, lot, index)
    return loads


def another(loads: list[Load], text: str) -> None:
    """One more lot of a line; left empty it counts for nothing."""
    for load in loads:
        if str(load.line.number) == text and len(load.lots) < MOST_LOTS:
            load.lots.append(Lot())


def objections(loads: list[Load]) -> list[tuple[str, str]]:
    wrong = [(place, f"{load.line.number}: {said}") for load in loads for place, said in load.errors]
    if not wrong and all(load.is_left_out for load in loads):
        wrong.append(("lines", _("Say what is on the truck: give the quantity of at least one line.")))
    return wrong


def _check(load: Load, lot: Lot, index: int) -> None:
    unit = Unit(load.line.unit.code, 0 if load.line.unit.is_whole else PLACES)
    if lot.quantity:
        try:
            value = parse_decimal(lot.quantity, unit)
            Factor(load.line.numerator, load.line.denominator).to_base(value)
            if value < 0:
                load.errors.append((f"quantity-{load.line.number}-{index}", _("A quantity is not negative.")))
            lot.quantity = typed(value)
        except Reasoned as problem:
            load.errors.append((f"quantity-{load.line.number}-{index}", problem.reason.sentence))
    if lot.expires_on:
        try:
            lot.expires_on = date.fromisoformat(lot.expires_on).isoformat()
        except ValueError:
            load.errors.append((f"expires-{load.line.number}-{index}", _("Give a day such as 2027-12-04.")))


def typed(value: Decimal) -> str:
    return written(value).replace(",", "")
