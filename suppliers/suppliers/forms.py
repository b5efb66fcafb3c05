"""The terms we buy on, and whom we write to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from suppliers.suppliers.models import Channel, Risk

PERCENT = {"min_value": 0, "max_value": 100, "max_digits": 6, "decimal_places": 3}
DAYS = {"min_value": 0, "max_value": 999}


class ChangeTerms(forms.Form):
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)
    payment_terms = forms.CharField(label=_("Payment terms"), max_length=40, help_text=_("Such as “30 days net”."))
    incoterm = forms.CharField(label=_("Incoterm"), min_length=3, max_length=3)
    channel = forms.ChoiceField(label=_("Orders go by"), choices=Channel.choices)
    risk = forms.ChoiceField(label=_("Risk"), choices=Risk.choices)
    lead_time_days = forms.IntegerField(label=_("Lead time, days"), **DAYS)
    confirms_within_hours = forms.IntegerField(label=_("Confirms within, hours"), min_value=1, max_value=999)
    deemed_accepted_after_days = forms.IntegerField(
        label=_("Deemed accepted after, days"), required=False, help_text=_("Empty: silence accepts nothing."), **DAYS
    )
    quantity_percent = forms.DecimalField(label=_("Quantity may differ, percent"), **PERCENT)
    price_percent = forms.DecimalField(label=_("Price may differ, percent"), **PERCENT)
    days_early = forms.IntegerField(label=_("Days early"), **DAYS)
    days_late = forms.IntegerField(label=_("Days late"), **DAYS)

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()

    def clean_incoterm(self) -> str:
        return self.cleaned_data["incoterm"].upper()


class AddContact(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Mail"))
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    purpose = forms.ChoiceField(
        label=_("For"),
        choices=[
            ("orders", _("Orders")),
            ("deliveries", _("Deliveries")),
            ("invoices", _("Invoices")),
            ("quality", _("Quality")),
        ],
    )
