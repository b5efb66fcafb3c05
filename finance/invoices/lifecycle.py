"""The life of a supplier invoice. Matching decides its state; nobody sets it by hand."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class InvoiceState(models.TextChoices):
    RECEIVED = "received", "Received"
    WAITING_RECEIPT = "waiting_receipt", "Waits for goods"
    VARIANCE = "variance", "Differs"
    BLOCKED = "blocked", "Held by a case"
    MATCHED = "matched", "Matches"
    APPROVED = "approved", "Approved"
    RELEASED = "released", "Released for payment"
    REJECTED = "rejected", "Rejected"
    CANCELLED = "cancelled", "Cancelled"


UNSETTLED = [
    InvoiceState.RECEIVED,
    InvoiceState.WAITING_RECEIPT,
    InvoiceState.VARIANCE,
    InvoiceState.BLOCKED,
    InvoiceState.MATCHED,
]


class InvoiceLifecycle(models.Model):
    status = StateField(choices=InvoiceState.choices, default=InvoiceState.RECEIVED)
    matched_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")
    answer = models.CharField(max_length=200, blank=True, default="")
    """Why it was rejected; the supplier reads it."""

    class Meta:
        abstract = True

    @transition(field="status", source=UNSETTLED, target=InvoiceState.MATCHED)
    def match(self, *, at: datetime) -> None:
        self.matched_at = at

    @transition(field="status", source=UNSETTLED, target=InvoiceState.WAITING_RECEIPT)
    def wait_for_receipt(self) -> None: ...

    @transition(field="status", source=UNSETTLED, target=InvoiceState.VARIANCE)
    def differ(self) -> None: ...

    @transition(field="status", source=UNSETTLED, target=InvoiceState.BLOCKED)
    def block(self) -> None: ...

    @transition(field="status", source=[InvoiceState.MATCHED, InvoiceState.VARIANCE], target=InvoiceState.APPROVED)
    def approve(self, *, reason: str) -> None:
        self.reason = reason

    @transition(field="status", source=UNSETTLED, target=InvoiceState.RELEASED)
    def release_at_once(self, *, at: datetime) -> None:
        """Straight through: matched and released in one step, because the database sees one update."""
        self.matched_at = self.released_at = at

    @transition(field="status", source=InvoiceState.APPROVED, target=InvoiceState.RELEASED)
    def release(self, *, at: datetime) -> None:
        self.released_at = at

    @transition(field="status", source=UNSETTLED, target=InvoiceState.REJECTED)
    def reject(self, *, reason: str) -> None:
        self.reason = self.answer = reason

    @transition(field="status", source=[*UNSETTLED, InvoiceState.APPROVED], target=InvoiceState.CANCELLED)
    def cancel(self, *, reason: str) -> None:
        self.reason = reason
