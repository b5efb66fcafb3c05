"""The terms we buy on, and whom we write to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.values.portal_roles import every, explained
from organization.parties.forms import PartyFields
from organization.parties.models import KNOWN_BY
from suppliers.suppliers.models import Channel, Risk

PERCENT = {"min_value": 0, "max_value": 100, "max_digits": 6, "decimal_places": 3}
DAYS = {"min_value": 0, "max_value": 999}


class ChangeTerms(forms.Form):
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)
    payment_terms = forms.CharField(label=_("Payment terms"), max_length=40, help_text=_("Such as “30 days net”."))
    incoterm = forms.CharField(label=_("Incoterm"), min_length=3, max_length=3)
    channel = forms.ChoiceField(label=_("Orders go by"), choices=Channel.choices)
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


class Roles(forms.Form):
    """``mine``: the form is about oneself, who can give back but not take."""

    roles = forms.MultipleChoiceField(
        label=_("May do"),
        choices=explained,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one. Who may do nothing any more is shut out.")},
    )

    def __init__(self, *args: Any, mine: list[str] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if mine is not None:
            field: Any = self.fields["roles"]
            field.choices = [(role, label) for role, label in explained() if role in mine]


class LetIn(Roles):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Mail"), help_text=_("The way into the portal is mailed there."))
    field_order = ("name", "email", "roles")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, initial={"roles": every()}, **more)


class NewSupplier(PartyFields):
    """A firm nobody here knew: what an order must say of it. Everything else has its usual value and can be changed."""

    number = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9.-]*$",
        label=_("Number with us"),
        max_length=20,
        help_text=_("Such as S-1042. It cannot be changed."),
        error_messages={"invalid": _("Write letters, digits, dots and dashes only, such as S-1042.")},
    )
    vat_number = forms.CharField(
        label=_("VAT number"), max_length=20, required=False, help_text=_("Tells whether we know this firm already.")
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        max_length=3,
        help_text=_("Three letters, such as EUR."),
        error_messages={"invalid": _("Write the three letters of the currency, such as EUR.")},
    )
    payment_terms = forms.CharField(label=_("Payment terms"), max_length=40, initial="30 days net")
    incoterm = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Incoterm"),
        max_length=3,
        initial="DAP",
        error_messages={"invalid": _("Write the three letters of the Incoterm, such as DAP.")},
    )
    channel = forms.ChoiceField(label=_("Orders go by"), choices=Channel.choices, initial=Channel.LINK)
    risk = forms.ChoiceField(label=_("Risk"), choices=Risk.choices, initial=Risk.LOW)
    lead_time_days = forms.IntegerField(label=_("Lead time, days"), initial=14, **DAYS)
    contact_name = forms.CharField(label=_("Contact for orders"), max_length=120, required=False)
    contact_email = forms.EmailField(
        label=_("Mail for orders"), required=False, help_text=_("Empty: orders cannot be mailed until there is one.")
    )

    TERMS = ("currency", "payment_terms", "incoterm", "channel", "risk", "lead_time_days")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("currency", "incoterm", "vat_number"):
            if name in data:
                data[name] = data[name].upper()
        if data.get("contact_name") and not data.get("contact_email") and "contact_email" not in self.errors:
            self.add_error("contact_email", _("Say at which address, or leave the contact empty."))
        return data

    def enrolled(self) -> dict[str, Any]:
        """As the action takes it: a prospect."""
        data = self.cleaned_data
        mail = data["contact_email"]
        contact = {"name": data["contact_name"] or mail, "email": mail, "phone": "", "purpose": "orders"}
        return {
            "number": data["number"].upper(),
            "party": {name: data[name] for name in KNOWN_BY},
            "terms": {name: data[name] for name in self.TERMS},
            "contact": contact if mail else None,
            "is_active": False,
        }
