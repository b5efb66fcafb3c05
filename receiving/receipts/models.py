"""Goods receipts: what was counted, line by line, and what became of it."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import QUANTITY, UNSEEN, Document, Line
from receiving.receipts.lifecycle import ReceiptLifecycle


class Receipt(FSMModelMixin, ReceiptLifecycle, Document):
    """One delivery of one supplier at one site; it may touch several orders."""

    lock_rank = 80
    see_verb = "see_receipt"
    scope_paths = {"entity": "site__entity_id", "site": "site_id", "supplier": "supplier_id"}

    number = models.CharField(max_length=30, unique=True)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    notice = models.ForeignKey("receiving.ShipNotice", null=True, on_delete=models.PROTECT, related_name="receipts")
    dock = models.ForeignKey("organization.Dock", null=True, **UNSEEN)
    delivery_note = models.CharField(max_length=40, blank=True, default="")
    arrived_at = models.DateTimeField()
    receiver = models.CharField(max_length=80)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    erp_number = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        verbose_name = "goods receipt"
        indexes = [
            models.Index(fields=["site", "-id"], name="receipts_of_site"),
            models.Index(fields=["supplier", "-id"], name="receipts_of_supplier"),
        ]

    def __str__(self) -> str:
        return self.number


class ReceiptLine(Line):
    """One expected or found thing. What was counted, then (at posting) where it went."""

    part_of = "receipt"
    see_verb = "see_receipt"
    scope_paths = {
        "entity": "receipt__site__entity_id",
        "site": "receipt__site_id",
        "supplier": "receipt__supplier_id",
    }

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    order_line = models.ForeignKey(
        "procurement.PurchaseOrderLine", null=True, on_delete=models.PROTECT, related_name="receipt_lines"
    )
    notice_line = models.ForeignKey("receiving.ShipNoticeLine", null=True, **UNSEEN)
    content = models.ForeignKey("receiving.UnitContent", null=True, **UNSEEN)
    """Where the notice says on which unit it stands: that unit's part of the notice's line."""
    item = models.ForeignKey("organization.Item", null=True, **UNSEEN)
    description = models.CharField(max_length=200)
    expected = models.DecimalField(**QUANTITY)
    is_counted = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    """How often it was counted; where counting is blind, a first count that differs is asked for again."""
    accepted = models.DecimalField(**QUANTITY)
    """Counted in good order, over-quantity included until posting splits it."""
    damaged = models.DecimalField(**QUANTITY)
    refused = models.DecimalField(**QUANTITY)
    """Not taken in: it left with the truck."""
    held = models.DecimalField(**QUANTITY)
    """Of the accepted, what is beyond tolerance or came without papers and waits for a decision (set at posting)."""
    lot = models.CharField(max_length=40, blank=True, default="")
    has_certificate = models.BooleanField(default=False)
    """Whether the certificate of an item that needs one came along."""
    note = models.CharField(max_length=200, blank=True, default="")
    photo = models.ForeignKey("foundation.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    discrepancies = models.JSONField(default=list)
    """[{"kind": "receipt_short", "quantity": "30", "sentence": "...", "stands": {"hold": "30"}}], said at posting."""
    accrual = models.ForeignKey("finance.Accrual", null=True, **UNSEEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "number"], name="one_receipt_line_per_number"),
            models.CheckConstraint(
                condition=Q(accepted__gte=0, damaged__gte=0, refused__gte=0, held__gte=0, expected__gte=0),
                name="no_count_negative",
            ),
        ]

    @property
    def is_ours(self) -> bool:
        """Whether these goods are what an order line asked for: not a stranger, not another item in its place."""
        return self.order_line_id is not None and self.item_id == self.order_line.item_id

    over_held = Decimal(0)
    """Of the held, what is too many; the rest waits for papers. Said while it is posted, and not kept."""

    @property
    def available(self) -> Decimal:
        """What may be used at once (or after inspection)."""
        return self.accepted - self.held

    @property
    def needs_recount(self) -> bool:
        return bool(self.tries) and not self.is_counted


class Scan(models.Model):
    """A scan or a keyed count from a device, by the id the device gave it: sent twice, counted once."""

    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="scans")
    device_id = models.UUIDField(unique=True)
    line = models.ForeignKey(ReceiptLine, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=120, blank=True, default="")
    quantity = models.DecimalField(**QUANTITY)
    condition = models.CharField(max_length=10, default="accepted")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
