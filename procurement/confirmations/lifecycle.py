"""The life of a supplier's answer to an order."""

from django.db import models

from foundation.lifecycles import StateField, transition


class ConfirmationState(models.TextChoices):
    RECEIVED = "received", "Received"
    ACKNOWLEDGED = "acknowledged", "Acknowledged only"
    ACCEPTED = "accepted", "Accepted"
    IN_EXCEPTION = "in_exception", "Buyer must agree"
    REFUSED = "refused", "Refused"
    SUPERSEDED = "superseded", "Superseded"


S = ConfirmationState


class ConfirmationLifecycle(models.Model):
    status = StateField(choices=S.choices, default=S.RECEIVED)

    born_as = (S.RECEIVED, S.ACKNOWLEDGED, S.ACCEPTED, S.IN_EXCEPTION)
    """An answer is judged as it comes in."""

    class Meta:
        abstract = True

    @transition(field="status", source=[S.RECEIVED, S.IN_EXCEPTION], target=S.ACCEPTED)
    def accept(self) -> None: ...

    @transition(field="status", source=S.IN_EXCEPTION, target=S.REFUSED)
    def refuse(self) -> None: ...

    @transition(field="status", source=[S.RECEIVED, S.ACKNOWLEDGED, S.ACCEPTED, S.IN_EXCEPTION], target=S.SUPERSEDED)
    def supersede(self) -> None: ...
