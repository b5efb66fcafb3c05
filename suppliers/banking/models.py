"""Bank accounts of suppliers. A row is one number and never another: a change is a new row that replaces the old."""

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Recorded
from suppliers.banking.lifecycle import OPEN, AccountLifecycle, AccountState


class BankAccount(FSMModelMixin, AccountLifecycle, Recorded):
    """Where a supplier is paid by one of our companies, or by all of them."""

    lock_rank = 34

    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    entity = models.ForeignKey("organization.LegalEntity", null=True, **UNSEEN)
    """None: by every company of ours that has none of its own."""
    holder = models.CharField(max_length=140)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True, default="")
    masked = models.CharField(max_length=16)
    """``NL•• •••• 6789``: country and end tell one account from another, and pay nobody."""
    why = models.CharField(max_length=200, blank=True, default="")
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    called_by = models.CharField(max_length=80, blank=True, default="")
    called_number = models.CharField(max_length=40, blank=True, default="")
    called_whom = models.CharField(max_length=120, blank=True, default="")
    decided_by = models.CharField(max_length=80, blank=True, default="")
    answer = models.CharField(max_length=200, blank=True, default="")
    """Why it was refused: the supplier reads it if the proposal was his."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "entity"],
                condition=Q(status=AccountState.ACTIVE),
                nulls_distinct=False,
                name="one_account_in_use",
            ),
            models.UniqueConstraint(
                fields=["supplier", "entity"],
                condition=Q(status__in=OPEN),
                nulls_distinct=False,
                name="one_open_account_change",
            ),
            models.CheckConstraint(
                condition=~Q(status=AccountState.ACTIVE) | ~Q(decided_by=F("proposed_by")),
                name="an_account_takes_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(status=AccountState.ACTIVE) | Q(called_at__isnull=False),
                name="an_account_was_called_about",
            ),
        ]
        indexes = [models.Index(fields=["supplier", "-id"], name="accounts_of_supplier")]

    def __str__(self) -> str:
        return self.masked

    @property
    def is_open(self) -> bool:
        return self.status in OPEN
