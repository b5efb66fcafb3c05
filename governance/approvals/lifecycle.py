"""The lives of a request for approval and of its steps.

A step that is decided with a hold waits in *held* until the decision takes effect; without a hold it moves at once,
by its own transition, because the database sees one update and not two moves.
"""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class RequestState(models.TextChoices):
    OPEN = "open", "Waiting for approval"
    GRANTED = "granted", "Approved"
    REFUSED = "refused", "Rejected"
    RETURNED = "returned", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"


class StepState(models.TextChoices):
    WAITING = "waiting", "Waits for an earlier step"
    ACTIVE = "active", "Waiting for a decision"
    HELD = "held", "Decided, can be taken back"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    RETURNED = "returned", "Sent back"
    SKIPPED = "skipped", "Not needed"
    VOIDED = "voided", "Voided"


UNDECIDED = [StepState.WAITING, StepState.ACTIVE, StepState.HELD]


class RequestLifecycle(models.Model):
    status = StateField(choices=RequestState.choices, default=RequestState.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=RequestState.OPEN, target=RequestState.GRANTED)
    def grant(self, *, at: datetime) -> None:
        self.closed_at = at

    @transition(field="status", source=RequestState.OPEN, target=RequestState.REFUSED)
    def refuse(self, *, at: datetime) -> None:
        self.closed_at = at

    @transition(field="status", source=RequestState.OPEN, target=RequestState.RETURNED)
    def send_back(self, *, at: datetime) -> None:
        self.closed_at = at

    @transition(field="status", source=RequestState.OPEN, target=RequestState.WITHDRAWN)
    def withdraw(self, *, at: datetime) -> None:
        self.closed_at = at

    @transition(field="status", source=RequestState.OPEN, target=RequestState.SUPERSEDED)
    def supersede(self, *, at: datetime) -> None:
        self.closed_at = at


class StepLifecycle(models.Model):
    status = StateField(choices=StepState.choices, default=StepState.WAITING)
    activated_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    born_as = (StepState.WAITING, StepState.ACTIVE)

    class Meta:
        abstract = True

    @transition(field="status", source=StepState.WAITING, target=StepState.ACTIVE)
    def activate(self, *, at: datetime) -> None:
        self.activated_at = at

    @transition(field="status", source=StepState.ACTIVE, target=StepState.HELD)
    def hold(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=StepState.HELD, target=StepState.ACTIVE)
    def take_back(self) -> None:
        self.decided_at = None

    @transition(field="status", source=[StepState.ACTIVE, StepState.HELD], target=StepState.APPROVED)
    def approve(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=[StepState.ACTIVE, StepState.HELD], target=StepState.REJECTED)
    def reject(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=[StepState.ACTIVE, StepState.HELD], target=StepState.RETURNED)
    def send_back(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=[StepState.WAITING, StepState.ACTIVE], target=StepState.SKIPPED)
    def skip(self) -> None: ...

    @transition(field="status", source=UNDECIDED, target=StepState.VOIDED)
    def void(self) -> None: ...
