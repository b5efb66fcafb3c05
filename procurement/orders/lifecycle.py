"""The life of a purchase order. What the supplier said, what came and what was billed are facets, never states."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from foundation.lifecycles import StateField, transition, unless


class OrderState(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_APPROVAL = "in_approval", "In approval"
    APPROVED = "approved", "Approved"
    ISSUED = "issued", "Issued"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"
    REJECTED = "rejected", "Rejected"


S = OrderState
UNSENT = (S.DRAFT, S.APPROVED)
"""Nobody outside has heard of it, and nobody is being asked about it."""
ENDED = (S.CLOSED, S.CANCELLED, S.REJECTED)


@unless
def has_lines(order: "OrderLifecycle") -> str | None:
    return None if order.line_count else _("The order has no lines.")


@unless
def supplier_is_active(order: "OrderLifecycle") -> str | None:
    if order.supplier.may_be_ordered_from or order.has_waiver:
        return None
    return _("The supplier is %(state)s.") % {"state": order.supplier.get_status_display().lower()}


@unless
def documents_are_here(order: "OrderLifecycle") -> str | None:
    return None if order.has_waiver else " ".join(order.document_stops) or None


@unless
def nothing_received(order: "OrderLifecycle") -> str | None:
    return _("Goods were received already: cancel what is left instead.") if order.received_at else None


@unless
def nothing_open(order: "OrderLifecycle") -> str | None:
    return _("Some lines are still open.") if order.open_line_count else None


class OrderLifecycle(models.Model):
    status = StateField(choices=S.choices, default=S.DRAFT)
    line_count = models.PositiveIntegerField(default=0)
    open_line_count = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    """0 until issued; each revision is what the supplier saw, frozen."""
    approved_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    """When the first goods arrived."""
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")

    has_waiver = False
    """Whether, in this turn, a waiver lets it be issued although the supplier is not open for orders."""
    document_stops: Sequence[str] = ()
    """Documents of the supplier that stop orders, as the door found them."""
    born_as = (S.DRAFT, S.APPROVED)
    """Lines that were approved within their request make an approved order."""

    class Meta:
        abstract = True

    @transition(field="status", source=S.DRAFT, target=S.IN_APPROVAL, conditions=[has_lines])
    def submit(self) -> None: ...

    @transition(field="status", source=[S.DRAFT, S.IN_APPROVAL], target=S.APPROVED, conditions=[has_lines])
    def approve(self, *, at: datetime) -> None:
        self.approved_at = at

    @transition(field="status", source=S.IN_APPROVAL, target=S.DRAFT)
    def send_back(self) -> None: ...

    @transition(field="status", source=S.IN_APPROVAL, target=S.REJECTED)
    def reject(self) -> None: ...

    @transition(
        field="status",
        source=S.APPROVED,
        target=S.ISSUED,
        conditions=[has_lines, supplier_is_active, documents_are_here],
    )
    def issue(self, *, at: datetime) -> None:
        self.issued_at, self.revision = at, 1

    @transition(field="status", source=S.ISSUED, target=S.ISSUED)
    def revise(self) -> None:
        self.revision += 1

    @transition(
        field="status",
        source=[S.DRAFT, S.IN_APPROVAL, S.APPROVED, S.ISSUED],
        target=S.CANCELLED,
        conditions=[nothing_received],
    )
    def cancel(self, *, reason: str, at: datetime) -> None:
        self.reason, self.closed_at = reason, at
        if self.revision:
            self.revision += 1

    @transition(field="status", source=S.ISSUED, target=S.CLOSED, conditions=[nothing_open])
    def close(self, *, at: datetime) -> None:
        self.closed_at = at

    @transition(field="status", source=S.CLOSED, target=S.ISSUED)
    def reopen(self) -> None:
        self.closed_at = None
