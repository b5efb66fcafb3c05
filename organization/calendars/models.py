"""Working calendars as rows; the arithmetic is in rules.py."""

from django.db import models


class Calendar(models.Model):
    """Opening hours of a week, the country whose public holidays count, and days that are off besides."""

    name = models.CharField(max_length=80, unique=True)
    timezone = models.CharField(max_length=60, default="UTC")
    hours = models.JSONField(default=list)
    """Seven lists, Monday first, of [from, to] pairs of minutes since midnight."""
    country = models.CharField(max_length=2, blank=True, default="")
    days_off = models.JSONField(default=list)
    """ISO dates."""

    def __str__(self) -> str:
        return self.name
