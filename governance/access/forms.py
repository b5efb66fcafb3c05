"""How conflicts are accepted and reviews are started."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from foundation.scopes.verbs import label
from governance.access.duties import CONFLICTS
from organization.entities.models import LegalEntity
from organization.people.models import Person
from organization.sites.models import Site

THIS_LONG = timedelta(days=90)
LONGEST_DAYS = 60


class AskAcceptance(forms.Form):
    person = forms.ModelChoiceField(
        Person.objects.filter(kind=Person.INTERNAL), label=_("Person"), widget=forms.HiddenInput
    )
    conflict = forms.ChoiceField(
        choices=[(one.key, one.label) for one in CONFLICTS], label=_("Conflict"), widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Why it has to be"), max_length=300, help_text=_("And what is done instead to keep watch.")
    )
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = localdate() + THIS_LONG


class StartReview(forms.Form):
    """Empty places are the whole house."""

    title = forms.CharField(label=_("Name"), max_length=120)
    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("code"), label=_("Entity"), required=False, empty_label=_("All")
    )
    site = forms.ModelChoiceField(Site.objects.order_by("code"), label=_("Site"), required=False, empty_label=_("All"))
    role = forms.ModelChoiceField(Group.objects.order_by("name"), label=_("Role"), required=False, empty_label=_("All"))
    owner = forms.ModelChoiceField(
        Person.objects.filter(kind=Person.INTERNAL, is_active=True).order_by("name"),
        label=_("Owner"),
        help_text=_("Hears when it is overdue or done, and is asked about people without a manager."),
    )
    asks_owner = forms.BooleanField(label=_("Ask the owner about everybody, not the managers"), required=False)
    days = forms.IntegerField(label=_("Working days to answer"), min_value=1, max_value=LONGEST_DAYS, initial=10)


def verb_words(names: list[str]) -> str:
    return ", ".join(label(name) for name in names)
