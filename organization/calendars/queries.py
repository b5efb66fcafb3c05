"""Questions to working calendars: the week as it counts, public holidays, the days ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays

from foundation.values.reason import BadValue
from organization.calendars.models import Calendar
from organization.calendars.rules import Span, WorkingCalendar, text_of

LANGUAGE = "en_US"


@dataclass(frozen=True)
class Day:
    """One day of a preview: when work is done, and why it is not like others."""

    on: date
    hours: str
    why: str
    is_special: bool


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> MappingProxyType[date, str]:
    """Day -> name, as the law of the country has them; nothing for a country nobody knows."""
    if country not in countries():
        return MappingProxyType({})
    return MappingProxyType(dict(holidays.country_holidays(country, years=year, language=LANGUAGE)))


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Countries whose public holidays are known, by their two letters."""
    return frozenset(holidays.list_supported_countries(include_aliases=False))


def week(calendar: Calendar, years: Sequence[int] = ()) -> WorkingCalendar:
    """The calendar as it counts, with the public holidays of these years. Raises BadValue for a week that is none."""
    special = {date.fromisoformat(day): _spans(said["hours"]) for day, said in calendar.special_days.items()}
    off = frozenset(day for year in years for day in public_holidays(calendar.country, year))
    try:
        hours = tuple(_spans(spans) for spans in calendar.hours)
    except (TypeError, ValueError):
        raise BadValue("not_a_week", "A week has seven days, Monday first; a day off has no hours.") from None
    return WorkingCalendar(hours, ZoneInfo(calendar.timezone), off, special)


def days_ahead(calendar: Calendar, first: date, count: int = 14) -> list[Day]:
    """What the calendar makes of the next days. No query."""
    days = [first + timedelta(days=n) for n in range(count)]
    counted = week(calendar, sorted({day.year for day in days}))
    return [_day(calendar, counted, day) for day in days]


def _day(calendar: Calendar, counted: WorkingCalendar, day: date) -> Day:
    said = calendar.special_days.get(day.isoformat())
    why = said["what"] if said else public_holidays(calendar.country, day.year).get(day, "")
    return Day(day, text_of(counted.spans_on(day)), why, is_special=bool(why))


def _spans(spans: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((begin, end) for begin, end in spans)


def today(calendar: Calendar, at: datetime) -> date:
    """The day it is where the calendar counts."""
    return at.astimezone(ZoneInfo(calendar.timezone)).date()
