"""Customers: a role of a party, with a priority when goods are short."""

from django.db import models

from foundation.documents.models import Recorded


class Customer(Recorded):
    lock_rank = 36

    party = models.OneToOneField("organization.Party", on_delete=models.PROTECT, primary_key=True, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    priority = models.PositiveSmallIntegerField(default=5)
    """1 is served first."""
    takes_partial = models.BooleanField(default=True)
    """Whether an order may leave in parts, unless the order says otherwise."""
    is_active = models.BooleanField(default=True)
    """Whether new orders are taken from it."""

    def __str__(self) -> str:
        return f"{self.number} {self.party.name}"
