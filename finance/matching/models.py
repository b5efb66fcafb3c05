"""How far an invoice may differ before somebody must look."""

from django.db import models

from foundation.documents.models import UNSEEN


class MatchTolerance(models.Model):
    """By entity, or by entity and supplier; the narrower one counts. Zero is the default everywhere."""

    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    supplier = models.ForeignKey("suppliers.Supplier", null=True, blank=True, **UNSEEN)
    price_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    price_absolute = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    quantity_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    amount_absolute = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    straight_through_cap = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    """Up to this total a matching invoice is released without anybody looking; empty = never."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "supplier"], name="one_match_tolerance", nulls_distinct=False)
        ]
