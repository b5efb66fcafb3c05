"""What people type at the dock."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.values.quantity import Factor
from organization.items.models import Item
from receiving.receipts.models import ReceiptLine
from receiving.receipts.queries import CountUnit

REASONS = [
    ("", _("Nothing to say")),
    ("Broken in transport", _("Broken in transport")),
    ("Packaging open", _("Packaging open")),
    ("Wet or dirty", _("Wet or dirty")),
    ("Wrong label", _("Wrong label")),
    ("Past its date", _("Past its date")),
    ("Other", _("Other")),
]


class Quantity(forms.DecimalField):
    """Digits as they are keyed on a gun: never negative, at most six decimals."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=0, max_digits=20, decimal_places=6, **more)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "big"})


class CountLine(forms.Form):
    """One line's count, in the unit that was chosen."""

    accepted = Quantity(label=_("Counted in good order"))
    unit = forms.ChoiceField(label=_("Unit"), required=False, widget=forms.RadioSelect)
    damaged = Quantity(label=_("Damaged"), required=False)
    refused = Quantity(label=_("Refused: left with the truck"), required=False)
    lot = forms.CharField(label=_("Lot"), max_length=40, required=False)
    has_certificate = forms.BooleanField(label=_("The certificate is here"), required=False)
    reason = forms.ChoiceField(label=_("What is wrong"), choices=REASONS, required=False, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=160, required=False)
    photo = forms.FileField(label=_("Photo"), required=False)

    def __init__(self, *args: Any, units: list[CountUnit], line: ReceiptLine, **more: Any) -> None:
        super().__init__(*args, **more)
        self.factors = {unit.key: unit.factor for unit in units}
        self.fields["unit"].choices = [(unit.key, unit.code) for unit in units]  # type: ignore[attr-defined]
        self.fields["photo"].widget.attrs |= {"accept": "image/*", "capture": "environment"}
        if line.item and line.item.tracks_lots and not line.lot:
            self.fields["lot"].required = True

    def counted(self) -> dict[str, Any]:
        """As the action takes it: in base units, the reason in front of the note."""
        data = self.cleaned_data
        factor = self.factors.get(data["unit"], Factor(1))
        said = ": ".join(part for part in (data["reason"], data["note"]) if part)
        quantities = {name: data[name] or Decimal(0) for name in ("accepted", "damaged", "refused")}
        return {
            **{name: factor.to_base(value) for name, value in quantities.items()},
            "lot": data["lot"],
            "has_certificate": data["has_certificate"],
            "note": said[:200],
        }


class AddLine(forms.Form):
    """Something that was not announced."""

    sku = forms.CharField(label=_("Item"), max_length=40, required=False, help_text=_("Scan it or type its number."))
    description = forms.CharField(
        label=_("What it is"), max_length=200, required=False, help_text=_("If it has no number of ours.")
    )
    instead_of = forms.ChoiceField(label=_("It came in place of"), required=False)
    accepted = Quantity(label=_("Quantity, in base units"))
    lot = forms.CharField(label=_("Lot"), max_length=40, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, lines: list[ReceiptLine], **more: Any) -> None:
        super().__init__(*args, **more)
        self.order_lines = {str(line.number): line.order_line for line in lines if line.order_line}
        choices = [(str(line.number), line.description) for line in lines if line.order_line]
        self.fields["instead_of"].choices = [("", _("nothing: nobody ordered it")), *choices]  # type: ignore[attr-defined]

    def clean_sku(self) -> Item | None:
        sku = self.cleaned_data["sku"].strip()
        if not sku:
            return None
        item = Item.objects.select_related("base_unit").filter(sku__iexact=sku).first()
        if item is None:
            raise forms.ValidationError(_("No item has this number. Leave it empty and describe what it is."))
        return item

    def added(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "item": data["sku"],
            "description": data["description"],
            "order_line": self.order_lines.get(data["instead_of"]) if data["sku"] else None,
            "accepted": data["accepted"],
            "lot": data["lot"],
            "note": data["note"],
        }


class Reverse(forms.Form):
    reason = forms.CharField(
        label=_("Why is it reversed?"), max_length=200, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200})
    )
