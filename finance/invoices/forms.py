"""What is typed from a supplier's invoice. Shape only: whether it may be, the actions say."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from organization.entities.models import LegalEntity

FIGURE = {"max_digits": 20, "decimal_places": 6}


class WhichOrders(forms.Form):
    """The first step: what the invoice bills."""

    orders = forms.CharField(
        label=_("Order numbers"),
        max_length=600,
        required=False,
        help_text=_("As they stand on the invoice, with commas."),
    )
    supplier = forms.CharField(
        label=_("Supplier's number with us"), max_length=20, required=False, help_text=_("If no order is named.")
    )

    def clean_orders(self) -> list[str]:
        return [number.strip() for number in self.cleaned_data["orders"].split(",") if number.strip()][:50]


class CaptureInvoice(forms.Form):
    entity = forms.ModelChoiceField(LegalEntity.objects.order_by("code"), label=_("Billed to"))
    supplier_number = forms.CharField(label=_("Invoice number"), max_length=40)
    invoiced_on = forms.DateField(label=_("Invoice date"), widget=forms.DateInput(attrs={"type": "date"}))
    due_on = forms.DateField(
        label=_("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: by the supplier's terms."),
    )
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)
    tax_amount = forms.DecimalField(label=_("Tax"), required=False, help_text=_("Empty: computed."), **FIGURE)
    total_amount = forms.DecimalField(
        label=_("Total to pay"), required=False, help_text=_("Empty: computed."), **FIGURE
    )
    file = forms.FileField(label=_("The invoice as a file"), required=False, help_text=_("PDF or picture."))

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()


class InvoiceLineForm(forms.Form):
    order_number = forms.CharField(label=_("Order"), max_length=30, required=False)
    line_number = forms.IntegerField(label=_("Line"), min_value=1, max_value=100_000, required=False)
    description = forms.CharField(label=_("What"), max_length=200, required=False)
    quantity = forms.DecimalField(label=_("Quantity"), required=False, **FIGURE)
    price = forms.DecimalField(label=_("Price"), required=False, min_value=0, **FIGURE)
    amount = forms.DecimalField(label=_("Amount"), required=False, **FIGURE)
    tax_percent = forms.DecimalField(label=_("Tax %"), required=False, min_value=0, max_value=100, decimal_places=3)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("quantity") is not None and given.get("price") is None:
            self.add_error("price", _("Give the price, or take the quantity out."))
        return given


InvoiceLines = formset_factory(InvoiceLineForm, extra=0, max_num=2000, absolute_max=20_000)


class Because(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)
