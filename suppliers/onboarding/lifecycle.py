"""The life of what a supplier says of his own firm: said, then looked through field by field."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class CompanyState(models.TextChoices):
    SAID = "said", "To be looked through"
    TAKEN = "taken", "Looked through"


class CompanyLifecycle(models.Model):
    status = StateField(choices=CompanyState.choices, default=CompanyState.SAID)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=CompanyState.SAID, target=CompanyState.TAKEN)
    def take(self, *, at: datetime) -> None:
        self.decided_at = at
