"""How a document is sent in, and how one is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.entities.models import LegalEntity
from organization.items.models import Category
from suppliers.documents.models import DocumentType, Effect
from suppliers.suppliers.models import Risk

DAY = {"widget": forms.DateInput(attrs={"type": "date"})}
TAKEN = "image/jpeg,image/png,application/pdf,.docx,.xlsx"
"""Named by what they are, a phone offers its camera too."""


class SendDocument(forms.Form):
    """One form for each document that is asked for, in the portal and here."""

    file = forms.FileField(
        label=_("File or photo"),
        help_text=_("PDF, PNG, JPEG, DOCX or XLSX, at most 20 MB. Drop it here, or take a photo."),
        widget=forms.ClearableFileInput(attrs={"accept": TAKEN}),
    )
    reference = forms.CharField(label=_("Its number"), max_length=60, required=False)
    valid_from = forms.DateField(label=_("Valid from"), required=False, **DAY)
    valid_until = forms.DateField(label=_("Valid until"), **DAY)

    def __init__(self, *args: Any, type: DocumentType, **more: Any) -> None:
        super().__init__(*args, auto_id=f"id_{type.pk}_%s", **more)
        if not type.expires:
            del self.fields["valid_until"], self.fields["valid_from"]


class AskFor(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    what = forms.CharField(
        label=_("What it should say"), max_length=300, required=False, help_text=_("The supplier reads it.")
    )
    entity = forms.ModelChoiceField(
        LegalEntity.objects.order_by("code"), label=_("For our company"), required=False, empty_label=_("any")
    )
    category = forms.ModelChoiceField(
        Category.objects.order_by("code"), label=_("For goods of"), required=False, empty_label=_("any category")
    )
    risk_from = forms.ChoiceField(label=_("From risk"), choices=[("", _("any class")), *Risk.choices], required=False)
    effect = forms.ChoiceField(label=_("If it is missing or has run out"), choices=Effect.choices)
    expires = forms.BooleanField(label=_("It has a last day"), required=False, initial=True)
    is_asked = forms.BooleanField(label=_("It is asked for"), required=False, initial=True)


class NewAskFor(AskFor):
    code = forms.RegexField(
        r"^[A-Za-z0-9-]+$",
        label=_("Short name"),
        max_length=20,
        help_text=_("Such as ISO9001. It cannot be changed."),
        error_messages={"invalid": _("Write letters, digits and dashes only, such as ISO9001.")},
    )
    field_order = ("code",)
