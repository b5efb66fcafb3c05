"""The life of a requisition."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from foundation.lifecycles import StateField, transition, unless


class RequisitionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_APPROVAL = "in_approval", "In approval"
    RETURNED = "returned", "Sent back"
    APPROVED = "approved", "Approved"
    PARTLY_ORDERED = "partly_ordered", "Partly ordered"
    ORDERED = "ordered", "Ordered"
    REJECTED = "rejected", "Rejected"
    CANCELLED = "cancelled", "Cancelled"


S = RequisitionState
EDITABLE = [S.DRAFT, S.RETURNED]
TO_ORDER = [S.APPROVED, S.PARTLY_ORDERED]


@unless
def has_lines(requisition: "RequisitionLifecycle") -> str | None:
    return None if requisition.line_count else _("The request has no lines.")


@unless
def says_why(requisition: "RequisitionLifecycle") -> str | None:
    return None if requisition.title.strip() else _("Say in a few words what the request is for.")


@unless
def nothing_ordered(requisition: "RequisitionLifecycle") -> str | None:
    return _("Some of it is ordered already: cancel what is left line by line.") if requisition.ordered_at else None


class RequisitionLifecycle(models.Model):
    status = StateField(choices=S.choices, default=S.DRAFT)
    title = models.CharField(max_length=200, blank=True, default="")
    line_count = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=EDITABLE, target=S.IN_APPROVAL, conditions=[has_lines, says_why])
    def submit(self, *, at: datetime) -> None:
        self.submitted_at = at

    @transition(field="status", source=EDITABLE, target=S.APPROVED, conditions=[has_lines, says_why])
    def approve_at_once(self, *, at: datetime) -> None:
        """The matrix lets it pass without a person: submitted and approved in one step."""
        self.submitted_at = self.approved_at = at

    @transition(field="status", source=S.IN_APPROVAL, target=S.APPROVED)
    def approve(self, *, at: datetime) -> None:
        self.approved_at = at

    @transition(field="status", source=S.IN_APPROVAL, target=S.RETURNED)
    def send_back(self) -> None: ...

    @transition(field="status", source=S.IN_APPROVAL, target=S.REJECTED)
    def reject(self) -> None: ...

    @transition(field="status", source=S.IN_APPROVAL, target=S.DRAFT)
    def withdraw(self) -> None:
        self.submitted_at = None

    @transition(field="status", source=TO_ORDER, target=S.PARTLY_ORDERED)
    def order_some(self, *, at: datetime) -> None:
        self.ordered_at = at

    @transition(field="status", source=TO_ORDER, target=S.ORDERED)
    def order_all(self, *, at: datetime) -> None:
        self.ordered_at = at

    @transition(field="status", source=[S.PARTLY_ORDERED, S.ORDERED], target=S.PARTLY_ORDERED)
    def give_back(self) -> None:
        """An order was cancelled: its lines wait to be ordered again."""

    @transition(
        field="status", source=[*EDITABLE, S.IN_APPROVAL, S.APPROVED], target=S.CANCELLED, conditions=[nothing_ordered]
    )
    def cancel(self) -> None: ...
