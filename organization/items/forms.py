"""How an item is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.items.models import Unit

FIGURE = {"min_value": 0, "max_digits": 20, "decimal_places": 6}


class ChangeItem(forms.Form):
    description = forms.CharField(label=_("Description"), max_length=200)
    gtin = forms.RegexField(r"^[0-9]{8,14}$", label=_("GTIN"), required=False, help_text=_("8 to 14 digits."))
    standard_price = forms.DecimalField(
        label=_("Standard price"), help_text=_("What one base unit is valued at; never a purchase price."), **FIGURE
    )
    reorder_point = forms.DecimalField(label=_("Reorder point"), **FIGURE)
    safety_stock = forms.DecimalField(label=_("Safety stock"), **FIGURE)
    needs_inspection = forms.BooleanField(label=_("Inspected when it arrives"), required=False)
    tracks_lots = forms.BooleanField(label=_("Lots are tracked"), required=False)
    tracks_expiry = forms.BooleanField(label=_("Suppliers say until when it keeps"), required=False)
    tracks_serials = forms.BooleanField(label=_("Suppliers give serial numbers"), required=False)
    needs_certificate = forms.BooleanField(
        label=_("Comes with a certificate"),
        required=False,
        help_text=_("What comes without it is taken in, stands on hold and opens an exception."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)


class SetUnit(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.order_by("code"), label=_("Unit"))
    numerator = forms.IntegerField(label=_("Base units"), min_value=1, max_value=10**9)
    denominator = forms.IntegerField(label=_("for so many of it"), min_value=1, max_value=10**9, initial=1)
