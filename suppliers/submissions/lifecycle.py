"""The life of a submission: it comes in, and is applied or refused within a second."""

from datetime import datetime

from django.db import models
from django_fsm import FSMField, transition


class SubmissionState(models.TextChoices):
    RECEIVED = "received", "Received"
    APPLIED = "applied", "Taken over"
    REFUSED = "refused", "Not accepted"


class SubmissionLifecycle(models.Model):
    status = FSMField(choices=SubmissionState.choices, default=SubmissionState.RECEIVED, protected=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=SubmissionState.RECEIVED, target=SubmissionState.APPLIED)
    def apply(self, *, at: datetime) -> None:
        self.answered_at = at

    @transition(field="status", source=SubmissionState.RECEIVED, target=SubmissionState.REFUSED)
    def refuse(self, *, at: datetime) -> None:
        self.answered_at = at
