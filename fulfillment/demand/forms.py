"""A customer order as somebody types it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fulfillment.customers.models import Customer
from fulfillment.demand.actions import Ordered
from organization.items.models import Item
from organization.sites.models import Site

ROWS = 8


class TakeOrder(forms.Form):
    customer = forms.ModelChoiceField(label=_("Customer"), queryset=Customer.objects.none())
    site = forms.ModelChoiceField(label=_("From site"), queryset=Site.objects.none(), empty_label=None)
    reference = forms.CharField(label=_("The customer's number"), max_length=40, required=False)
    promised_on = forms.DateField(label=_("Promised for"), widget=forms.DateInput(attrs={"type": "date"}))
    ships_complete = forms.BooleanField(label=_("Only in one delivery"), required=False)

    def __init__(self, *args: Any, sites: list[Site], **more: Any) -> None:
        super().__init__(*args, **more)
        customers = Customer.objects.filter(is_active=True).select_related("party").order_by("party__name")
        self.fields["customer"].queryset = customers  # type: ignore[attr-defined]
        self.fields["site"].queryset = Site.objects.filter(pk__in=[site.pk for site in sites])  # type: ignore[attr-defined]


class OrderLine(forms.Form):
    sku = forms.CharField(label=_("Item"), max_length=40, required=False)
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=20, decimal_places=6, min_value=Decimal("0.000001"), required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("sku") and not data.get("quantity") and "quantity" not in self.errors:
            self.add_error("quantity", _("Say how many."))
        if data.get("quantity") and not data.get("sku"):
            self.add_error("sku", _("Say which item."))
        return data


class BaseOrderLines(forms.BaseFormSet):
    def clean(self) -> None:
        """Look all items up in one query."""
        wanted = [form.cleaned_data.get("sku", "").strip() for form in self.forms if hasattr(form, "cleaned_data")]
        known = Item.objects.select_related("base_unit").filter(sku__in=[sku.upper() for sku in wanted] + wanted)
        self.items = {item.sku.upper(): item for item in known}
        for form in self.forms:
            sku = getattr(form, "cleaned_data", {}).get("sku", "").strip()
            if sku and sku.upper() not in self.items:
                form.add_error("sku", _("No item has this number."))

    def ordered(self) -> list[Ordered]:
        found = [form.cleaned_data for form in self.forms if form.cleaned_data.get("sku")]
        return [Ordered(self.items[data["sku"].strip().upper()], data["quantity"]) for data in found]


OrderLines = forms.formset_factory(OrderLine, formset=BaseOrderLines, extra=ROWS, max_num=200, absolute_max=200)


class Cancel(forms.Form):
    reason = forms.CharField(label=_("Why is it cancelled?"), max_length=200)
