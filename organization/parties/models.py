"""A party, as UBL has it: an organization under one name and its identifiers."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

KNOWN_BY = ("name", "country", "city", "address", "vat_number", "gln")
"""What a party is entered and changed by, whatever its role."""


class Party(models.Model):
    """An organization we deal with. Suppliers and customers are roles of a party and share its key."""

    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=100, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    vat_number = models.CharField(max_length=20, blank=True, default="")
    gln = models.CharField(max_length=13, blank=True, default="")
    language = models.CharField(max_length=10, default="en")

    class Meta:
        verbose_name_plural = "parties"
        indexes = [
            models.Index(fields=["name"], name="party_name"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="party_name_part"),
        ]

    def __str__(self) -> str:
        return self.name
