"""When something is due: so many working hours from now, at a site."""

from datetime import datetime, timedelta
from decimal import Decimal


def due(at: datetime, hours: Decimal | int, *, site_id: int | None = None) -> datetime:
    """Plain hours, until sites have calendars."""
    return at + timedelta(hours=float(hours))
