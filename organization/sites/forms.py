"""How a site is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.calendars.models import Calendar
from organization.sites.models import LocationPurpose

PERCENT = {"min_value": 0, "max_value": 100, "max_digits": 6, "decimal_places": 3}
CODE = _("Write letters, digits, dots, slashes and dashes only, such as A-01.")


class ChangeSite(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    country = forms.CharField(label=_("Country"), max_length=2, required=False)
    gln = forms.RegexField(r"^[0-9]{13}$", label=_("GLN"), required=False, help_text=_("13 digits."))
    calendar = forms.ModelChoiceField(
        Calendar.objects.order_by("name"), label=_("Calendar"), required=False, empty_label=_("none: every hour counts")
    )
    over_percent = forms.DecimalField(
        label=_("More than open, percent"), help_text=_("So much more is taken in without asking."), **PERCENT
    )
    under_percent = forms.DecimalField(
        label=_("Less than announced, percent"), help_text=_("So much less counts as complete."), **PERCENT
    )
    counts_blind = forms.BooleanField(label=_("Counted without seeing what is expected"), required=False)


class Code(forms.RegexField):
    """What stands on a sign in a warehouse."""

    def __init__(self, **more: Any) -> None:
        super().__init__(r"^[A-Za-z0-9][A-Za-z0-9./-]*$", error_messages={"invalid": CODE}, **more)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()


class AddDock(forms.Form):
    code = Code(label=_("Dock"), max_length=12)


class AddLocation(forms.Form):
    code = Code(label=_("Location"), max_length=20)
    purpose = forms.ChoiceField(label=_("For"), choices=LocationPurpose.choices, initial=LocationPurpose.STORAGE)


class Remove(forms.Form):
    """One of the site's rows, chosen from a list."""

    which = forms.IntegerField(label=_("Which one"), min_value=1, max_value=2**62)
