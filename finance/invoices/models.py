"""Supplier invoices and what the match said of each line."""

import uuid

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from finance.invoices.lifecycle import InvoiceLifecycle, InvoiceState
from foundation.documents.models import MONEY, QUANTITY, UNSEEN, Document, Line


class Invoice(FSMModelMixin, InvoiceLifecycle, Document):
    """What a supplier asks us to pay."""

    lock_rank = 90
    see_verb = "see_invoice"
    scope_paths = {"entity": "entity_id", "supplier": "supplier_id"}

    number = models.CharField(max_length=30, unique=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    supplier_number = models.CharField(max_length=40)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    invoiced_on = models.DateField()
    due_on = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    net_amount = models.DecimalField(**MONEY)
    tax_amount = models.DecimalField(**MONEY)
    total_amount = models.DecimalField(**MONEY)
    received_at = models.DateTimeField()
    captured_by = models.CharField(max_length=80)
    variance_amount = models.DecimalField(**MONEY)
    verdict = models.CharField(max_length=300, blank=True, default="")
    """The worst line's sentence."""
    file = models.ForeignKey("foundation.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    credits = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="credit_notes")
    """The invoice that this one, a credit note, gives money back of: its quantities and amounts are negative."""
    erp_number = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "supplier",
                "supplier_number",
                models.functions.ExtractYear("invoiced_on"),
                condition=~Q(status__in=[InvoiceState.CANCELLED, InvoiceState.REJECTED]),
                name="one_invoice_per_supplier_number",
            )
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="invoices_by_status"),
            models.Index(fields=["supplier", "-id"], name="invoices_of_supplier"),
            models.Index(fields=["entity", "-id"], name="invoices_of_entity"),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(Line):
    part_of = "invoice"
    see_verb = "see_invoice"
    scope_paths = {"entity": "invoice__entity_id", "supplier": "invoice__supplier_id"}

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    description = models.CharField(max_length=200)
    order_number = models.CharField(max_length=30, blank=True, default="")
    commitment = models.ForeignKey("finance.Commitment", null=True, on_delete=models.PROTECT, related_name="billing")
    quantity = models.DecimalField(**QUANTITY)
    """In the item's base unit."""
    price = models.DecimalField(**MONEY)
    amount = models.DecimalField(**MONEY)
    tax_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    verdict = models.CharField(max_length=30, blank=True, default="")
    sentence = models.CharField(max_length=300, blank=True, default="")
    difference_amount = models.DecimalField(**MONEY)
    is_accepted = models.BooleanField(default=False)
    """A person accepted the difference, with a reason in the journal."""
    credited_amount = models.DecimalField(**MONEY)
    """What an agreed credit note gives back of it: a difference up to this is none."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invoice", "number"], name="one_invoice_line_per_number")]

    @property
    def is_credited(self) -> bool:
        return bool(self.credited_amount) and self.difference_amount <= self.credited_amount
