"""The life of a waiver: asked for by one, granted by another, revoked or expired."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class WaiverState(models.TextChoices):
    ASKED = "asked", "Asked for"
    GRANTED = "granted", "Granted"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REVOKED = "revoked", "Revoked"
    EXPIRED = "expired", "Expired"


class WaiverLifecycle(models.Model):
    status = StateField(choices=WaiverState.choices, default=WaiverState.ASKED)
    ends_at = models.DateTimeField()
    """Until when it can be used; reads go by this, whether or not somebody has said that it expired."""
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=WaiverState.ASKED, target=WaiverState.GRANTED)
    def grant(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=WaiverState.ASKED, target=WaiverState.REJECTED)
    def reject(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=WaiverState.ASKED, target=WaiverState.WITHDRAWN)
    def withdraw(self) -> None: ...

    @transition(field="status", source=WaiverState.GRANTED, target=WaiverState.REVOKED)
    def revoke(self) -> None: ...

    @transition(field="status", source=[WaiverState.ASKED, WaiverState.GRANTED], target=WaiverState.EXPIRED)
    def expire(self) -> None: ...
