"""When something is due: so many working hours from now, at a site."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal

from organization.calendars.queries import today, week
from organization.sites.queries import calendar_of


def due(at: datetime, hours: Decimal | int, *, site_id: int | None = None) -> datetime:
    """So many hours of the site's calendar, or of its entity's; where there is none, every hour counts. One query."""
    return dues(at, [hours], site_id=site_id)[0]


def dues(at: datetime, spans: Iterable[Decimal | int], *, site_id: int | None = None) -> list[datetime]:
    """Several spans from the same instant on, by one look at the calendar."""
    works = [timedelta(hours=float(hours)) for hours in spans]
    calendar = calendar_of(site_id) if site_id else None
    if calendar is None:
        return [at + work for work in works]
    open_hours = week(calendar, (at.year, at.year + 1))
    return [open_hours.add_working(at, work) for work in works]


def due_in_days(at: datetime, days: int, *, site_id: int | None = None) -> datetime:
    """The close of the so-manieth working day after this one; where there is no calendar, every day counts."""
    calendar = calendar_of(site_id) if site_id else None
    if calendar is None:
        return at + timedelta(days=days)
    counted, day, left = week(calendar, (at.year, at.year + 1)), today(calendar, at), days
    while left:
        day += timedelta(days=1)
        left -= counted.is_working_day(day)
    closes = counted.spans_on(day)[-1][1]
    midnight = datetime.combine(day, time(), counted.timezone)
    return midnight + timedelta(minutes=closes)
