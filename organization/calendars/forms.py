"""How a working calendar is typed: a week of hours as people write them."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.values.reason import BadValue
from organization.calendars.models import Calendar
from organization.calendars.queries import countries
from organization.calendars.rules import Span, spans_of, text_of

LONGEST = 80
HINT = gettext_lazy("Such as 8:00-12:00, 13:00-17:00. Empty: closed.")
DAYS = [f"day_{number}" for number in range(7)]


class Hours(forms.CharField):
    """``8:00-12:00, 13:00-17:00`` as spans of minutes; empty is a day off."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=LONGEST, required=False, **more)

    def clean(self, value: Any) -> tuple[Span, ...]:
        try:
            return spans_of(super().clean(value))
        except BadValue as bad:
            raise forms.ValidationError(_(bad.reason.template)) from bad


class EditCalendar(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    timezone = forms.CharField(
        label=gettext_lazy("Time zone"), max_length=60, help_text=gettext_lazy("Such as Europe/Amsterdam.")
    )
    country = forms.CharField(
        label=gettext_lazy("Public holidays of"),
        max_length=2,
        required=False,
        help_text=gettext_lazy("The two letters of a country, such as NL. Empty: no public holidays."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for number, name in enumerate(DAYS):
            self.fields[name] = Hours(label=WEEKDAYS[number], help_text=HINT)

    def clean_timezone(self) -> str:
        zone = self.cleaned_data["timezone"].strip()
        if zone not in available_timezones():
            raise forms.ValidationError(_("This time zone is not known: write one such as Europe/Amsterdam."))
        return zone

    def clean_country(self) -> str:
        country = self.cleaned_data["country"].upper()
        if country and country not in countries():
            raise forms.ValidationError(_("The public holidays of this country are not known: leave it empty."))
        return country

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data[name] for name in DAYS):
            self.add_error(DAYS[0], _("A calendar needs working hours on at least one day."))
        return data

    def values(self) -> dict[str, Any]:
        """As the actions take it."""
        data = self.cleaned_data
        hours = [[list(span) for span in data[name]] for name in DAYS]
        return {"name": data["name"], "timezone": data["timezone"], "country": data["country"], "hours": hours}


class SetSpecialDay(forms.Form):
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    what = forms.CharField(label=gettext_lazy("What it is"), max_length=LONGEST)
    hours = Hours(label=gettext_lazy("Hours"), help_text=gettext_lazy("Empty: nobody works. Such as 8:00-12:00."))


class RemoveSpecialDay(forms.Form):
    on = forms.DateField(widget=forms.HiddenInput)


def typed(calendar: Calendar) -> dict[str, Any]:
    """What the form begins with."""
    week = {name: text_of(spans) for name, spans in zip(DAYS, calendar.hours, strict=False)}
    return {"name": calendar.name, "timezone": calendar.timezone, "country": calendar.country, **week}
