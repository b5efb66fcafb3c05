"""When something is due: so many working hours from now, at a site."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from organization.calendars.queries import today, week
from organization.sites.queries import calendar_of


def due(at: datetime, hours: Decimal | int, *, site_id: int | None = None) -> datetime:
    """So many hours of the site's calendar, or of its entity's; where there is none, every hour counts. One query."""
    work = timedelta(hours=float(hours))
    calendar = calendar_of(site_id) if site_id else None
    if calendar is None:
        return at + work
    return week(calendar, (at.year, at.year + 1)).add_working(at, work)


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
