"""The lives of an accepted conflict, of a review and of each of its items."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class AcceptanceState(models.TextChoices):
    ASKED = "asked", "Waits for a second person"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired"
    TAKEN_BACK = "taken_back", "Taken back"


class AcceptanceLifecycle(models.Model):
    status = StateField(choices=AcceptanceState.choices, default=AcceptanceState.ASKED)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=AcceptanceState.ASKED, target=AcceptanceState.ACCEPTED)
    def accept(self, *, at: datetime) -> None:
        self.answered_at = at

    @transition(field="status", source=AcceptanceState.ASKED, target=AcceptanceState.DECLINED)
    def decline(self, *, at: datetime) -> None:
        self.answered_at = at

    @transition(
        field="status", source=[AcceptanceState.ASKED, AcceptanceState.ACCEPTED], target=AcceptanceState.EXPIRED
    )
    def expire(self) -> None: ...

    @transition(
        field="status", source=[AcceptanceState.ASKED, AcceptanceState.ACCEPTED], target=AcceptanceState.TAKEN_BACK
    )
    def take_back(self) -> None: ...


class ReviewState(models.TextChoices):
    RUNNING = "running", "Running"
    OVERDUE = "overdue", "Overdue"
    DONE = "done", "Done"
    CALLED_OFF = "called_off", "Called off"


UNFINISHED = [ReviewState.RUNNING, ReviewState.OVERDUE]


class ReviewLifecycle(models.Model):
    status = StateField(choices=ReviewState.choices, default=ReviewState.RUNNING)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=ReviewState.RUNNING, target=ReviewState.OVERDUE)
    def escalate(self, *, at: datetime) -> None:
        self.escalated_at = at

    @transition(field="status", source=UNFINISHED, target=ReviewState.DONE)
    def finish(self, *, at: datetime) -> None:
        self.closed_at = at

    @transition(field="status", source=UNFINISHED, target=ReviewState.CALLED_OFF)
    def call_off(self, *, at: datetime) -> None:
        self.closed_at = at


class ItemState(models.TextChoices):
    OPEN = "open", "To review"
    KEPT = "kept", "Kept"
    REMOVED = "removed", "Removed"
    GONE = "gone", "Ended by itself"


class ItemLifecycle(models.Model):
    status = StateField(choices=ItemState.choices, default=ItemState.OPEN)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=ItemState.OPEN, target=ItemState.KEPT)
    def keep(self, *, at: datetime) -> None:
        self.answered_at = at

    @transition(field="status", source=ItemState.OPEN, target=ItemState.REMOVED)
    def remove(self, *, at: datetime) -> None:
        self.answered_at = at

    @transition(field="status", source=ItemState.OPEN, target=ItemState.GONE)
    def go(self, *, at: datetime) -> None:
        self.answered_at = at
