"""How far an invoice may differ before somebody must look."""

from django.db import models

from foundation.documents.models import UNSEEN, Recorded


class MatchTolerance(Recorded):
    """By entity, or by entity and supplier; the narrower one counts. Zero is the default everywhere."""

    lock_rank = 12

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

    def __str__(self) -> str:
        return f"{self.entity.code} · {self.supplier or 'all suppliers'}"

    def places(self) -> dict[str, set[int]]:
        """Where it counts, for asking whether somebody may set it."""
        return {"entity": {self.entity_id}} | ({"supplier": {self.supplier_id}} if self.supplier_id else {})
