"""How a bank account is typed, and whom one called about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.entities.models import LegalEntity
from suppliers.banking import queries
from suppliers.banking.models import BankAccount


class AccountFields(forms.Form):
    """What a supplier and a clerk of ours both fill in."""

    holder = forms.CharField(label=_("Account holder"), max_length=140)
    iban = forms.CharField(label=_("IBAN"), max_length=60, help_text=_("With or without spaces."))
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    why = forms.CharField(label=_("Why it changes"), max_length=200, required=False)


class ProposeAccount(AccountFields):
    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("code"),
        label=_("Paid by"),
        required=False,
        empty_label=_("All our companies"),
    )
    field_order = ("entity", "holder", "iban", "bic", "why")


class CallBack(forms.Form):
    number = forms.ChoiceField(label=_("Number called"), widget=forms.RadioSelect)
    whom = forms.CharField(label=_("Spoken with"), max_length=120)

    def __init__(self, data: Any = None, *, account: BankAccount) -> None:
        super().__init__(data, auto_id=f"id_{account.pk}_%s")
        known = queries.known_contacts(account.supplier_id, account.proposed_at).exclude(phone="")
        self.fields["number"].choices = [(one.phone, f"{one.phone} · {one.name}") for one in known]  # type: ignore[attr-defined]
