"""What stands where, in which status, and every movement that made it so."""

from django.db import models
from django.db.models import F, Q

from foundation.documents.models import QUANTITY, UNSEEN, Line


class StockStatus(models.TextChoices):
    """One vocabulary for every site; only *available* goods can be promised."""

    AVAILABLE = "available", "Available"
    INSPECTION = "inspection", "In inspection"
    HOLD = "hold", "On hold"
    DAMAGED = "damaged", "Damaged"
    IN_TRANSIT = "in_transit", "In transit"


class StockBalance(Line):
    """How much of an item stands at a site in one status, and how much of that is promised."""

    see_verb = "see_stock"
    scope_paths = {"entity": "site__entity_id", "site": "site_id", "category": "item__category_id"}

    site = models.ForeignKey("organization.Site", **UNSEEN)
    item = models.ForeignKey("organization.Item", **UNSEEN)
    status = models.CharField(max_length=10, choices=StockStatus.choices)
    quantity = models.DecimalField(**QUANTITY)
    allocated = models.DecimalField(**QUANTITY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "item", "status"], name="one_balance"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="stock_not_negative"),
            models.CheckConstraint(
                condition=Q(allocated__gte=0, allocated__lte=F("quantity")), name="promised_is_there"
            ),
        ]
        indexes = [models.Index(fields=["item", "site"], name="balances_of_item")]


class MovementKind(models.TextChoices):
    RECEIPT = "receipt", "Receipt"
    REVERSAL = "reversal", "Reversal"
    SHIPMENT = "shipment", "Shipment"
    STATUS = "status", "Change of status"
    RETURN = "return", "Return to supplier"
    OPENING = "opening", "Opening stock"
    REPORTED = "reported", "Reported by another system"


class StockMovement(Line):
    """One line of the stock ledger. A balance is the sum of its movements."""

    append_only = True
    see_verb = "see_stock"
    scope_paths = {"entity": "site__entity_id", "site": "site_id", "category": "item__category_id"}

    site = models.ForeignKey("organization.Site", **UNSEEN)
    item = models.ForeignKey("organization.Item", **UNSEEN)
    status = models.CharField(max_length=10, choices=StockStatus.choices)
    quantity = models.DecimalField(max_digits=20, decimal_places=6)
    kind = models.CharField(max_length=10, choices=MovementKind.choices)
    reference = models.CharField(max_length=80, db_index=True)
    lot = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["item", "site", "-id"], name="movements_of_item")]
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="something_moved")]
