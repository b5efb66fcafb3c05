"""An import and its rows, staged before anything is applied; and what the documents it brought are called elsewhere."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import Recorded
from foundation.lifecycles import StateField, transition


class ImportState(models.TextChoices):
    STAGED = "staged", "Checked, not applied"
    RUNNING = "running", "Being applied"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"
    DISCARDED = "discarded", "Discarded"


class ImportLifecycle(models.Model):
    status = StateField(choices=ImportState.choices, default=ImportState.STAGED)

    class Meta:
        abstract = True

    @transition(field="status", source=ImportState.STAGED, target=ImportState.RUNNING)
    def begin(self) -> None: ...

    @transition(field="status", source=ImportState.RUNNING, target=ImportState.APPLIED)
    def finish(self) -> None: ...

    @transition(field="status", source=ImportState.APPLIED, target=ImportState.UNDONE)
    def undo(self) -> None: ...

    @transition(field="status", source=ImportState.STAGED, target=ImportState.DISCARDED)
    def discard(self) -> None: ...


class Import(FSMModelMixin, ImportLifecycle, Recorded):
    """One file of one kind (items, suppliers, supplier items, customers, orders, receipts, stock, demand)."""

    lock_rank = 5

    kind = models.CharField(max_length=20)
    file = models.ForeignKey("foundation.StoredFile", on_delete=models.PROTECT, related_name="+")
    header = models.JSONField(default=list)
    """The file's columns, as they stand there."""
    mapping = models.JSONField(default=dict)
    """Our column -> the file's column."""
    signs = models.JSONField(default=dict)
    """How the file writes numbers and days, and how it was read."""
    job = models.ForeignKey("foundation.Job", null=True, on_delete=models.PROTECT, related_name="+")
    """The work that applies or undoes it, while and after it runs."""
    by = models.CharField(max_length=80, db_index=True)
    started_at = models.DateTimeField()
    row_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    applied_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(status="running"), name="one_import_of_a_kind_runs")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Fate(models.TextChoices):
    """How far a row has come."""

    WAITING = "waiting", "Waits"
    DONE = "done", "Done"
    FAILED = "failed", "Refused"
    UNDONE = "undone", "Undone"


class ImportRow(models.Model):
    """One row as it was understood, what speaks against it, and what it became."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """Its line in the file."""
    values = models.JSONField()
    errors = models.JSONField(default=list)
    effect = models.CharField(max_length=10, default="")
    """new, changed, unchanged or error."""
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.WAITING)
    is_sound = models.BooleanField(default=True)
    """Whether its cells could be read; what the books say against it may change until it is applied."""
    record = models.PositiveIntegerField()
    """The first row of its record, which speaks for all of them."""
    subject = models.CharField(max_length=80, blank=True, default="")
    version = models.PositiveIntegerField(null=True)
    """The master row's version after it was written: undoing asks whether it is still that."""
    before = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_import_row_per_number")]
        indexes = [models.Index(fields=["batch", "effect", "number"], name="import_rows_by_effect")]


class Origin(models.Model):
    """Under which number another system knows a document that an import brought: it is brought once."""

    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=120)
    subject = models.CharField(max_length=80, db_index=True)
    digest = models.CharField(max_length=64)
    """Of what the file said, to tell the same again from something else."""
    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="origins")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "reference"], name="one_origin_per_reference")]
