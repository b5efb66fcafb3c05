"""How an agreement is typed: where it counts, from when, and what differs from the usual."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.entities.models import LegalEntity
from organization.items.models import Category
from organization.sites.models import Site
from suppliers.suppliers.forms import DAYS, PERCENT
from suppliers.suppliers.models import Channel

DAY = {"widget": forms.DateInput(attrs={"type": "date"})}
CHANNELS = [("", _("as usual")), *Channel.choices]
KINDS = {
    "order": _("Orders go by"),
    "confirmation": _("Answers come by"),
    "ship_notice": _("Ship notices come by"),
    "invoice": _("Invoices come by"),
}
PURPOSES = {"orders": _("Mail for orders"), "deliveries": _("Mail for deliveries"), "invoices": _("Mail for invoices")}
PLACE = ("entity", "site", "category", "starts_on", "ends_on")


class Agree(forms.Form):
    """Empty fields say nothing: there the next wider agreement counts."""

    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("code"), label=_("Our company"), required=False, empty_label=_("all")
    )
    site = forms.ModelChoiceField(Site.objects.order_by("code"), label=_("Site"), required=False, empty_label=_("all"))
    category = forms.ModelChoiceField(
        Category.objects.order_by("code"), label=_("Goods of"), required=False, empty_label=_("all")
    )
    starts_on = forms.DateField(label=_("From"), **DAY)
    ends_on = forms.DateField(label=_("Last day"), required=False, **DAY)
    payment_terms = forms.CharField(label=_("Payment terms"), max_length=40, required=False)
    incoterm = forms.RegexField(r"^[A-Za-z]{3}$", label=_("Incoterm"), max_length=3, required=False)
    currency = forms.RegexField(r"^[A-Za-z]{3}$", label=_("Currency"), max_length=3, required=False)
    account_number = forms.CharField(label=_("Our number with them"), max_length=40, required=False)
    language = forms.CharField(label=_("Language"), max_length=10, required=False, help_text=_("Such as de."))
    confirms_within_hours = forms.IntegerField(
        label=_("Confirms within, hours"), required=False, min_value=1, max_value=999
    )
    deemed_accepted_after_days = forms.IntegerField(
        label=_("Silence is a yes after, working days"), required=False, **DAYS
    )
    lead_time_days = forms.IntegerField(label=_("Lead time, days"), required=False, **DAYS)
    quantity_percent = forms.DecimalField(label=_("Quantity may differ, percent"), required=False, **PERCENT)
    price_percent = forms.DecimalField(label=_("Price may differ, percent"), required=False, **PERCENT)
    days_early = forms.IntegerField(label=_("Days early"), required=False, **DAYS)
    days_late = forms.IntegerField(label=_("Days late"), required=False, **DAYS)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for kind, label in KINDS.items():
            self.fields[f"by_{kind}"] = forms.ChoiceField(label=label, choices=CHANNELS, required=False)
        for purpose, label in PURPOSES.items():
            self.fields[f"to_{purpose}"] = forms.EmailField(label=label, required=False)

    def agreed(self) -> dict[str, Any]:
        """As the action takes it."""
        data = self.cleaned_data
        values = {name: value for name, value in data.items() if name not in PLACE and name[:3] not in ("by_", "to_")}
        for name in ("currency", "incoterm"):
            values[name] = values[name].upper()
        values["channels"] = {kind: data[f"by_{kind}"] for kind in KINDS if data[f"by_{kind}"]}
        values["contacts"] = {purpose: data[f"to_{purpose}"] for purpose in PURPOSES if data[f"to_{purpose}"]}
        return {name: data[name] for name in PLACE} | {"values": values}
