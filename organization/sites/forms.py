"""How a site is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

PERCENT = {"min_value": 0, "max_value": 100, "max_digits": 6, "decimal_places": 3}


class ChangeSite(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    country = forms.CharField(label=_("Country"), max_length=2, required=False)
    gln = forms.RegexField(r"^[0-9]{13}$", label=_("GLN"), required=False, help_text=_("13 digits."))
    over_percent = forms.DecimalField(
        label=_("More than open, percent"), help_text=_("So much more is taken in without asking."), **PERCENT
    )
    under_percent = forms.DecimalField(
        label=_("Less than announced, percent"), help_text=_("So much less counts as complete."), **PERCENT
    )
    counts_blind = forms.BooleanField(label=_("Counted without seeing what is expected"), required=False)
