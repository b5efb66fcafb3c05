"""Goods at a site promised to a demand line."""

from django.db import models
from django.db.models import Q

from foundation.documents.models import QUANTITY, UNSEEN, Line


class Allocation(Line):
    see_verb = "see_demand"
    scope_paths = {"entity": "site__entity_id", "site": "site_id", "category": "item__category_id"}

    line = models.ForeignKey("fulfillment.DemandLine", on_delete=models.PROTECT, related_name="allocations")
    site = models.ForeignKey("organization.Site", **UNSEEN)
    item = models.ForeignKey("organization.Item", **UNSEEN)
    quantity = models.DecimalField(**QUANTITY)
    """Promised and not yet shipped; 0 when it all left or was released."""
    allocated_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "site"], name="one_allocation_per_line_and_site"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="allocation_not_negative"),
        ]
        indexes = [models.Index(fields=["item", "site"], condition=Q(quantity__gt=0), name="living_allocations")]
