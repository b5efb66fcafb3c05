"""The life of a supplier's document: sent, reviewed, replaced by a newer one. That it runs out is read from its day."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class DocumentState(models.TextChoices):
    SENT = "sent", "In review"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    REPLACED = "replaced", "Replaced"


class DocumentLifecycle(models.Model):
    status = StateField(choices=DocumentState.choices, default=DocumentState.SENT)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=DocumentState.SENT, target=DocumentState.ACCEPTED)
    def accept(self, *, at: datetime) -> None:
        self.reviewed_at = at

    @transition(field="status", source=DocumentState.SENT, target=DocumentState.REFUSED)
    def refuse(self, *, at: datetime) -> None:
        self.reviewed_at = at

    @transition(field="status", source=[DocumentState.SENT, DocumentState.ACCEPTED], target=DocumentState.REPLACED)
    def replace(self) -> None: ...
