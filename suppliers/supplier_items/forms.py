"""How an offer and its prices are typed."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

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
