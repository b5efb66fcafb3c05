"""Long work: how far it is, and what came of it."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Counted work. Percent comes from counted units, never invented."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    by = models.CharField(max_length=80, db_index=True)
    request = models.JSONField(default=dict)
    """What the kind needs to do the work."""
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    failed_count = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True, default="")
    file = models.ForeignKey("foundation.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    """Until when the worker that runs it is believed; by the database's clock."""
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(status__in=["waiting", "running"]), name="jobs_at_work")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.status not in (self.Status.WAITING, self.Status.RUNNING)

    @property
    def percent(self) -> int | None:
        """None while the total is unknown."""
        return self.done_count * 100 // self.total_count if self.total_count else None
