"""What a budget is set with."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SetAmount(forms.Form):
    amount = forms.DecimalField(label=_("Amount for the year"), min_value=0, max_digits=20, decimal_places=6)
    reason = forms.CharField(label=_("Reason"), max_length=200)
