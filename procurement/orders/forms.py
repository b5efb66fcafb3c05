"""What an order's pages read: shape, not policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.values.quantity import Factor
from organization.people.models import Person
from organization.scopes.queries import people_with
from procurement.orders.models import PurchaseOrderLine

Offered = Mapping[int, Mapping[str, str]]
NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "min_value": 0}


class Why(forms.Form):
    reason = forms.CharField(max_length=200, label=_("Reason"))


class WhyLine(Why):
    line = forms.IntegerField(min_value=1, max_value=20_000, widget=forms.HiddenInput)


class HandOver(forms.Form):
    """Who is asked about the orders from now on. Offered are all who change orders; where, each order's door says."""

    to = forms.ModelChoiceField(
        Person.objects.none(), label=_("New buyer"), error_messages={"required": _("Choose who takes them on.")}
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = people_with("change_order")  # type: ignore[attr-defined]


class Some(forms.Form):
    """Which lines of a proposal are accepted; none named: all of it."""

    lines = forms.TypedMultipleChoiceField(required=False, coerce=int)
    reason = forms.CharField(max_length=200, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        said = [text for text in data.getlist("lines") if text.isascii() and text.isdigit() and len(text) < 6]
        self.fields["lines"].choices = [(text, text) for text in said]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """``lines`` and ``reason`` of the action. A form with boxes, none of them ticked, accepts none."""
        lines = self.cleaned_data["lines"] if "some" in self.data or self.cleaned_data["lines"] else None
        return {"lines": lines, "reason": self.cleaned_data["reason"]}


class ChangeOrder(Why):
    """Quantity, price and date of each line as they shall be, in the unit it was ordered in."""

    reason = forms.CharField(max_length=200, label=_("Why does it change?"), help_text=_("The supplier reads it."))

    def __init__(self, *args: Any, lines: list[PurchaseOrderLine], offered: Offered | None = None, **more: Any) -> None:
        """``offered``: line -> field -> what the supplier proposes, which then stands in the fields."""
        super().__init__(*args, **more)
        self.lines = [ChangedLine(line, (offered or {}).get(line.pk, {})) for line in lines]
        for line in self.lines:
            self.fields.update(line.fields())

    def rows(self) -> list[dict[str, Any]]:
        """Each line with its three inputs, for the table."""
        names = ("quantity", "price", "need_by")
        return [{"line": one.line, **{name: self[f"{name}_{one.line.number}"] for name in names}} for one in self.lines]


@dataclass
class ChangedLine:
    """A line as its form shows it: quantity and price for one unit as ordered."""

    line: PurchaseOrderLine
    offered: Mapping[str, str] = field(default_factory=dict)

    @property
    def factor(self) -> Factor:
        return Factor(self.line.numerator, self.line.denominator)

    @property
    def quantity(self) -> Decimal:
        return self.factor.from_base(self.line.ordered - self.line.cancelled, rounding=True).normalize()

    @property
    def price(self) -> Decimal:
        return self.factor.to_base(self.line.price, rounding=True).normalize()

    def fields(self) -> dict[str, forms.Field]:
        number, said = self.line.number, {"n": self.line.number}
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        fields: dict[str, forms.Field] = {
            f"quantity_{number}": forms.DecimalField(**NUMBER, label=_("Quantity of line %(n)d") % said),
            f"price_{number}": forms.DecimalField(**NUMBER, label=_("Price of line %(n)d") % said),
            f"need_by_{number}": forms.DateField(widget=day, label=_("Need-by date of line %(n)d") % said),
        }
        for one, value in zip(fields.values(), self.initial(), strict=True):
            one.initial = value
            one.widget.attrs["aria-label"] = str(one.label)
            if not isinstance(one, forms.DateField):
                one.widget = forms.TextInput(attrs={"inputmode": "decimal", "aria-label": str(one.label)})
        return fields

    def initial(self) -> tuple[str, str, date]:
        quantity, price, on = self.quantity, self.price, self.line.need_by
        if said := self.offered.get("quantity"):
            quantity = self.factor.from_base(Decimal(said) - self.line.cancelled, rounding=True).normalize()
        if said := self.offered.get("price"):
            price = self.factor.to_base(Decimal(said), rounding=True).normalize()
        if said := self.offered.get("date"):
            on = date.fromisoformat(said)
        return f"{quantity:f}", f"{price:f}", on

    def asked(self, said: dict[str, Any]) -> tuple[Decimal, Decimal, date]:
        """(quantity in base units with what was cancelled, price of one base unit, date); untouched values exactly."""
        number = self.line.number
        quantity, price = said[f"quantity_{number}"], said[f"price_{number}"]
        ordered = self.line.ordered
        if quantity != self.quantity:
            ordered = self.factor.to_base(quantity) + self.line.cancelled
        base = self.line.price if price == self.price else self.factor.inverse().to_base(price, rounding=True)
        return ordered, base, said[f"need_by_{number}"]
