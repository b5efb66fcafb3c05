"""What an order's pages read: shape, not policy."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.values.quantity import Factor
from procurement.orders.models import PurchaseOrderLine

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "min_value": 0}


class Why(forms.Form):
    reason = forms.CharField(max_length=200, label=_("Reason"))


class WhyLine(Why):
    line = forms.IntegerField(min_value=1, max_value=20_000, widget=forms.HiddenInput)


class ChangeOrder(Why):
    """Quantity, price and date of each line as they shall be, in the unit it was ordered in."""

    reason = forms.CharField(max_length=200, label=_("Why does it change?"), help_text=_("The supplier reads it."))

    def __init__(self, *args: Any, lines: list[PurchaseOrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [ChangedLine(line) for line in lines]
        for line in self.lines:
            for name, field in line.fields().items():
                self.fields[name] = field

    def rows(self) -> list[dict[str, Any]]:
        """Each line with its three inputs, for the table."""
        names = ("quantity", "price", "need_by")
        return [{"line": one.line, **{name: self[f"{name}_{one.line.number}"] for name in names}} for one in self.lines]


@dataclass
class ChangedLine:
    """A line as its form shows it: quantity and price for one unit as ordered."""

    line: PurchaseOrderLine

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
        initial = (f"{self.quantity:f}", f"{self.price:f}", self.line.need_by)
        for field, value in zip(fields.values(), initial, strict=True):
            field.initial = value
            field.widget.attrs["aria-label"] = str(field.label)
            if not isinstance(field, forms.DateField):
                field.widget = forms.TextInput(attrs={"inputmode": "decimal", "aria-label": str(field.label)})
        return fields

    def asked(self, said: dict[str, Any]) -> tuple[Decimal, Decimal, date]:
        """(quantity in base units with what was cancelled, price of one base unit, date); untouched values exactly."""
        number = self.line.number
        quantity, price = said[f"quantity_{number}"], said[f"price_{number}"]
        ordered = self.line.ordered
        if quantity != self.quantity:
            ordered = self.factor.to_base(quantity) + self.line.cancelled
        base = self.line.price if price == self.price else self.factor.inverse().to_base(price, rounding=True)
        return ordered, base, said[f"need_by_{number}"]
