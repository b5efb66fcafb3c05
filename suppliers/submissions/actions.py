"""Take in what suppliers say, and answer it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.values.actor import Actor
from foundation.values.reason import BadValue
from suppliers.submissions import handlers
from suppliers.submissions.events import SubmissionApplied, SubmissionReceived, SubmissionRefused
from suppliers.submissions.models import Submission
from suppliers.suppliers.models import Supplier


@verb
def submit(
    *,
    supplier: Supplier,
    kind: str,
    about: UUID | None,
    channel: str,
    body: dict[str, Any],
    by: Actor,
    at: datetime,
    key: str,
) -> Submission:
    """Keep word for word what a supplier said. It is applied after commit."""
    submission = Submission(
        supplier=supplier, kind=kind, about=about, channel=channel, by=str(by), body=body, received_at=at
    )
    with deciding(submission, by=by, key=key) as submission:
        event = SubmissionReceived(subject=submission.subject, kind=kind, supplier_id=supplier.pk, channel=channel)
        journal.record(event, at=at)
    return submission


def answer(*, submission: Submission, at: datetime, key: str) -> Submission:
    """Apply a submission, or refuse it with the sentences the supplier will read. Repeating answers the same."""
    by = Actor.parse(submission.by)
    try:
        return _apply(submission=submission, by=by, at=at, key=key)
    except Refused as refused:
        reasons = refused.reasons
    except BadValue as bad:  # what was written is a number, but not one that this document can hold
        reasons = [str(bad)]
    return _refuse(submission=submission, reasons=reasons, by=by, at=at, key=f"{key}:refused")


@verb
def _apply(*, submission: Submission, by: Actor, at: datetime, key: str) -> Submission:
    with deciding(submission, by=by, key=key, first=handlers.held_first(submission)) as submission:
        move(submission.apply, at=at)
        submission.answer = handlers.handle(submission, by=by, at=at)
        event = SubmissionApplied(subject=submission.subject, kind=submission.kind, supplier_id=submission.supplier_id)
        journal.record(event, at=at)
    return submission


@verb
def _refuse(*, submission: Submission, reasons: list[str], by: Actor, at: datetime, key: str) -> Submission:
    with deciding(submission, by=by, key=key) as submission:
        move(submission.refuse, at=at)
        submission.answer = {"reasons": reasons}
        event = SubmissionRefused(
            subject=submission.subject, kind=submission.kind, supplier_id=submission.supplier_id, reasons=reasons
        )
        journal.record(event, at=at)
    return submission
