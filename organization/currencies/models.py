"""Exchange rates with their date and origin."""

from django.db import models


class ExchangeRate(models.Model):
    """How many units of ``target`` one unit of ``source`` is worth on a day, and who says so."""

    source = models.CharField(max_length=3)
    target = models.CharField(max_length=3)
    factor = models.DecimalField(max_digits=20, decimal_places=10)
    on = models.DateField()
    origin = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "on"], name="one_rate_a_day"),
            models.CheckConstraint(condition=models.Q(factor__gt=0), name="rate_is_positive"),
        ]
