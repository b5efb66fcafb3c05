"""When something is due: so many working hours from now, at a site."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from organization.calendars.queries import week
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
