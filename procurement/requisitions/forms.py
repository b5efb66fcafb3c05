"""What a request's pages read: shape, not policy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.values.actor import Actor
from procurement.requisitions import queries
from procurement.requisitions.models import Requisition, Urgency


class Header(forms.Form):
    """The top of a request. Places and cost centers are those where the person may ask."""

    title = forms.CharField(max_length=200, label=_("What is it for?"))
    site = forms.TypedChoiceField(label=_("Deliver to"))
    cost_center = forms.TypedChoiceField(label=_("Cost center"), required=False)
    need_by = forms.DateField(
        label=_("Need by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    urgency = forms.ChoiceField(choices=Urgency.choices, initial=Urgency.NORMAL, label=_("Urgency"))
    urgency_reason = forms.CharField(max_length=200, required=False, label=_("Why it is urgent"))
    stock_out_on = forms.DateField(
        label=_("Runs out on"),
        required=False,
        help_text=_("For an emergency: the day on which the stock runs out or something stands still."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(max_length=2000, required=False, label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, actor: Actor, requisition: Requisition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = {str(site.pk): site for site in queries.sites_for(actor)}
        self.centers = {str(center.pk): center for center in queries.centers_of(self.sites.values())}
        only = next(iter(self.sites)) if len(self.sites) == 1 else None
        self._offer("site", self.sites, empty=only is None)
        self._offer("cost_center", self.centers, empty=True)
        self.fields["site"].initial = only
        if requisition is not None:
            self.sites[str(requisition.site_id)] = requisition.site
            self._offer("site", {str(requisition.site_id): requisition.site}, empty=False)

    def _offer(self, name: str, rows: dict[str, Any], *, empty: bool) -> None:
        field: Any = self.fields[name]
        shown = [(key, f"{row.entity.code} · {row}") for key, row in rows.items()]
        field.choices = [("", "–"), *shown] if empty else shown
        field.coerce, field.empty_value = rows.get, None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        site, center = said.get("site"), said.get("cost_center")
        if site and center and site.entity_id != center.entity_id:
            self.add_error("cost_center", _("This cost center belongs to another legal entity than the site."))
        return said

    @property
    def read(self) -> dict[str, Any]:
        """What could be read, for a preview."""
        if not self.is_bound:
            return {}
        self.full_clean()
        return self.cleaned_data

    @property
    def asked(self) -> dict[str, Any]:
        """The header as ``edit`` takes it."""
        said = self.cleaned_data
        center = said.get("cost_center")
        kept = ("title", "urgency", "urgency_reason", "stock_out_on", "need_by", "note")
        return {**{name: said[name] for name in kept}, "cost_center_id": center.pk if center else None}

    @staticmethod
    def of(requisition: Requisition) -> dict[str, Any]:
        """The values of a saved request."""
        return {
            "title": requisition.title,
            "site": requisition.site_id,
            "cost_center": requisition.cost_center_id or "",
            "need_by": requisition.need_by,
            "urgency": requisition.urgency,
            "urgency_reason": requisition.urgency_reason,
            "stock_out_on": requisition.stock_out_on,
            "note": requisition.note,
        }


class Why(forms.Form):
    """A reason, where one is asked for."""

    reason = forms.CharField(max_length=200, label=_("Reason"))


class WhyLine(Why):
    line = forms.IntegerField(min_value=1, max_value=20_000, widget=forms.HiddenInput)
