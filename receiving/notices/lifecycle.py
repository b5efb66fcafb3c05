"""The life of a ship notice."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class NoticeState(models.TextChoices):
    ACCEPTED = "accepted", "Announced"
    FLAGGED = "flagged", "Announced, does not fit the order"
    ARRIVED = "arrived", "At the door"
    RECEIVING = "receiving", "In count"
    RECEIVED = "received", "Received"
    CANCELLED = "cancelled", "Cancelled"


class MilestoneKind(models.TextChoices):
    """In the order in which they happen."""

    READY = "ready", "Ready"
    PICKED_UP = "picked_up", "Picked up"
    DEPARTED = "departed", "On its way"
    ARRIVED = "arrived", "Arrived"


S = NoticeState
UNDERWAY = [S.ACCEPTED, S.FLAGGED]
UNRECEIVED = [*UNDERWAY, S.ARRIVED, S.RECEIVING]
"""What stands on it is not in stock yet."""


class NoticeLifecycle(models.Model):
    status = StateField(choices=S.choices, default=S.ACCEPTED)
    arrived_at = models.DateTimeField(null=True)

    born_as = (S.ACCEPTED, S.FLAGGED)
    """Checked against the order as it comes in; a flag never stops the truck."""

    class Meta:
        abstract = True

    @transition(field="status", source=UNDERWAY, target=S.ARRIVED)
    def arrive(self, *, at: datetime) -> None:
        self.arrived_at = at

    @transition(field="status", source=[S.ACCEPTED], target=S.FLAGGED)
    def flag(self) -> None: ...

    @transition(field="status", source=[S.FLAGGED], target=S.ACCEPTED)
    def unflag(self) -> None: ...

    @transition(field="status", source=[*UNDERWAY, S.ARRIVED], target=S.RECEIVING)
    def start_receiving(self, *, at: datetime) -> None:
        self.arrived_at = self.arrived_at or at

    @transition(field="status", source=[S.RECEIVING], target=S.ARRIVED)
    def give_up_count(self) -> None: ...

    @transition(field="status", source=UNRECEIVED, target=S.RECEIVED)
    def complete(self) -> None: ...

    @transition(field="status", source=[S.RECEIVED], target=S.ARRIVED)
    def reopen(self) -> None: ...

    @transition(field="status", source=UNDERWAY, target=S.CANCELLED)
    def cancel(self) -> None: ...
