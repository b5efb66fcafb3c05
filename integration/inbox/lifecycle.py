"""The life of a message that came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.lifecycles import StateField, transition


class InboundState(models.TextChoices):
    RECEIVED = "received", _("Received")
    APPLIED = "applied", _("Taken over")
    HELD = "held", _("Waits for a look")
    REFUSED = "refused", _("Not accepted")
    DUPLICATE = "duplicate", _("Came before")
    KEPT = "kept", _("A test, only kept")


class InboundLifecycle(models.Model):
    status = StateField(choices=InboundState.choices, default=InboundState.RECEIVED)

    class Meta:
        abstract = True

    @transition(field="status", source=[InboundState.RECEIVED, InboundState.HELD], target=InboundState.APPLIED)
    def apply(self) -> None: ...

    @transition(field="status", source=InboundState.RECEIVED, target=InboundState.HELD)
    def hold(self) -> None: ...

    @transition(field="status", source=[InboundState.RECEIVED, InboundState.HELD], target=InboundState.REFUSED)
    def refuse(self) -> None: ...

    @transition(field="status", source=InboundState.RECEIVED, target=InboundState.DUPLICATE)
    def repeat(self) -> None: ...

    @transition(field="status", source=[InboundState.RECEIVED, InboundState.HELD], target=InboundState.KEPT)
    def keep(self) -> None:
        """Sent as a test: nothing is booked from it."""

    @transition(field="status", source=InboundState.APPLIED, target=InboundState.REFUSED)
    def fail(self) -> None:
        """The submission it became was not accepted."""
