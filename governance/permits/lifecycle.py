"""The life of a permit: asked for, then granted or refused."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class PermitState(models.TextChoices):
    ASKED = "asked", "Waits for approval"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Not granted"


class PermitLifecycle(models.Model):
    status = StateField(choices=PermitState.choices, default=PermitState.ASKED)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=PermitState.ASKED, target=PermitState.GRANTED)
    def grant(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=PermitState.ASKED, target=PermitState.REFUSED)
    def refuse(self, *, at: datetime) -> None:
        self.decided_at = at
