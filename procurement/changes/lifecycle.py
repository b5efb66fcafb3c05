"""The life of a change to an issued order, asked by either side."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class ChangeState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    IN_APPROVAL = "in_approval", "In approval"
    APPLIED = "applied", "Applied"
    AWAITING_SUPPLIER = "awaiting_supplier", "Waits for the supplier"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"


S = ChangeState
UNDECIDED = [S.PROPOSED, S.IN_APPROVAL]


class ChangeLifecycle(models.Model):
    status = StateField(choices=S.choices, default=S.PROPOSED)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=S.PROPOSED, target=S.IN_APPROVAL)
    def submit(self) -> None: ...

    @transition(field="status", source=UNDECIDED, target=S.APPLIED)
    def apply(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=UNDECIDED, target=S.AWAITING_SUPPLIER)
    def send(self, *, at: datetime) -> None:
        """The buyer's own change: applied as the new revision, now the supplier must answer."""
        self.decided_at = at

    @transition(field="status", source=S.AWAITING_SUPPLIER, target=S.ACCEPTED)
    def accept(self) -> None: ...

    @transition(field="status", source=[*UNDECIDED, S.AWAITING_SUPPLIER], target=S.DECLINED)
    def decline(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=UNDECIDED, target=S.WITHDRAWN)
    def withdraw(self) -> None: ...

    @transition(field="status", source=UNDECIDED, target=S.SUPERSEDED)
    def supersede(self) -> None: ...
