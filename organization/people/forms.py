"""Forms of a person about himself."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

THEMES = [
    ("auto", _("As the device says")),
    ("light", _("Light")),
    ("dark", _("Dark")),
    ("high", _("High contrast")),
]
DENSITIES = [
    ("compact", _("Compact: most rows on a screen")),
    ("normal", _("Normal")),
    ("roomy", _("Roomy: for touch")),
]


def zones() -> list[tuple[str, str]]:
    named = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
    )
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in named)]


def password(**attrs: object) -> forms.CharField:
    return forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", **attrs}),
        error_messages={"required": _("Enter your password.")},
    )


class Who(forms.Form):
    """The first step: whose account it is. Shape only, so the answer is the same for everybody."""

    email = forms.CharField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "autofocus": True}),
        error_messages={"required": _("Enter your mail address.")},
    )


class SignIn(Who):
    """The second step. Shape only: who it is, the backend says."""

    email = forms.CharField(
        label=_("Mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = password(autofocus=True)


class Password(forms.Form):
    """A person who is signed in says it again."""

    password = password(autofocus=True)


class Code(forms.Form):
    """Six digits of an app, or a recovery code in the other field."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 6, "maxlength": 8}
        ),
        help_text=_("The 6 digits that your authenticator app shows now."),
    )
    recovery = forms.CharField(
        label=_("Recovery code"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("8 digits, from the list you kept. Each works once."),
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-credential": True}))


class NewPasskey(forms.Form):
    """What it is called; ``credential`` is what the browser says of it."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("So that you know it again: “Laptop”, “Key on my ring”."),
    )
    credential = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-credential": True}),
        error_messages={"required": _("No passkey was made.")},
    )


class NewApp(forms.Form):
    """The first code of an app that was shown a secret."""

    sealed = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code"),
        max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 6}),
        help_text=_("The 6 digits that the app shows after it read the square."),
        error_messages={"required": _("Enter the 6 digits that the app shows.")},
    )


class Preferences(forms.Form):
    """How the product looks and reads for one person."""

    theme = forms.ChoiceField(label=_("Colors"), choices=THEMES, widget=forms.RadioSelect)
    density = forms.ChoiceField(label=_("Density"), choices=DENSITIES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        help_text=_("Instants are shown in it. Business dates belong to a site and look the same to everybody."),
    )
    uses_keys = forms.BooleanField(
        label=_("Single letters are shortcuts"),
        required=False,
        help_text=_("Press ? on any page to see them. Never while you type in a field."),
    )
