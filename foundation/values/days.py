"""A day in words, and where it ends: sentences, screens and forms say it alike."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(on: date) -> str:
    """``4 Dec 2026``, never 04/12/26."""
    return f"{on.day} {_(MONTHS[on.month - 1])} {on.year}"


def day_of(at: datetime | str) -> str:
    """The day of an instant in words, also of one as the journal keeps it."""
    return day_text((datetime.fromisoformat(at) if isinstance(at, str) else at).date())


def end_of(day: date) -> datetime:
    """The instant at which a day is over where the reader is; nobody waits for the end of the calendar's last one."""
    day = min(day, date.max - timedelta(days=2))
    return datetime.combine(day + timedelta(days=1), time(), get_current_timezone())
