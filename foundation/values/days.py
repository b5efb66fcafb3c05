"""A day in words: sentences and screens write it alike."""

from datetime import date, datetime

from django.utils.translation import gettext as _

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(on: date) -> str:
    """``4 Dec 2026``, never 04/12/26."""
    return f"{on.day} {_(MONTHS[on.month - 1])} {on.year}"


def day_of(at: datetime | str) -> str:
    """The day of an instant in words, also of one as the journal keeps it."""
    return day_text((datetime.fromisoformat(at) if isinstance(at, str) else at).date())
