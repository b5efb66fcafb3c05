"""A ship notice as it is typed: which lines, how much of each, in which lots, on which pallets, and when it arrives."""

from collections.abc import Container, Iterable
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
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from receiving.notices import portal_packing, rules, ssccs

PLACES = 6
MOST_LOTS = 20
LONGEST_LOT = 40
MADE, OWN, NO_LABELS = "made", "own", "none"


class Truck(forms.Form):
    """Everything about a delivery but its lines."""

    reference = forms.CharField(
        label=gettext_lazy("Your delivery note number"),
        max_length=40,
        error_messages={"required": gettext_lazy("Give the number of your delivery note.")},
    )
    ships_on = forms.DateField(label=gettext_lazy("Leaves on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    arrives_on = forms.DateField(label=gettext_lazy("Arrives on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    carrier = forms.CharField(label=gettext_lazy("Carrier"), max_length=80, required=False)
    tracking = forms.CharField(label=gettext_lazy("Tracking number"), max_length=80, required=False)
    packages = forms.IntegerField(
        label=gettext_lazy("How many pallets or packages"),
        min_value=1,
        max_value=100_000,
        initial=1,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    package = forms.ChoiceField(
        label=gettext_lazy("Packed as"),
        choices=[
            (rules.PALLET, gettext_lazy("Pallets")),
            (rules.CARTON, gettext_lazy("Cartons")),
            (rules.PACKAGE, gettext_lazy("Other packages")),
        ],
        required=False,
    )
    labels = forms.ChoiceField(
        label=gettext_lazy("Labels"),
        choices=[
            (MADE, gettext_lazy("Number them for us, we print your labels")),
            (OWN, gettext_lazy("We have labels with SSCCs of our own")),
            (NO_LABELS, gettext_lazy("No labels, we do not say what stands on which")),
        ],
        required=False,
    )
    sscc_prefix = forms.RegexField(
        rf"^{ssccs.PREFIX}$",
        label=gettext_lazy("Your GS1 company prefix, if you have one"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("A GS1 company prefix has 6 to 12 digits, such as 8712345.")},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        ships_on, arrives_on = said.get("ships_on"), said.get("arrives_on")
        if ships_on and arrives_on and arrives_on < ships_on:
            self.add_error("arrives_on", _("It cannot arrive before it leaves."))
        if arrives_on and ships_on and arrives_on > ships_on + timedelta(days=366):
            self.add_error("arrives_on", _("This is more than a year after it leaves."))
        if said.get("labels") in (MADE, OWN) and (said.get("packages") or 0) > portal_packing.MOST:
            sentence = _("At most %(most)s can be packed here: announce more without labels, or by EDI.")
            self.add_error("packages", sentence % {"most": portal_packing.MOST})
        return said


@dataclass
class Lot:
    """Some of one line: how much, of which lot and on which pallets, as typed."""

    quantity: str = ""
    lot: str = ""
    expires_on: str = ""
    on: str = ""
    certificate: str = ""
    serials: str = ""

    @property
    def is_left_out(self) -> bool:
        return self.quantity in ("", "0")

    @property
    def serial_numbers(self) -> list[str]:
        return self.serials.replace(",", " ").replace(";", " ").split()


FIELDS = {"quantity": "quantity", "lot": "lot", "expires": "expires_on", "on": "on"}
"""Name of the field -> what of a lot it says; every row has these."""
ASKED = {"certificate": "certificate", "serials": "serials"}
"""Those that only some items ask for."""
LONGEST = {"lot": LONGEST_LOT, "on": 200, "certificate": 40, "serials": 40_000}


@dataclass
class Load:
    """One line of an order and what of it is on the truck."""

    line: PurchaseOrderLine
    open: Decimal
    """Still to be announced, in order units."""
    key: str
    """The line's number; of a further order with that order's number before it."""
    lots: list[Lot] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    """(id of the field, what to put right)."""

    @property
    def is_left_out(self) -> bool:
        return all(lot.is_left_out for lot in self.lots)

    @property
    def is_over(self) -> bool:
        return not self.errors and sum((Decimal(lot.quantity or 0) for lot in self.lots), Decimal(0)) > self.open

    @property
    def factor(self) -> Factor:
        return Factor(self.line.numerator, self.line.denominator)

    heads: bool = False
    """Whether the page names the order above it."""


def fresh(
    lines: Iterable[PurchaseOrderLine],
    announced: dict[int, Decimal],
    order: PurchaseOrder,
    typed_over: Container[str] = (),
) -> list[Load]:
    """Everything still open and not on a truck yet, filled in; also what was typed about (``typed_over``, names of
    fields): a notice that is sent a second time is read as it was the first time.
    """
    loads: list[Load] = []
    for line in lines:
        left = max(line.open - announced.get(line.pk, Decimal(0)), Decimal(0))
        key = str(line.number) if line.order_id == order.pk else f"{line.order.number}/{line.number}"
        if left or f"quantity-{key}" in typed_over:
            units = Factor(line.numerator, line.denominator).from_base(left, rounding=True)
            load = Load(line, units, key, [Lot(typed(units) if units else "")])
            load.heads = not loads or loads[-1].line.order_id != line.order_id
            loads.append(load)
    return loads


def read(loads: list[Load], data: QueryDict) -> list[Load]:
    """What was typed over what was filled in."""
    for load in loads:
        columns = {name: data.getlist(f"{name}-{load.key}") for name in (*FIELDS, *ASKED)}
        if count := len(columns["quantity"]):
            rows = [_lot(columns, place) for place in range(min(count, MOST_LOTS))]
            load.lots = rows[:1] + [row for row in rows[1:] if row.quantity]
        for index, lot in enumerate(load.lots):
            _check(load, lot, index)
    return loads


def _lot(columns: dict[str, list[str]], place: int) -> Lot:
    said = {
        field: columns[name][place].strip()[: LONGEST.get(field)] if place < len(columns[name]) else ""
        for name, field in (FIELDS | ASKED).items()
    }
    return Lot(**said)


def another(loads: list[Load], key: str) -> None:
    """One more lot of a line; left empty it counts for nothing."""
    for load in loads:
        if load.key == key and len(load.lots) < MOST_LOTS:
            load.lots.append(Lot())


def objections(loads: list[Load]) -> list[tuple[str, str]]:
    wrong = [(place, f"{load.key}: {said}") for load in loads for place, said in load.errors]
    if not wrong and all(load.is_left_out for load in loads):
        wrong.append(("lines", _("Say what is on the truck: give the quantity of at least one line.")))
    return wrong


def _check(load: Load, lot: Lot, index: int) -> None:
    unit = Unit(load.line.unit.code, 0 if load.line.unit.is_whole else PLACES)
    if lot.quantity:
        try:
            value = parse_decimal(lot.quantity, unit)
            load.factor.to_base(value)
            if value < 0:
                load.errors.append((f"quantity-{load.key}-{index}", _("A quantity is not negative.")))
            lot.quantity = typed(value)
        except Reasoned as problem:
            load.errors.append((f"quantity-{load.key}-{index}", problem.reason.sentence))
    if lot.expires_on:
        try:
            lot.expires_on = date.fromisoformat(lot.expires_on).isoformat()
        except ValueError:
            load.errors.append((f"expires-{load.key}-{index}", _("Give a day such as 2027-12-04.")))


def typed(value: Decimal) -> str:
    return written(value).replace(",", "")
