"""How a customer is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fulfillment.customers.actions import PARTY, SERVICE
from fulfillment.customers.models import Customer


class ChangeCustomer(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        max_length=2,
        help_text=_("Two letters, such as NL."),
        error_messages={"invalid": _("Write the two letters of the country, such as NL.")},
    )
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    vat_number = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    gln = forms.RegexField(
        r"^[0-9]{13}$",
        label=_("GLN"),
        required=False,
        help_text=_("13 digits."),
        error_messages={"invalid": _("A GLN has 13 digits.")},
    )
    priority = forms.IntegerField(
        label=_("Priority"), min_value=1, max_value=9, initial=5, help_text=_("1 is served first, 9 last.")
    )
    takes_partial = forms.BooleanField(label=_("Takes deliveries in parts"), required=False, initial=True)
    is_active = forms.BooleanField(label=_("Is served: new orders are taken"), required=False, initial=True)

    def clean_country(self) -> str:
        return self.cleaned_data["country"].upper()

    def part(self, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in names}


class NewCustomer(ChangeCustomer):
    number = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9.-]*$",
        label=_("Number with us"),
        max_length=20,
        help_text=_("Such as C-1042. It cannot be changed."),
        error_messages={"invalid": _("Write letters, digits, dots and dashes only, such as C-1042.")},
    )
    field_order = ("number",)

    def clean_number(self) -> str:
        return self.cleaned_data["number"].upper()


def typed(customer: Customer) -> dict[str, Any]:
    """What the form begins with."""
    service = {name: getattr(customer, name) for name in SERVICE}
    return {name: getattr(customer.party, name) for name in PARTY} | service
