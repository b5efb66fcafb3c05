"""Purchase orders, their lines, and what the supplier saw of them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, QUANTITY, UNSEEN, Document, Line
from procurement.orders.lifecycle import OrderLifecycle, OrderState


class Confirmed(models.TextChoices):
    """The confirmation facet: what the supplier's answers amount to."""

    NONE = "none", "Not confirmed"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    PARTLY = "partly", "Partly confirmed"
    CONFIRMED = "confirmed", "Confirmed"
    CHANGED = "changed", "Supplier changed it"
    REJECTED = "rejected", "Rejected by supplier"
    DEEMED = "deemed", "Deemed accepted"


class Synced(models.TextChoices):
    """The sync facet: whether the ERP knows what we know."""

    NONE = "none", "Not in the ERP"
    PENDING = "pending", "On its way to the ERP"
    SYNCED = "synced", "In step with the ERP"
    FAILED = "failed", "The ERP refused it"


class PurchaseOrder(FSMModelMixin, OrderLifecycle, Document):
    """An order to one supplier, for one site, in one currency."""

    lock_rank = 50
    fixed = ("entity", "site")
    see_verb = "see_order"
    scope_paths = {
        "entity": "entity_id",
        "site": "site_id",
        "category": "category_ids[]",
        "supplier": "supplier_id",
        "cost_center": "cost_center_id",
    }

    number = models.CharField(max_length=30, unique=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    """The only name of the order in portal addresses and mails."""
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    cost_center = models.ForeignKey("organization.CostCenter", null=True, blank=True, **UNSEEN)
    buyer = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    category_ids = ArrayField(models.BigIntegerField(), default=list)
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10, default=1)
    amount = models.DecimalField(**MONEY)
    """Sum of the line amounts, in ``currency``."""
    payment_terms = models.CharField(max_length=40, blank=True, default="")
    incoterm = models.CharField(max_length=3, blank=True, default="")
    need_by = models.DateField(null=True)
    note = models.TextField(blank=True, default="")
    confirmed = models.CharField(max_length=12, choices=Confirmed.choices, default=Confirmed.NONE)
    confirm_by = models.DateTimeField(null=True)
    deemed_at = models.DateTimeField(null=True)
    """When silence counts as a yes; never, where that was not agreed."""
    quantity_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    """How far an answer may differ, as it was agreed when the order went out: so it is judged for good."""
    price_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    days_early = models.PositiveSmallIntegerField(default=0)
    days_late = models.PositiveSmallIntegerField(default=0)
    supplier_reference = models.CharField(max_length=40, blank=True, default="")
    synced = models.CharField(max_length=8, choices=Synced.choices, default=Synced.NONE)
    erp_number = models.CharField(max_length=40, blank=True, default="")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    """The order on which the lines of an emptied one stand."""
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["site", "-id"], name="orders_of_site"),
            models.Index(fields=["entity", "-id"], name="orders_of_entity"),
            models.Index(fields=["supplier", "-id"], name="orders_of_supplier"),
            models.Index(fields=["-id"], condition=Q(status=OrderState.ISSUED), name="orders_open"),
            models.Index(fields=["status", "-id"], name="orders_by_status"),
            models.Index(fields=["buyer", "-id"], name="orders_of_buyer"),
            GinIndex(fields=["category_ids"], name="order_categories"),
            GinIndex(OpClass(Upper("number"), name="gin_trgm_ops"), name="order_number_part"),
            GinIndex(OpClass(Upper("erp_number"), name="gin_trgm_ops"), name="order_erp_number_part"),
            GinIndex(OpClass(Upper("supplier_reference"), name="gin_trgm_ops"), name="order_reference_part"),
        ]

    def __str__(self) -> str:
        return self.number


THROUGH_ORDER = {
    "entity": "order__entity_id",
    "site": "order__site_id",
    "category": "order__category_ids[]",
    "supplier": "order__supplier_id",
    "cost_center": "order__cost_center_id",
}
"""The scope of documents about an order is the order's."""


class PurchaseOrderLine(Line):
    """One thing ordered. The counters keep the quantity law, in base units; the database holds them to it."""

    part_of = "order"
    see_verb = "see_order"
    scope_paths = {
        "entity": "order__entity_id",
        "site": "order__site_id",
        "category": "category_id",
        "supplier": "order__supplier_id",
        "cost_center": "order__cost_center_id",
    }

    order = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    item = models.ForeignKey("organization.Item", null=True, blank=True, **UNSEEN)
    supplier_sku = models.CharField(max_length=60, blank=True, default="")
    description = models.CharField(max_length=200)
    category = models.ForeignKey("organization.Category", **UNSEEN)
    unit = models.ForeignKey("organization.Unit", **UNSEEN)
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    price = models.DecimalField(**MONEY)
    """For one base unit, in the order's currency."""
    price_source = models.CharField(max_length=20, default="entered")
    contract_line = models.ForeignKey("suppliers.ContractLine", null=True, blank=True, **UNSEEN)
    amount = models.DecimalField(**MONEY)
    cost_center = models.ForeignKey("organization.CostCenter", null=True, blank=True, **UNSEEN)
    need_by = models.DateField()
    promised_on = models.DateField(null=True)
    confirmed_quantity = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    commitment = models.ForeignKey("finance.Commitment", null=True, **UNSEEN)
    closed_short = models.BooleanField(default=False)
    ordered = models.DecimalField(**QUANTITY)
    over = models.DecimalField(**QUANTITY)
    open = models.DecimalField(**QUANTITY)
    received = models.DecimalField(**QUANTITY)
    reopened = models.DecimalField(**QUANTITY)
    cancelled = models.DecimalField(**QUANTITY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_order_line_per_number"),
            models.CheckConstraint(
                condition=Q(ordered=F("open") + F("received") - F("reopened") + F("cancelled") - F("over")),
                name="quantity_law",
            ),
            models.CheckConstraint(condition=Q(open=0) | Q(over=0), name="open_or_over"),
            models.CheckConstraint(
                condition=Q(
                    ordered__gte=0, over__gte=0, open__gte=0, received__gte=0, reopened__gte=0, cancelled__gte=0
                ),
                name="no_counter_negative",
            ),
            models.CheckConstraint(condition=Q(reopened__lte=F("received")), name="reopened_was_received"),
            models.CheckConstraint(condition=Q(price__gte=0), name="order_price_not_negative"),
        ]
        indexes = [
            models.Index(fields=["item", "-id"], name="order_lines_of_item"),
            models.Index(fields=["need_by"], condition=Q(open__gt=0), name="order_lines_due"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.number}"


class LineSource(models.Model):
    """Lineage: how much of an order line comes from which requisition line."""

    order_line = models.ForeignKey(PurchaseOrderLine, on_delete=models.CASCADE, related_name="sources")
    requisition_line = models.ForeignKey(
        "procurement.RequisitionLine", on_delete=models.PROTECT, related_name="targets"
    )
    quantity = models.DecimalField(**QUANTITY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_line", "requisition_line"], name="one_source_per_pair"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="source_gives_something"),
        ]


class OrderRevision(models.Model):
    """What the supplier saw, frozen: the content of one revision and its digest."""

    append_only = True

    order = models.ForeignKey(PurchaseOrder, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="one_revision_per_number")]
