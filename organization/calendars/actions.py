"""Enter a working calendar, change its week, say which days are not like others."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from organization.calendars.events import CalendarChanged, CalendarEntered, SpecialDayRemoved, SpecialDaySet
from organization.calendars.models import Calendar
from organization.calendars.queries import week
from organization.calendars.rules import Span, text_of

CHANGEABLE = ("name", "timezone", "country", "hours")


@verb
def enter(*, values: dict[str, Any], by: Actor, at: datetime, key: str) -> Calendar:
    """``values``: name, timezone, country and seven days of hours. Raises BadValue for a week that is none."""
    _whole_house(by, values["name"])
    calendar = Calendar(**_known(values))
    week(calendar)
    with opening(by=by, key=key):
        _unique(calendar)
        with deciding(calendar, by=by) as calendar:
            journal.record(CalendarEntered(subject=calendar.subject, name=calendar.name), at=at)
    return calendar


@verb
def change(*, calendar: Calendar, values: dict[str, Any], by: Actor, at: datetime, seen: int, key: str) -> Calendar:
    """What is due already keeps its instant; what begins from now on is counted by the new week."""
    with deciding(calendar, by=by, seen=seen, key=key) as calendar:
        _whole_house(by, calendar.name)
        for name, value in _known(values).items():
            setattr(calendar, name, value)
        week(calendar)
        _unique(calendar)
        journal.record(CalendarChanged(subject=calendar.subject, name=calendar.name), at=at)
    return calendar


@verb
def set_special_day(
    *,
    calendar: Calendar,
    on: date,
    what: str,
    hours: Sequence[Span],
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
) -> Calendar:
    """A holiday (no hours) or a day with hours of its own, also where a public holiday is worked."""
    with deciding(calendar, by=by, seen=seen, key=key) as calendar:
        _whole_house(by, calendar.name)
        if on.isoformat() in calendar.special_days:
            raise Refused(_("This day is in the list already: take it out first."))
        said = {"what": what, "hours": [list(span) for span in hours]}
        calendar.special_days = dict(sorted({**calendar.special_days, on.isoformat(): said}.items()))
        week(calendar)
        event = SpecialDaySet(
            subject=calendar.subject, name=calendar.name, on=on.isoformat(), what=what, hours=text_of(hours)
        )
        journal.record(event, at=at)
    return calendar


@verb
def remove_special_day(*, calendar: Calendar, on: date, by: Actor, at: datetime, seen: int, key: str) -> Calendar:
    """It is a day like others of the week again."""
    with deciding(calendar, by=by, seen=seen, key=key) as calendar:
        _whole_house(by, calendar.name)
        if on.isoformat() not in calendar.special_days:
            raise Refused(_("This day is not in the list any more."))
        left = dict(calendar.special_days)
        said = left.pop(on.isoformat())
        calendar.special_days = left
        event = SpecialDayRemoved(
            subject=calendar.subject, name=calendar.name, on=on.isoformat(), what=said.get("what", "")
        )
        journal.record(event, at=at)
    return calendar


def _whole_house(by: Actor, name: str) -> None:
    """Sites and entities of the whole house share calendars, so a right for one of them is not enough."""
    if not reach(by, "edit_master_data").is_everything:
        raise NotYours("edit_master_data", name)


def _unique(calendar: Calendar) -> None:
    if Calendar.objects.filter(name__iexact=calendar.name).exclude(pk=calendar.pk).exists():
        raise Refused(_("There is a calendar “%(name)s” already: choose another name.") % {"name": calendar.name})


def _known(values: dict[str, Any]) -> dict[str, Any]:
    assert values.keys() <= set(CHANGEABLE), values.keys()
    return values
