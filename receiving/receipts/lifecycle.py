"""The life of a goods receipt. What was posted is never edited: a reversal is a receipt of its own."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from foundation.lifecycles import StateField, transition, unless


class ReceiptState(models.TextChoices):
    OPEN = "open", "In count"
    POSTED = "posted", "Posted"
    REVERSED = "reversed", "Reversed"
    DISCARDED = "discarded", "Discarded"


S = ReceiptState


@unless
def has_counts(receipt: "ReceiptLifecycle") -> str | None:
    return None if receipt.counted_count else _("Nothing was counted yet.")


@unless
def everything_counted(receipt: "ReceiptLifecycle") -> str | None:
    left = receipt.line_count - receipt.counted_count
    if not left:
        return None
    return _("%(left)d lines are not counted yet: count them or mark them as not there.") % {"left": left}


class ReceiptLifecycle(models.Model):
    status = StateField(choices=S.choices, default=S.OPEN)
    line_count = models.PositiveIntegerField(default=0)
    counted_count = models.PositiveIntegerField(default=0)
    posted_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")

    born_as = (S.OPEN, S.POSTED)
    """A reversal is posted as it is made."""

    class Meta:
        abstract = True

    @transition(field="status", source=S.OPEN, target=S.POSTED, conditions=[has_counts, everything_counted])
    def post(self, *, at: datetime) -> None:
        self.posted_at = at

    @transition(field="status", source=S.POSTED, target=S.REVERSED)
    def reverse(self, *, reason: str) -> None:
        self.reason = reason

    @transition(field="status", source=S.OPEN, target=S.DISCARDED)
    def discard(self) -> None: ...
