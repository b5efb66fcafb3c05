"""Why a delivery is sent again, or let be."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Because(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)
