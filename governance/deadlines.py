"""When something is due: so many working hours from now, at a place."""

from datetime import datetime, timedelta
from decimal import Decimal


def due(at: datetime, hours: Decimal | int | float) -> datetime:
    """Plain hours, until places have calendars."""
    return at + timedelta(hours=float(hours))
