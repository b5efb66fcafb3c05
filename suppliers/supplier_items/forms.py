"""How an offer and its prices are typed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from organization.items.models import Item, Unit
from suppliers.suppliers.models import Supplier

FIGURE = {"min_value": 0, "max_digits": 20, "decimal_places": 6}


class ChangeOffer(forms.Form):
    supplier_sku = forms.CharField(label=_("Supplier's number"), max_length=60, required=False)
    minimum = forms.DecimalField(label=_("Smallest order"), **FIGURE)
    multiple = forms.DecimalField(label=_("In steps of"), **FIGURE)
    lead_time_days = forms.IntegerField(label=_("Lead time, days"), min_value=0, max_value=999)
    is_preferred = forms.BooleanField(label=_("We buy it here first"), required=False)
    is_active = forms.BooleanField(label=_("It is sold"), required=False)


class SetPrices(forms.Form):
    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}))


class Break(forms.Form):
    quantity_from = forms.DecimalField(label=_("From quantity"), required=False, **FIGURE)
    price = forms.DecimalField(label=_("Price"), required=False, **FIGURE)


Breaks = formset_factory(Break, extra=2, max_num=50, absolute_max=200)


class NewOffer(forms.Form):
    """How a supplier sells an item that it did not sell us before."""

    supplier = forms.CharField(label=_("Supplier's number with us"), max_length=20)
    sku = forms.CharField(label=_("Item"), max_length=40, help_text=_("Our number of it."))
    supplier_sku = forms.CharField(label=_("Supplier's number of it"), max_length=60, required=False)
    is_preferred = forms.BooleanField(label=_("We buy it here first"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("code"), label=_("Ordered in"), help_text=_("The supplier's pack.")
    )
    numerator = forms.IntegerField(label=_("One of it is so many base units"), min_value=1, max_value=10**9, initial=1)
    denominator = forms.IntegerField(
        label=_("divided by"), min_value=1, max_value=10**9, initial=1, help_text=_("1, unless a base unit is several.")
    )
    minimum = forms.DecimalField(label=_("Smallest order"), initial=0, help_text=_("In that unit."), **FIGURE)
    multiple = forms.DecimalField(
        label=_("In steps of"),
        initial=1,
        help_text=_("In that unit."),
        min_value=Decimal("0.000001"),
        max_digits=20,
        decimal_places=6,
        error_messages={"min_value": _("A step is more than nothing: write 1 where every quantity can be ordered.")},
    )
    lead_time_days = forms.IntegerField(label=_("Lead time, days"), min_value=0, max_value=999, initial=14)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        max_length=3,
        required=False,
        help_text=_("Empty: the supplier's."),
        error_messages={"invalid": _("Write the three letters of the currency, such as EUR.")},
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, suppliers: QuerySet[Supplier], **more: Any) -> None:
        super().__init__(*args, **more)
        self.suppliers = suppliers

    def clean_supplier(self) -> Supplier:
        found = self.suppliers.filter(number__iexact=self.cleaned_data["supplier"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No supplier has this number. Enter the supplier first."))
        return found

    def clean_sku(self) -> Item:
        found = Item.objects.select_related("base_unit").filter(sku__iexact=self.cleaned_data["sku"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No item has this number. Items come with an import."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit, item = data.get("unit"), data.get("sku")
        if unit and item and unit == item.base_unit and data.get("numerator") != data.get("denominator"):
            self.add_error("numerator", _("This is the base unit itself: one of it is one."))
        if unit and unit.is_whole:
            for name in ("minimum", "multiple"):
                if data.get(name) and data[name] % 1:
                    self.add_error(name, _("%(unit)s is counted in whole numbers.") % {"unit": unit.name})
        return data

    def offer(self) -> dict[str, Any]:
        """The columns of a supplier item."""
        data = dict(self.cleaned_data)
        supplier = data.pop("supplier")
        del data["valid_from"]
        currency = (data["currency"] or supplier.currency).upper()
        item = data.pop("sku")
        return {**data, "supplier": supplier, "item": item, "currency": currency}


class NewBreak(Break):
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("quantity_from") and data.get("price") is None and "price" not in self.errors:
            self.add_error("price", _("Say what it costs from this quantity on."))
        return data


class BaseBreaks(forms.BaseFormSet):
    def prices(self) -> list[tuple[Decimal, Decimal]]:
        rows = (row for row in self.cleaned_data if row.get("price") is not None)
        return [(row.get("quantity_from") or Decimal(0), row["price"]) for row in rows]


NewBreaks = formset_factory(NewBreak, formset=BaseBreaks, extra=3, max_num=50, absolute_max=200)


def begin_with(number: str, suppliers: QuerySet[Supplier]) -> dict[str, Any]:
    """What a form begins with when somebody comes from a supplier's page."""
    found = suppliers.filter(number=number).first() if number else None
    if found is None:
        return {}
    return {"supplier": found.number, "currency": found.currency, "lead_time_days": found.lead_time_days}
