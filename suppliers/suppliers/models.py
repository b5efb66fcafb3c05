"""Suppliers: a role of a party, with the terms we buy on."""

from django.db import models
from django_fsm import FSMModelMixin

from foundation.documents.models import Recorded
from suppliers.suppliers.lifecycle import SupplierLifecycle, SupplierState


class Channel(models.TextChoices):
    """How orders reach the supplier and answers come back."""

    PORTAL = "portal", "Portal"
    LINK = "link", "Link by mail"
    API = "api", "API"
    EDI = "edi", "EDI"
    FILE = "file", "File"


class Risk(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Supplier(FSMModelMixin, SupplierLifecycle, Recorded):
    """Who sells to us. The key is the party's, so scopes on a party reach its supplier rows."""

    lock_rank = 30
    fixed = ("party",)

    party = models.OneToOneField("organization.Party", on_delete=models.PROTECT, primary_key=True, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    currency = models.CharField(max_length=3)
    payment_terms = models.CharField(max_length=40, default="30 days net")
    incoterm = models.CharField(max_length=3, default="DAP")
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.LINK)
    risk = models.CharField(max_length=6, choices=Risk.choices, default=Risk.LOW)
    confirms_within_hours = models.PositiveSmallIntegerField(default=48)
    deemed_accepted_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(default=14)
    quantity_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    """How far a confirmed quantity may differ before the buyer must agree, in percent."""
    price_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    days_early = models.PositiveSmallIntegerField(default=3)
    days_late = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["status", "number"], name="suppliers_by_status")]

    def __str__(self) -> str:
        return f"{self.number} {self.party.name}"

    @property
    def may_be_ordered_from(self) -> bool:
        return self.status == SupplierState.ACTIVE


class Contact(models.Model):
    """A person at the supplier whom we write to; whoever signs in is a Person besides."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True, default="")
    purpose = models.CharField(max_length=20, default="orders")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "email", "purpose"], name="one_contact_per_purpose")]
