"""How a customer is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fulfillment.customers.actions import SERVICE
from fulfillment.customers.models import Customer
from organization.parties.forms import PartyFields
from organization.parties.models import KNOWN_BY


class ChangeCustomer(PartyFields):
    priority = forms.IntegerField(
        label=_("Priority"), min_value=1, max_value=9, initial=5, help_text=_("1 is served first, 9 last.")
    )
    takes_partial = forms.BooleanField(label=_("Takes deliveries in parts"), required=False, initial=True)
    is_active = forms.BooleanField(label=_("Is served: new orders are taken"), required=False, initial=True)

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
    return {name: getattr(customer.party, name) for name in KNOWN_BY} | service
