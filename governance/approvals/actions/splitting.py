"""Approving some lines of a document: the others leave it, and what is left goes on."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.documents.models import Recorded
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.subjects import registry as subjects
from foundation.values.actor import Actor
from governance.approvals import queries
from governance.approvals.actions.asking import about_of
from governance.approvals.events import LinesLeft
from governance.approvals.lifecycle import StepState
from governance.approvals.lines import living
from governance.approvals.models import ApprovalRequest, ApprovalStep, Decision, DecisionKind, Task


def check(step: ApprovalStep, document: Any, *, kind: str, out: Collection[int], comment: str) -> None:
    """Whether this step's approval may leave these lines out: they are there, they are his, and some are left."""
    if not out:
        return
    if kind != DecisionKind.APPROVE:
        raise TypeError("Lines are left out of an approval.")
    if not comment.strip():
        raise Refused(_("Say why the other lines are not approved, so that the requester knows what to change."))
    there = living(document)
    mine = there & set(step.lines) if step.lines else there
    if not set(out) <= mine:
        raise Refused(_("These lines are not yours to decide on, or are not part of the document any more."))
    if not mine - set(out):
        raise Refused(_("Nothing would be left to approve: reject it or send it back as a whole."))


def leave_out(
    request: ApprovalRequest, document: Recorded, step: ApprovalStep, decision: Decision, *, by: Actor, at: datetime
) -> bool:
    """What the decision does to lines; whether the document goes on.

    An approval leaves out what anybody who approved this step left out. The owner of some lines who rejects or sends
    back speaks of these lines only: the document goes on while it has others.
    """
    if decision.kind == DecisionKind.APPROVE:
        for said in [decision] if step.needs <= 1 else queries.standing_decisions(step):
            if said.out:
                _out(request, document, step, said.out, said.out_returned, said.comment, by=by, at=at)
        return True
    there = living(document) if step.lines else set()
    if not there - set(step.lines):
        return False
    returned = decision.kind == DecisionKind.SEND_BACK
    _out(request, document, step, there & set(step.lines), returned, decision.comment, by=by, at=at)
    return True


def _out(
    request: ApprovalRequest,
    document: Any,
    step: ApprovalStep,
    lines: Iterable[int],
    returned: bool,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    left = living(document) & set(lines)
    if not left:
        return
    said = {"returned": returned, "reason": reason}
    subjects.handler(request.about).take_out(document, lines=left, **said, by=by, at=at)
    request.amount, request.about_version = document.amount, document.version
    _skip_empty(request, living(document))
    told = LinesLeft(**about_of(request), step=step.pk, lines=sorted(left), **said, amount=request.amount)
    journal.record(told, at=at)


def _skip_empty(request: ApprovalRequest, there: set[int]) -> None:
    """Owners all of whose lines are gone need not answer any more."""
    for step in queries.steps_of(request):
        if step.lines and step.status in (StepState.WAITING, StepState.ACTIVE) and not there & set(step.lines):
            move(step.skip)
            step.save(update_fields=["status"])
            Task.objects.filter(step=step).update(is_open=False)
