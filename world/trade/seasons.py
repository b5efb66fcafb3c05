"""How busy a distributor's day is: quiet in August and around the turn of the year, busy before both."""

from datetime import date

MONTHS = [0.8, 0.95, 1.1, 1.05, 1.05, 1.15, 0.95, 0.7, 1.1, 1.15, 1.1, 0.75]


def busy(day: date) -> float:
    """A weight; Mondays bring what the weekend left."""
    return MONTHS[day.month - 1] * (1.2 if day.weekday() == 0 else 1.0)
