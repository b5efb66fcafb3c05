"""Working calendars as rows; the arithmetic is in rules.py."""

from django.db import models

from foundation.documents.models import Recorded


class Calendar(Recorded):
    """Opening hours of a week, the country whose public holidays count, and days that are unlike the others."""

    lock_rank = 18

    name = models.CharField(max_length=80, unique=True)
    timezone = models.CharField(max_length=60, default="UTC")
    hours = models.JSONField(default=list)
    """Seven lists, Monday first, of [from, to] pairs of minutes since midnight."""
    country = models.CharField(max_length=2, blank=True, default="")
    special_days = models.JSONField(default=dict)
    """ISO date -> {"what": "Stocktaking", "hours": [[from, to]]}. They go before public holidays; no hours: closed."""

    def __str__(self) -> str:
        return self.name
