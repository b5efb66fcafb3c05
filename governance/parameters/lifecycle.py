"""The life of a parameter's value: proposed by one, agreed by another, ended or expired."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class ValueState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    IN_FORCE = "in_force", "Agreed"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ENDED = "ended", "Ended"
    EXPIRED = "expired", "Expired"


AGREED = [ValueState.IN_FORCE, ValueState.ENDED, ValueState.EXPIRED]
"""Counted at the instants of their span, whatever became of them since. What expired undecided has no decision."""


class ValueLifecycle(models.Model):
    status = StateField(choices=ValueState.choices, default=ValueState.PROPOSED)
    starts_at = models.DateTimeField(null=True)
    """From when it counts; while it is proposed, from when it shall (empty: as soon as somebody agrees)."""
    ends_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=ValueState.PROPOSED, target=ValueState.IN_FORCE)
    def agree(self, *, starts_at: datetime, at: datetime) -> None:
        self.starts_at, self.decided_at = starts_at, at

    @transition(field="status", source=ValueState.PROPOSED, target=ValueState.REJECTED)
    def reject(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=ValueState.PROPOSED, target=ValueState.WITHDRAWN)
    def withdraw(self) -> None: ...

    @transition(field="status", source=ValueState.IN_FORCE, target=ValueState.ENDED)
    def end(self, *, ends_at: datetime) -> None:
        self.ends_at = ends_at

    @transition(field="status", source=[ValueState.PROPOSED, ValueState.IN_FORCE], target=ValueState.EXPIRED)
    def expire(self) -> None: ...
