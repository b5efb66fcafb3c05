"""What the forms of parameters read: shape, not policy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from governance.parameters.registry import Parameter
from governance.parameters.rules import Level, Place
from organization.entities.models import LegalEntity
from organization.sites.models import Site

MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


def moment(**more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT[0])
    return forms.DateTimeField(widget=widget, input_formats=MOMENT, **more)


def figure(**more: Any) -> forms.DecimalField:
    field = forms.DecimalField(max_digits=14, decimal_places=4, **more)
    field.widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return field


class Where(forms.Form):
    """A place and an instant to look at."""

    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("code"),
        label=gettext_lazy("Entity"),
        required=False,
        empty_label=gettext_lazy("The whole house"),
    )
    site = forms.ModelChoiceField(
        Site.objects.select_related("entity").order_by("code"),
        label=gettext_lazy("Site"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    at = moment(label=gettext_lazy("As of"), required=False)

    def place(self) -> Place:
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        site, entity = said.get("site"), said.get("entity")
        return Place(site.entity_id, site.pk) if site else Place(entity.pk if entity else None)


class Propose(forms.Form):
    value = figure(label=gettext_lazy("Value"))
    low = figure(label=gettext_lazy("Lowest that others may choose below"), required=False)
    high = figure(label=gettext_lazy("Highest that others may choose below"), required=False)
    is_locked = forms.BooleanField(label=gettext_lazy("Nobody below may say otherwise"), required=False)
    starts_at = moment(
        label=gettext_lazy("From"),
        required=False,
        help_text=gettext_lazy("Empty: a minute after somebody else has agreed."),
    )
    ends_at = moment(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Empty: until another value takes its place."),
    )
    reason = forms.CharField(max_length=400, label=gettext_lazy("Why? Whoever decides reads it."))

    def __init__(self, *args: Any, parameter: Parameter, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if place.level >= Level(parameter.standard.lowest):
            for name in ("low", "high", "is_locked"):
                del self.fields[name]


class Answer(forms.Form):
    answer = forms.CharField(max_length=400, label=gettext_lazy("What you say to it"), required=False)
