"""When something is due: so many working hours from now, at a site."""

from datetime import datetime, timedelta
from decimal import Decimal

from organization.calendars.queries import week
from organization.sites.queries import calendar_of


def due(at: datetime, hours: Decimal | int, *, site_id: int | None = None) -> datetime:
    """So many hours of the site's calendar, or of its entity's; where there is none, every hour counts. One query."""
    work = timedelta(hours=float(hours))
    calendar = calendar_of(site_id) if site_id else None
    if calendar is None:
        return at + work
    return week(calendar, (at.year, at.year + 1)).add_working(at, work)
