"""How a firm that we deal with is typed, whatever its role."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PartyFields(forms.Form):
    """``models.KNOWN_BY``, with the name and country that every party has."""

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

    def clean_country(self) -> str:
        return self.cleaned_data["country"].upper()
