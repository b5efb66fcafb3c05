"""How a contract is typed."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from organization.entities.models import LegalEntity
from suppliers.contracts.models import ContractKind

FIGURE = {"min_value": 0, "max_digits": 20, "decimal_places": 6, "required": False}
DAY = {"widget": forms.DateInput(attrs={"type": "date"})}


class DraftContract(forms.Form):
    supplier = forms.CharField(label=_("Supplier's number with us"), max_length=20)
    title = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=ContractKind.choices,
        help_text=_("Of a blanket order nothing is released beyond its ceilings."),
    )
    entity = forms.ModelChoiceField(LegalEntity.objects.order_by("code"), label=_("Our company"))
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)
    starts_on = forms.DateField(label=_("From"), **DAY)
    ends_on = forms.DateField(label=_("Until"), **DAY)
    ceiling_amount = forms.DecimalField(label=_("At most, in all"), help_text=_("Empty: no ceiling."), **FIGURE)

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()


class AgreedLine(forms.Form):
    sku = forms.CharField(label=_("Item"), max_length=40, required=False)
    price = forms.DecimalField(label=_("Price of one base unit"), **FIGURE)
    ceiling_quantity = forms.DecimalField(label=_("At most"), **FIGURE)


AgreedLines = formset_factory(AgreedLine, extra=4, max_num=2000, absolute_max=5000)
