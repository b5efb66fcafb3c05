"""What is said of a system that shall have access."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integration.clients.actions import LONGEST_DAYS
from integration.clients.models import Scope
from suppliers.suppliers.models import Supplier

DAYS = {"label": gettext_lazy("The secret is valid for, days"), "min_value": 1, "max_value": LONGEST_DAYS}


def supplier_numbered(number: str) -> Supplier:
    """The supplier, or the form's error."""
    found = Supplier.objects.select_related("party").filter(number__iexact=number).first()
    if found is None:
        raise forms.ValidationError(_("There is no supplier with this number: look it up under Suppliers."))
    return found


class NewClient(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("Such as “Nordfast SAP”."))
    supplier = forms.CharField(
        label=gettext_lazy("Supplier"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Its number. Empty: a system of ours, which may only bring messages."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(initial=365, **DAYS)

    def clean_supplier(self) -> Supplier | None:
        number = self.cleaned_data["supplier"]
        return supplier_numbered(number) if number else None


class NewSecret(forms.Form):
    days = forms.IntegerField(initial=365, **DAYS)
