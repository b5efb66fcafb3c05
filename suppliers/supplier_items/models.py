"""What a supplier sells, in which packs and at which prices."""

from django.db import models
from django.db.models import F, Q

from foundation.documents.models import UNSEEN, Recorded


class SupplierItem(Recorded):
    """One item from one supplier. It is ordered in ``unit``: 1 unit = numerator / denominator of the item's base."""

    lock_rank = 33

    supplier = models.ForeignKey("suppliers.Supplier", on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey("organization.Item", **UNSEEN)
    supplier_sku = models.CharField(max_length=60, blank=True, default="")
    unit = models.ForeignKey("organization.Unit", **UNSEEN)
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    minimum = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    """Smallest order, in ``unit``."""
    multiple = models.DecimalField(max_digits=20, decimal_places=6, default=1)
    """Orders are multiples of this, in ``unit``."""
    lead_time_days = models.PositiveSmallIntegerField(default=14)
    currency = models.CharField(max_length=3)
    is_preferred = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "item"], name="one_offer_per_supplier_and_item"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(is_preferred=True, is_active=True), name="one_preferred_supplier"
            ),
            models.CheckConstraint(condition=Q(numerator__gt=0, denominator__gt=0), name="offer_factor_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_sku or self.item.sku} from {self.supplier}"


class PriceBreak(models.Model):
    """From this quantity on (in the supplier item's unit) a unit costs this, while the price is valid."""

    supplier_item = models.ForeignKey(SupplierItem, on_delete=models.CASCADE, related_name="prices")
    quantity_from = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    price = models.DecimalField(max_digits=20, decimal_places=6)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier_item", "quantity_from", "valid_from"], name="one_price_per_break_and_day"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="price_not_negative"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="price_is_valid_some_day"
            ),
        ]
