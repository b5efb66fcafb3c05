"""What is said of a truck that was announced, by its supplier in the portal or by telephone to the dock."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class News(forms.Form):
    """One of the three. A time is that of the site's clock."""

    milestone = forms.ChoiceField(choices=[(name, name) for name in ("ready", "picked_up", "departed")], required=False)
    at = forms.DateTimeField(
        label=gettext_lazy("When"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    arrives_on = forms.DateField(
        label=gettext_lazy("Arrives on"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)
    cancel = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not any(said.get(name) for name in ("milestone", "arrives_on", "cancel")):
            raise forms.ValidationError(_("Say what is new: a milestone, another day, or that it does not come."))
        return said
