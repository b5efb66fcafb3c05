"""Something that an order waits for and that is late: how far the ladder was climbed, and whose time went by."""

from django.db import models
from django.db.models import Q

from foundation.documents.models import UNSEEN, Line, Recorded
from procurement.orders.models import THROUGH_ORDER


class Late(models.TextChoices):
    CONFIRMATION = "confirmation", "Confirmation"
    SHIPMENT = "shipment", "Shipment"


class Waits(models.TextChoices):
    """Whose time it is."""

    SUPPLIER = "supplier", "The supplier"
    US = "us", "Us"
    CARRIER = "carrier", "The carrier"
    SYSTEM = "system", "Our systems"


class Chase(Recorded, Line):
    """One late answer or one late shipment of an order. Time counts by the site's working calendar."""

    lock_rank = 58
    part_of = "order"
    see_verb = "see_order"
    scope_paths = THROUGH_ORDER

    order = models.ForeignKey("procurement.PurchaseOrder", on_delete=models.PROTECT, related_name="chases")
    kind = models.CharField(max_length=12, choices=Late.choices)
    cause = models.CharField(max_length=40)
    """What of the order is late: its revision, or the day it was due. A new one is chased anew."""
    due_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    """When the next rung is due; none while somebody else than the supplier is waited for, and at the top."""
    left_seconds = models.PositiveIntegerField(default=0)
    """Working time to the next rung that was left when the clock was stopped."""
    waits_for = models.CharField(max_length=8, choices=Waits.choices, default=Waits.SUPPLIER)
    since = models.DateTimeField()
    """Since when it waits for them."""
    spent = models.JSONField(default=dict)
    """Whose time -> working seconds, up to ``since``."""
    case = models.ForeignKey("governance.Case", null=True, **UNSEEN)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "kind", "cause"], name="chased_once"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(settled_at=None), name="chases_due"),
        ]
