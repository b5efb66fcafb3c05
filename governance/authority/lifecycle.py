"""The life of a matrix version."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition, unless


class MatrixState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PLANNED = "planned", "Planned"
    ACTIVE = "active", "In force"
    SUPERSEDED = "superseded", "Superseded"


@unless
def has_rules(matrix: "MatrixLifecycle") -> str | None:
    return None if matrix.rule_count else "The matrix has no rules."


class MatrixLifecycle(models.Model):
    status = StateField(choices=MatrixState.choices, default=MatrixState.DRAFT)
    rule_count = models.PositiveIntegerField(default=0)
    effective_at = models.DateTimeField(null=True)
    """From when it decides. Whoever asks which version is in force at an instant asks this, never the state."""

    class Meta:
        abstract = True

    @transition(field="status", source=MatrixState.DRAFT, target=MatrixState.ACTIVE, conditions=[has_rules])
    def publish(self, *, at: datetime) -> None:
        self.effective_at = at

    @transition(field="status", source=MatrixState.DRAFT, target=MatrixState.PLANNED, conditions=[has_rules])
    def plan(self, *, at: datetime) -> None:
        self.effective_at = at

    @transition(field="status", source=MatrixState.PLANNED, target=MatrixState.DRAFT)
    def cancel_plan(self) -> None:
        self.effective_at = None

    @transition(field="status", source=MatrixState.PLANNED, target=MatrixState.ACTIVE)
    def begin(self) -> None: ...

    @transition(field="status", source=MatrixState.ACTIVE, target=MatrixState.SUPERSEDED)
    def supersede(self) -> None: ...
