"""How risk is judged and a failure is noted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from suppliers.compliance.models import FailureKind
from suppliers.suppliers.models import Risk

DAY = {"widget": forms.DateInput(attrs={"type": "date"})}


class Judge(forms.Form):
    risk = forms.ChoiceField(label=_("Class"), choices=Risk.choices)
    source = forms.CharField(
        label=_("Where it comes from"), max_length=80, help_text=_("Such as an audit or a rating.")
    )
    until = forms.DateField(
        label=_("Counts until"), required=False, help_text=_("After that day it counts as high."), **DAY
    )


class NoteFailure(forms.Form):
    kind = forms.ChoiceField(label=_("What failed"), choices=FailureKind.choices)
    on = forms.DateField(label=_("On"), **DAY)
    weight = forms.IntegerField(label=_("Points"), min_value=1, max_value=20, initial=1)
    about = forms.CharField(
        label=_("Document"), max_length=80, required=False, help_text=_("Such as an order's number.")
    )
    note = forms.CharField(label=_("What happened"), max_length=200)
