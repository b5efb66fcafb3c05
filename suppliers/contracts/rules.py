"""When a contract is used up if it goes on as it went. No rows, no clock."""

from datetime import date, timedelta
from decimal import Decimal

LOOKED_BACK = 90
"""Days whose pace is carried on."""


def used_up_on(*, left: Decimal, called_lately: Decimal, starts_on: date, ends_on: date, on: date) -> date | None:
    """The day on which nothing is left; None when that is after its end, or when nothing is called.

    The pace is that of the last ``LOOKED_BACK`` days, or of as many as it has been in force.
    """
    if left <= 0:
        return on
    days = min(LOOKED_BACK, max((on - starts_on).days, 1))
    if called_lately <= 0:
        return None
    lasts = left * days / called_lately
    if lasts > (ends_on - on).days:
        return None
    return on + timedelta(days=int(lasts))
