"""Suppliers: a role of a party, with the terms we buy on."""

from datetime import date

from django.db import models
from django.db.models.functions import Now
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


RISKIER = {Risk.LOW: Risk.MEDIUM, Risk.MEDIUM: Risk.HIGH, Risk.HIGH: Risk.HIGH}


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
    """The class as it was judged; what the matrix reads is ``risk_on``."""
    risk_source = models.CharField(max_length=80, blank=True, default="")
    risk_judged_on = models.DateField(null=True, blank=True)
    risk_until = models.DateField(null=True, blank=True)
    """The last day on which the judgment counts; none: until somebody judges anew."""
    is_watched = models.BooleanField(default=False)
    """Its failures reached the threshold: it counts as one class riskier until they are past."""
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

    def risk_on(self, day: date) -> str:
        """The class that counts on a day: high when the judgment is over, one class up while it is watched."""
        if self.risk_until is not None and day > self.risk_until:
            return Risk.HIGH
        return RISKIER[Risk(self.risk)] if self.is_watched else self.risk

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
    added_at = models.DateTimeField(db_default=Now())
    """Since when we know it: a number that came with a new bank account proves nothing about it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "email", "purpose"], name="one_contact_per_purpose")]
