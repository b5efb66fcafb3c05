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


class SignIn(forms.Form):
    """Shape only: who it is, the backend says."""

    email = forms.CharField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={"required": _("Enter your mail address.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password.")},
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
