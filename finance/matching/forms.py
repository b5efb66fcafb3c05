"""How a tolerance is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.entities.models import LegalEntity

PERCENT = {"min_value": 0, "max_value": 100, "max_digits": 6, "decimal_places": 3}
MONEY = {"min_value": 0, "max_digits": 20, "decimal_places": 6}


class SetTolerance(forms.Form):
    price_percent = forms.DecimalField(
        label=_("Price, percent"), help_text=_("More than agreed, of the price."), **PERCENT
    )
    price_absolute = forms.DecimalField(
        label=_("Price, absolute"), help_text=_("Or so much a unit; the larger counts."), **MONEY
    )
    quantity_percent = forms.DecimalField(label=_("Quantity, percent"), help_text=_("More than received."), **PERCENT)
    amount_absolute = forms.DecimalField(
        label=_("Not worth a look"),
        help_text=_("A line's difference up to this stops nobody, whatever caused it."),
        **MONEY,
    )
    straight_through_cap = forms.DecimalField(
        label=_("Released without a look up to"), required=False, help_text=_("Empty: never."), **MONEY
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class WhereTolerance(forms.Form):
    entity = forms.ModelChoiceField(LegalEntity.objects.order_by("code"), label=_("Entity"))
    supplier = forms.CharField(
        label=_("Supplier's number"),
        max_length=20,
        required=False,
        help_text=_("Empty: for all suppliers of the entity."),
    )
