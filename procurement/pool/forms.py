"""How far lines are gathered, and where each one goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.orders.grouping import Policy


class Grouping(forms.Form):
    """The policy of a preview."""

    window_days = forms.IntegerField(
        min_value=0, max_value=365, required=False, label=_("Days apart on one order"), help_text=_("Empty: any.")
    )
    consolidate_sites = forms.BooleanField(required=False, label=_("Several sites on one order"))
    urgent_apart = forms.BooleanField(required=False, label=_("Urgent lines apart"))

    @property
    def policy(self) -> Policy:
        said = self.cleaned_data
        return Policy(
            consolidate_sites=said.get("consolidate_sites") or False,
            window_days=said.get("window_days"),
            urgent_apart=said.get("urgent_apart") or False,
        )
