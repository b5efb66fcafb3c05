"""How a role is given."""

from datetime import date, datetime

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from foundation.scopes.reach import DIMENSIONS
from foundation.values.days import end_of
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category
from organization.sites.models import Site


class GiveRole(forms.Form):
    """Empty dimensions are "any"."""

    role = forms.ModelChoiceField(Group.objects.order_by("name"), label=_("Role"))
    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("code"), label=_("Entity"), required=False, empty_label=_("Any")
    )
    site = forms.ModelChoiceField(Site.objects.order_by("code"), label=_("Site"), required=False, empty_label=_("Any"))
    category = forms.ModelChoiceField(
        Category.objects.order_by("path"), label=_("Category"), required=False, empty_label=_("Any")
    )
    cost_center = forms.ModelChoiceField(
        CostCenter.objects.order_by("code"), label=_("Cost center"), required=False, empty_label=_("Any")
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The last day of it; empty is for good."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until.year > 2200:
            raise forms.ValidationError(_("Choose a day before 2200."))
        return until

    def where(self) -> dict[str, int]:
        """The dimensions that are named."""
        return {name: row.pk for name in DIMENSIONS if (row := self.cleaned_data.get(name))}

    def ends_at(self) -> datetime | None:
        """The end of the last day, where the one who gives it is."""
        until = self.cleaned_data["until"]
        return until and end_of(until)
