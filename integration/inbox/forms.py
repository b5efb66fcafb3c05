"""What whoever settles a message says: which supplier it is, or why it is not accepted."""

from django import forms
from django.utils.translation import gettext_lazy

from integration.clients.forms import supplier_numbered
from integration.inbox.actions import LONGEST_REASON
from suppliers.suppliers.models import Supplier


class Sender(forms.Form):
    supplier = forms.CharField(
        label=gettext_lazy("Supplier"),
        max_length=20,
        help_text=gettext_lazy("Its number. From now on whatever comes from this address counts as sent by it."),
    )

    def clean_supplier(self) -> Supplier:
        return supplier_numbered(self.cleaned_data["supplier"])


class Refusal(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is not accepted"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("It is written for the supplier: say what to send instead."),
    )
