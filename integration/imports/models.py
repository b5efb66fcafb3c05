"""An import and its rows, staged before anything is applied."""

from django.db import models
from django_fsm import FSMModelMixin

from foundation.documents.models import Recorded
from foundation.lifecycles import StateField, transition


class ImportState(models.TextChoices):
    STAGED = "staged", "Checked, not applied"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"
    DISCARDED = "discarded", "Discarded"


class ImportLifecycle(models.Model):
    status = StateField(choices=ImportState.choices, default=ImportState.STAGED)

    class Meta:
        abstract = True

    @transition(field="status", source=ImportState.STAGED, target=ImportState.APPLIED)
    def apply(self) -> None: ...

    @transition(field="status", source=ImportState.APPLIED, target=ImportState.UNDONE)
    def undo(self) -> None: ...

    @transition(field="status", source=ImportState.STAGED, target=ImportState.DISCARDED)
    def discard(self) -> None: ...


class Import(FSMModelMixin, ImportLifecycle, Recorded):
    """One file of one kind (items, suppliers, supplier items, orders, receipts, stock, demand)."""

    lock_rank = 5

    kind = models.CharField(max_length=20)
    file = models.ForeignKey("foundation.StoredFile", on_delete=models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    """Our column -> the file's column."""
    by = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    row_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    applied_count = models.PositiveIntegerField(default=0)


class ImportRow(models.Model):
    """One row as parsed, what speaks against it, and what it became."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    errors = models.JSONField(default=list)
    subject = models.CharField(max_length=80, blank=True, default="")
    before = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_import_row_per_number")]
