"""The life of a case. Waiting is charged to the party waited for."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition, unless


class CaseState(models.TextChoices):
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    WAITING_SUPPLIER = "waiting_supplier", "Waiting for the supplier"
    WAITING_INTERNAL = "waiting_internal", "Waiting for us"
    RESOLVED = "resolved", "Resolved"
    AUTO_RESOLVED = "auto_resolved", "Solved itself"
    CLOSED = "closed", "Closed"


UNSOLVED = [CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING_SUPPLIER, CaseState.WAITING_INTERNAL]
WAITING = [CaseState.WAITING_SUPPLIER, CaseState.WAITING_INTERNAL]


@unless
def says_why(case: "CaseLifecycle") -> str | None:
    return None if case.root_cause else "Say what the cause was."


class CaseLifecycle(models.Model):
    status = StateField(choices=CaseState.choices, default=CaseState.OPEN)
    opened_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=40, blank=True, default="")
    root_cause = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        abstract = True

    @transition(field="status", source=[CaseState.OPEN, *WAITING], target=CaseState.IN_PROGRESS)
    def work(self) -> None:
        self.waiting_since = None

    @transition(field="status", source=[CaseState.OPEN, CaseState.IN_PROGRESS], target=CaseState.WAITING_SUPPLIER)
    def ask_supplier(self, *, at: datetime) -> None:
        self.waiting_since = at

    @transition(field="status", source=[CaseState.OPEN, CaseState.IN_PROGRESS], target=CaseState.WAITING_INTERNAL)
    def ask_internal(self, *, at: datetime) -> None:
        self.waiting_since = at

    @transition(field="status", source=UNSOLVED, target=CaseState.RESOLVED)
    def resolve(self, *, how: str, at: datetime) -> None:
        self.resolution, self.resolved_at, self.waiting_since = how, at, None

    @transition(field="status", source=UNSOLVED, target=CaseState.AUTO_RESOLVED)
    def auto_resolve(self, *, at: datetime) -> None:
        self.resolution, self.resolved_at, self.waiting_since = "auto", at, None

    @transition(field="status", source=CaseState.RESOLVED, target=CaseState.CLOSED, conditions=[says_why])
    def close(self, *, at: datetime) -> None:
        self.closed_at = at

    @transition(
        field="status",
        source=[CaseState.RESOLVED, CaseState.AUTO_RESOLVED, CaseState.CLOSED],
        target=CaseState.IN_PROGRESS,
    )
    def reopen(self) -> None:
        self.resolved_at = self.closed_at = None
