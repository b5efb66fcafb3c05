"""Forms at the portal's door: shape only."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class AskForLink(forms.Form):
    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Enter your mail address."),
            "invalid": _("A mail address looks like name@company.example."),
        },
    )


class Digits(forms.CharField):
    def to_python(self, value: Any) -> str:
        return "".join(super().to_python(value).split())


class EnterCode(forms.Form):
    """Six digits; spaces do no harm."""

    code = Digits(
        label=_("Code"),
        max_length=12,
        validators=[RegexValidator(r"\A[0-9]{6}\Z", _("The code has six digits."))],
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "size": 8}
        ),
        error_messages={"required": _("Enter the six digits from the mail.")},
    )
