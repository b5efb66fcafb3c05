"""What is asked when suppliers are compared, and when one contests a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.items.models import Category
from organization.sites.models import Site
from suppliers.scorecards.contesting import LONGEST
from suppliers.scorecards.glossary import SCORED, Measure

PERIODS = [("12", _("12 months")), ("3", _("3 months")), ("1", _("This month"))]


class Compare(forms.Form):
    measure = forms.ChoiceField(
        label=_("Worst first by"), choices=[(one.key.value, one.label) for one in SCORED], required=False
    )
    months = forms.ChoiceField(label=_("Period"), choices=PERIODS, required=False)
    site = forms.ModelChoiceField(
        label=_("Site"), queryset=Site.objects.order_by("code"), required=False, empty_label=_("All sites")
    )
    category = forms.ModelChoiceField(
        label=_("Sells"),
        queryset=Category.objects.filter(parent=None).order_by("name"),
        required=False,
        empty_label=_("Everything"),
    )

    @property
    def measure_chosen(self) -> str:
        return self.cleaned_data.get("measure") or Measure.ON_TIME.value

    @property
    def months_chosen(self) -> int:
        return int(self.cleaned_data.get("months") or PERIODS[0][0])


class ContestCase(forms.Form):
    reason = forms.CharField(
        label=_("Why should it not count?"),
        help_text=_("A sentence or two. A buyer reads it and answers."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
