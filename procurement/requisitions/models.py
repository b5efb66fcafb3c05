"""What somebody needs: a requisition and its lines."""

import uuid
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, QUANTITY, UNSEEN, Document, Line
from procurement.requisitions.lifecycle import TO_ORDER, RequisitionLifecycle


class Urgency(models.TextChoices):
    NORMAL = "normal", "Normal"
    URGENT = "urgent", "Urgent"
    EMERGENCY = "emergency", "Emergency"


class Source(models.TextChoices):
    """What made somebody ask."""

    PERSON = "person", "Asked by a person"
    REPLENISHMENT = "replenishment", "Replenishment"
    BACKORDER = "backorder", "Customer backorder"
    IMPORT = "import", "Imported"


class LineOutcome(models.TextChoices):
    """What an approver said of a line that the request goes on without."""

    RETURNED = "returned", "Sent back"
    REJECTED = "rejected", "Rejected"


class Requisition(FSMModelMixin, RequisitionLifecycle, Document):
    """A request to buy. Amounts are in the entity's currency, which authority limits are written in."""

    lock_rank = 40
    fixed = ("entity", "site", "cost_center", "requester")
    see_verb = "see_requisition"
    scope_paths = {
        "entity": "entity_id",
        "site": "site_id",
        "category": "category_ids[]",
        "supplier": "supplier_ids[]",
        "cost_center": "cost_center_id",
    }
    lines_at_hand: "list[RequisitionLine] | None" = None
    """What an action has just written or read, so that its answer need not read it again."""

    number = models.CharField(max_length=30, unique=True)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    cost_center = models.ForeignKey("organization.CostCenter", null=True, blank=True, **UNSEEN)
    requester = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    urgency_reason = models.CharField(max_length=200, blank=True, default="")
    stock_out_on = models.DateField(null=True)
    """The day on which something stands still without it: the evidence of an emergency."""
    source = models.CharField(max_length=14, choices=Source.choices, default=Source.PERSON)
    need_by = models.DateField(null=True)
    note = models.TextField(blank=True, default="")
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(**MONEY)
    category_ids = ArrayField(models.BigIntegerField(), default=list)
    supplier_ids = ArrayField(models.BigIntegerField(), default=list)
    checks = models.JSONField(default=list)
    """What the policy checks said at submit: [{"kind", "verdict", "sentence", "line"}]."""
    classification = models.JSONField(default=dict)
    """What it is of, as it was classified at submit: {"spend", "risk", "confidence", "reasons"}."""
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["site", "-id"], name="requisitions_of_site"),
            models.Index(fields=["entity", "-id"], name="requisitions_of_entity"),
            models.Index(fields=["requester", "-id"], name="requisitions_of_requester"),
            models.Index(fields=["status", "-id"], name="requisitions_by_status"),
            GinIndex(fields=["category_ids"], name="requisition_categories"),
        ]

    def __str__(self) -> str:
        return self.number

    def take(self, lines: "list[RequisitionLine]") -> None:
        """Carry in the header what follows from the lines that are asked for still."""
        self.line_count = len(lines)
        lines = [line for line in lines if not line.outcome]
        self.amount = sum((line.amount for line in lines), Decimal(0))
        self.category_ids = sorted({line.category_id for line in lines})
        self.supplier_ids = sorted({line.supplier_id for line in lines if line.supplier_id})


class RequisitionLine(Line):
    """One thing that is needed. ``lineage`` goes with it through order, receipt and match."""

    part_of = "requisition"
    see_verb = "see_requisition"
    scope_paths = {
        "entity": "requisition__entity_id",
        "site": "site_id",
        "category": "category_id",
        "supplier": "supplier_id",
        "cost_center": "requisition__cost_center_id",
    }

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    lineage = models.UUIDField(default=uuid.uuid4, unique=True)
    item = models.ForeignKey("organization.Item", null=True, blank=True, **UNSEEN)
    description = models.CharField(max_length=200)
    category = models.ForeignKey("organization.Category", **UNSEEN)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    need_by = models.DateField()
    supplier = models.ForeignKey("suppliers.Supplier", null=True, blank=True, **UNSEEN)
    supplier_item = models.ForeignKey("suppliers.SupplierItem", null=True, blank=True, **UNSEEN)
    contract_line = models.ForeignKey("suppliers.ContractLine", null=True, blank=True, **UNSEEN)
    unit = models.ForeignKey("organization.Unit", **UNSEEN)
    """The unit it was asked for in; 1 unit = numerator / denominator base."""
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    quantity = models.DecimalField(**QUANTITY)
    """In the base unit."""
    price = models.DecimalField(**MONEY)
    """For one base unit, in ``currency``."""
    currency = models.CharField(max_length=3)
    price_source = models.CharField(max_length=20, default="entered")
    rate = models.DecimalField(max_digits=20, decimal_places=10, default=1)
    amount = models.DecimalField(**MONEY)
    """In the entity's currency, rounded once."""
    note = models.CharField(max_length=200, blank=True, default="")
    ordered = models.DecimalField(**QUANTITY)
    cancelled = models.DecimalField(**QUANTITY)
    outcome = models.CharField(max_length=8, choices=LineOutcome.choices, blank=True, default="")
    outcome_reason = models.CharField(max_length=2000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requisition", "number"],
                name="one_requisition_line_per_number",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="something_is_needed"),
            models.CheckConstraint(
                condition=Q(ordered__gte=0, cancelled__gte=0, quantity__gte=F("ordered") + F("cancelled")),
                name="not_more_ordered_than_needed",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(cancelled=F("quantity")), name="nothing_left_of_what_was_taken_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requisition_id}/{self.number}"

    @property
    def remaining(self):  # type: ignore[no-untyped-def]
        """What still waits to be ordered, in the base unit."""
        return self.quantity - self.ordered - self.cancelled


POOL = Q(requisition__status__in=TO_ORDER, quantity__gt=F("ordered") + F("cancelled"))
"""Approved lines of which something waits to be ordered."""
