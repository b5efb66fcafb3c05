"""The life of a bank account: proposed, called back about, in use, replaced."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from foundation.lifecycles import StateField, transition, unless


class AccountState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    CALLED = "called", "Called back"
    ACTIVE = "active", "In use"
    REFUSED = "refused", "Refused"
    REPLACED = "replaced", "Replaced"


OPEN = [AccountState.PROPOSED, AccountState.CALLED]
"""A change is on its way: invoices wait."""


@unless
def was_called(account: "AccountLifecycle") -> str | None:
    return None if account.called_at else _("Nobody called the supplier back yet.")


class AccountLifecycle(models.Model):
    status = StateField(choices=AccountState.choices, default=AccountState.PROPOSED)
    called_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=AccountState.PROPOSED, target=AccountState.CALLED)
    def call(self, *, at: datetime) -> None:
        self.called_at = at

    @transition(field="status", source=OPEN, target=AccountState.ACTIVE, conditions=[was_called])
    def approve(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=OPEN, target=AccountState.REFUSED)
    def refuse(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(field="status", source=AccountState.ACTIVE, target=AccountState.REPLACED)
    def replace(self) -> None: ...
