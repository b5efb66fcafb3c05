"""The life of a message to a partner."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.lifecycles import StateField, transition


class OutboundState(models.TextChoices):
    WRITTEN = "written", _("Written, on its way")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("They can read it")
    REFUSED = "refused", _("They refused it")
    STOPPED = "stopped", _("Cannot be said")
    KEPT = "kept", _("Only kept")


class OutboundLifecycle(models.Model):
    status = StateField(choices=OutboundState.choices, default=OutboundState.WRITTEN)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=OutboundState.WRITTEN, target=OutboundState.SENT)
    def send(self, *, at: datetime) -> None:
        self.sent_at = at

    @transition(field="status", source=OutboundState.WRITTEN, target=OutboundState.KEPT)
    def keep(self) -> None:
        """It was agreed that nothing is sent."""

    @transition(field="status", source=OutboundState.WRITTEN, target=OutboundState.STOPPED)
    def stop(self) -> None:
        """The syntax has no words for it: a person decides what is said instead."""

    @transition(field="status", source=OutboundState.STOPPED, target=OutboundState.WRITTEN)
    def rewrite(self) -> None:
        """Something was put right, in the document or in the agreement."""

    @transition(field="status", source=OutboundState.SENT, target=OutboundState.ACCEPTED)
    def accept(self, *, at: datetime) -> None:
        self.answered_at = at

    @transition(field="status", source=[OutboundState.SENT, OutboundState.ACCEPTED], target=OutboundState.REFUSED)
    def refuse(self, *, at: datetime) -> None:
        """They could not read it, or could and do not take it."""
        self.answered_at = at
