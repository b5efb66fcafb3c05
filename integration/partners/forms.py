"""What is agreed with a supplier's system."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from integration.clients.forms import supplier_numbered
from integration.partners.models import Gets, Sends, Syntax, Way, Whose
from suppliers.suppliers.models import Supplier


class Terms(forms.Form):
    own_address = forms.CharField(
        label=_("Our address"),
        max_length=120,
        required=False,
        help_text=_("Under which they know us, such as 14:8719333000011. Empty: whatever they write."),
    )
    syntax = forms.ChoiceField(label=_("Syntax"), choices=Syntax.choices)
    release = forms.CharField(
        label=_("Version"), max_length=20, required=False, help_text=_("Such as 004010 or D96A. Empty: the usual one.")
    )
    is_test = forms.BooleanField(
        label=_("A test"), required=False, help_text=_("Nothing is booked of what comes, and what leaves says so.")
    )
    sends = forms.MultipleChoiceField(
        label=_("It sends"),
        choices=Sends.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: whatever it likes."),
    )
    gets = forms.MultipleChoiceField(
        label=_("It gets"), choices=Gets.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(label=_("How it gets them"), choices=Way.choices)
    target = forms.CharField(
        label=_("Where to"),
        max_length=300,
        required=False,
        help_text=_("The name of a folder, or an address that begins with https://."),
    )
    answers_within_hours = forms.IntegerField(
        label=_("It acknowledges within, hours"),
        min_value=0,
        max_value=720,
        help_text=_("By 997 or CONTRL; later it is a trouble. 0: it sends none."),
    )


class NewPartner(Terms):
    supplier = forms.CharField(label=_("Supplier"), max_length=20, help_text=_("Its number."))
    address = forms.CharField(
        label=_("Its address"),
        max_length=120,
        help_text=_("Qualifier and id as its messages write them, such as 14:4012345500004 or duns:942888711."),
    )
    field_order = ("supplier", "address", *Terms.base_fields)

    def clean_supplier(self) -> Supplier:
        return supplier_numbered(self.cleaned_data["supplier"])

    def agreed(self) -> dict[str, Any]:
        """As ``partners.agree`` takes it."""
        said = dict(self.cleaned_data)
        return {name: said.pop(name) for name in ("supplier", "address", "own_address", "syntax")} | {"terms": said}


class NewSecret(forms.Form):
    whose = forms.ChoiceField(label=_("What for"), choices=Whose.choices)
    secret = forms.CharField(
        label=_("The secret"), max_length=200, widget=forms.PasswordInput, help_text=_("As it was agreed with them.")
    )
