"""Customer orders as demand on stock."""

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from foundation.documents.models import QUANTITY, UNSEEN, Document, Line
from fulfillment.demand.lifecycle import DemandLifecycle


class CustomerOrder(FSMModelMixin, DemandLifecycle, Document):
    lock_rank = 95
    see_verb = "see_demand"
    scope_paths = {"entity": "site__entity_id", "site": "site_id"}

    number = models.CharField(max_length=30, unique=True)
    customer = models.ForeignKey("fulfillment.Customer", **UNSEEN)
    reference = models.CharField(max_length=40, blank=True, default="")
    site = models.ForeignKey("organization.Site", **UNSEEN)
    ordered_at = models.DateTimeField()
    promised_on = models.DateField()
    priority = models.PositiveSmallIntegerField(default=5)
    ships_complete = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["site", "-id"], name="demand_of_site")]

    def __str__(self) -> str:
        return self.number


class DemandLine(Line):
    """What a customer wants of one item. Backordered is what is neither allocated, shipped nor cancelled."""

    part_of = "order"
    see_verb = "see_demand"
    scope_paths = {"entity": "order__site__entity_id", "site": "order__site_id", "category": "item__category_id"}

    order = models.ForeignKey(CustomerOrder, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    item = models.ForeignKey("organization.Item", **UNSEEN)
    quantity = models.DecimalField(**QUANTITY)
    allocated = models.DecimalField(**QUANTITY)
    """Promised from stock and not yet shipped."""
    shipped = models.DecimalField(**QUANTITY)
    cancelled = models.DecimalField(**QUANTITY)
    backordered_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True, default="")
    """What the allocator said when it gave this line less than it wants."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_demand_line_per_number"),
            models.CheckConstraint(
                condition=Q(
                    quantity__gt=0,
                    allocated__gte=0,
                    shipped__gte=0,
                    cancelled__gte=0,
                    quantity__gte=F("allocated") + F("shipped") + F("cancelled"),
                ),
                name="demand_law",
            ),
        ]
        indexes = [
            models.Index(
                fields=["item"],
                condition=Q(quantity__gt=F("allocated") + F("shipped") + F("cancelled")),
                name="wanting",
            )
        ]

    @property
    def wanting(self):  # type: ignore[no-untyped-def]
        return self.quantity - self.allocated - self.shipped - self.cancelled


class Allocation(Line):
    """Goods at a site promised to a demand line."""

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
