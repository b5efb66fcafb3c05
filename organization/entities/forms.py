"""How a legal entity is typed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.calendars.models import Calendar

CODE = _("Write letters, digits, dots and dashes only, such as 4100.")


class ChangeEntity(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$", label=_("Country"), max_length=2, help_text=_("Two letters, such as NL.")
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", label=_("Currency"), max_length=3, help_text=_("Three letters, such as EUR.")
    )
    vat_number = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    calendar = forms.ModelChoiceField(
        Calendar.objects.order_by("name"), label=_("Calendar"), required=False, empty_label=_("none: every hour counts")
    )
    gs1_prefix = forms.RegexField(
        r"^[0-9]{6,12}$",
        label=_("GS1 company prefix"),
        max_length=12,
        required=False,
        help_text=_("Suppliers' pallets are numbered with it when they have no prefix of their own, such as 8712345."),
        error_messages={"invalid": _("A GS1 company prefix has 6 to 12 digits, such as 8712345.")},
    )
    posts_first = forms.BooleanField(label=_("An order stands in the ERP before the supplier is told"), required=False)
    tax_on_limits = forms.DecimalField(
        label=_("Tax added before limits are compared, in percent"),
        max_digits=6,
        decimal_places=3,
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Nothing where the limits of the authority matrix are net, such as 21 where they are gross."),
    )

    def __init__(self, *args: Any, is_used: bool, **more: Any) -> None:
        """A currency that amounts are written in is shown and not asked for."""
        super().__init__(*args, **more)
        if is_used:
            self.fields["currency"].disabled = True
            self.fields["currency"].help_text = _("It stays: limits, budgets or documents are written in it.")

    def clean_tax_on_limits(self) -> Decimal:
        return self.cleaned_data["tax_on_limits"] or Decimal(0)

    def clean_country(self) -> str:
        return self.cleaned_data["country"].upper()

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()


class OpenCostCenter(forms.Form):
    code = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9.-]*$", label=_("Code"), max_length=20, error_messages={"invalid": CODE}
    )
    name = forms.CharField(label=_("Name"), max_length=120)
