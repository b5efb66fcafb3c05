"""What the forms of waivers read: shape, not policy."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.subjects.registry import numbered
from foundation.values.reason import BadValue
from governance.parameters.forms import moment
from governance.waivers.registry import CHECKS, DOCUMENTS
from organization.entities.models import LegalEntity
from organization.items.models import Item
from organization.parties.models import Party
from organization.parties.queries import party_called
from organization.sites.models import Site


class Ask(forms.Form):
    check = forms.ChoiceField(label=gettext_lazy("What shall not count?"))
    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("code"),
        label=gettext_lazy("Entity"),
        required=False,
        empty_label=gettext_lazy("Any"),
    )
    site = forms.ModelChoiceField(
        Site.objects.select_related("entity").order_by("code"),
        label=gettext_lazy("Site"),
        required=False,
        empty_label=gettext_lazy("Any"),
    )
    supplier = forms.CharField(
        max_length=120,
        label=gettext_lazy("Supplier, by name or VAT number"),
        required=False,
        help_text=gettext_lazy("Empty: any."),
    )
    item = forms.CharField(
        max_length=60, label=gettext_lazy("Item, by its number"), required=False, help_text=gettext_lazy("Empty: any.")
    )
    document = forms.CharField(
        max_length=40,
        label=gettext_lazy("Only one document, by its number"),
        required=False,
        help_text=gettext_lazy("Empty: whatever the rest of this says."),
    )
    ends_at = moment(label=gettext_lazy("Until"))
    reason = forms.CharField(max_length=400, label=gettext_lazy("Why? Whoever decides reads it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check"].choices = list(CHECKS.items())  # type: ignore[attr-defined]

    def clean_supplier(self) -> Party | None:
        text = self.cleaned_data["supplier"].strip()
        try:
            return party_called(text) if text else None
        except BadValue as bad:
            raise forms.ValidationError(str(bad)) from bad

    def clean_item(self) -> Item | None:
        text = self.cleaned_data["item"].strip()
        found = Item.objects.filter(sku__iexact=text).first() if text else None
        if text and found is None:
            raise forms.ValidationError(_("No item has this number."))
        return found

    def clean_document(self) -> dict[str, str]:
        """The subject, with the number and address it is shown by."""
        number = self.cleaned_data["document"].strip()
        for label, url in DOCUMENTS.items():
            if number and (subject := numbered(label, number)):
                return {"about": subject, "about_title": number, "about_url": url.format(number)}
        if number:
            raise forms.ValidationError(_("No request and no order has this number."))
        return {}

    def given(self) -> dict[str, Any]:
        """As ``actions.ask`` takes it."""
        said = dict(self.cleaned_data)
        return {**said.pop("document"), **said}


class Answer(forms.Form):
    answer = forms.CharField(max_length=400, label=gettext_lazy("What you say to it"), required=False)
