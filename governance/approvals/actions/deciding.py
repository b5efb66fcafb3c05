"""Deciding, taking back, and what happens when a decision takes effect."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.documents.models import Recorded
from foundation.door import deciding, verb
from foundation.failpoints import failpoint
from foundation.journal import actions as journal
from foundation.journal.turns import current
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import NotYours
from foundation.subjects import registry as subjects
from foundation.values.actor import PERSON, Actor
from governance.approvals import clocks, queries, reviewing, rules, staffing
from governance.approvals.actions import returning, splitting
from governance.approvals.actions.asking import about_of, tell_active, void
from governance.approvals.events import (
    ApprovalGranted,
    ApprovalRefused,
    DecisionLapsed,
    DecisionTakenBack,
    ReviewDue,
    StepClosed,
    StepDecided,
)
from governance.approvals.lifecycle import UNDECIDED, StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Decision, DecisionKind, Task
from governance.approvals.staffing import Taker
from organization.scopes.queries import asks_proof


class Early(Exception):
    """The hold is not over by the database's clock. Not a refusal: the delivery comes again."""


@verb
def decide(
    *,
    step: ApprovalStep,
    kind: str,
    comment: str = "",
    out: Collection[int] = (),
    out_returned: bool = False,
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
) -> ApprovalRequest:
    """Approve, reject or send back, on the version of the *document* that the person saw.

    An approval may leave lines ``out``, which are then rejected or sent back with the comment as the reason.

    Authority, delegation and segregation of duties are asked again under the locks; the membership and the
    delegation are held still meanwhile. With a hold (APPROVAL_HOLD_SECONDS) the decision is stored now and takes
    effect later, and can be taken back until then; above the step-up limit of the role the person proves again who he
    is, and there is no hold.

    Raises Stale if the document is not the one that was seen, NotYours if the person lacks the authority, Refused if
    the step is decided, a reason is missing, or duties are to be kept apart.
    """
    kind = DecisionKind(kind)
    if by.kind != PERSON or seen is None:
        raise TypeError("A person decides, and says which version was seen.")
    if kind != DecisionKind.APPROVE and not comment.strip():
        raise Refused(_("Say why, so that the requester knows what to change."))
    taker = staffing.standing(by.person_id or 0, step, kind=step.request.kind, amount=step.request.compared, at=at)
    proof = any(asks_proof(membership, step.request.compared) for membership in taker.memberships)
    document = subjects.fetch(step.request.about)
    hold = timedelta(seconds=0 if proof else settings.APPROVAL_HOLD_SECONDS)
    first = [document] if hold else [document, *subjects.handler(step.request.about).lock(document)]
    held: dict[str, Any] = {"first": first, "shared": taker.rests_on, "proof": proof}
    with deciding(step.request, by=by, seen=seen, key=key, of=document, **held) as request:
        failpoint("decide.locked")
        step = queries.step_of(request, step.pk)
        check(request, step, taker, spoke=queries.spoke(request), at=at)
        splitting.check(step, current().rows[document.subject], kind=kind, out=out, comment=comment)
        said = {"kind": kind, "comment": comment.strip(), "out": sorted(set(out)), "out_returned": out_returned}
        decision = decision_of(step, taker, **said, seen=seen, decided_at=at, effective_at=current().recorded_at + hold)
        decision.save(force_insert=True)
        complete = (
            kind != DecisionKind.APPROVE or step.needs <= 1 or len(queries.standing_decisions(step)) >= step.needs
        )
        returning.close([(step, taker)], [step] if complete else [])
        if complete and hold:
            move(step.hold, at=at)
            step.save(update_fields=["status", "decided_at"])
        due = decision.effective_at if complete and hold else None
        journal.record(step_decided(request, step, decision), at=at, due=due)
        if complete and not hold:
            _take_effect(request, current().rows[document.subject], step, decision, by=by, at=at)
    return request


def check(request: ApprovalRequest, step: ApprovalStep, taker: Taker, *, spoke: Collection[int], at: datetime) -> None:
    """Under the locks: the step waits for a decision, the authority still stands, duties stay apart."""
    if step.status != StepState.ACTIVE:
        raise Refused(_("This is decided: %(state)s.") % {"state": step.get_status_display().lower()})
    held = current().rows
    rows: list[Any] = [held[membership.subject] for membership in taker.memberships]
    if any(row.ended_at is not None for row in rows):
        raise NotYours("decide", str(step))
    if taker.loan is not None:
        loan: Any = held[taker.loan.subject]
        if not loan.lends(kind=request.kind, amount=request.compared, at=at):
            raise Refused(_("The delegation has ended."))
    objection = rules.objection(
        decider=taker.person_id,
        stands_in_for=taker.on_behalf_of_id,
        requester=request.requester_id,
        barred=request.barred,
        spoke=spoke,
    )
    if objection:
        raise Refused(
            {
                "requester": _("Who asks does not approve: somebody else must decide."),
                "barred": _("You took part in this document, so somebody else must decide."),
                "twice": _("You decided on this request already, so somebody else must decide this step."),
            }[objection]
        )


def decision_of(step: ApprovalStep, taker: Taker, **said: Any) -> Decision:
    """The decision as a row that is not yet written, with the authority it is made by."""
    return Decision(
        step=step,
        person_id=taker.person_id,
        on_behalf_of_id=taker.on_behalf_of_id,
        delegation=taker.loan,
        membership=taker.membership,
        **said,
    )


def step_decided(request: ApprovalRequest, step: ApprovalStep, decision: Decision) -> StepDecided:
    return StepDecided(
        **about_of(request),
        step=step.pk,
        role=step.role,
        decision=decision.pk,
        decided=decision.kind,
        person_id=decision.person_id,
        on_behalf_of_id=decision.on_behalf_of_id,
        delegation_id=decision.delegation_id,
        membership_id=decision.membership_id,
        seen=decision.seen,
        comment=decision.comment,
        out=decision.out,
        out_returned=decision.out_returned,
        effective_at=decision.effective_at,
        matrix=request.matrix.number if request.matrix else None,
        rules=step.rules,
    )


def _take_effect(
    request: ApprovalRequest, document: Recorded, step: ApprovalStep, decision: Decision, *, by: Actor, at: datetime
) -> None:
    """The decision becomes what it says: the step moves, then the request, then the document."""
    moves = {
        DecisionKind.APPROVE: step.approve,
        DecisionKind.REJECT: step.reject,
        DecisionKind.SEND_BACK: step.send_back,
    }
    move(moves[DecisionKind(decision.kind)], at=decision.decided_at)
    step.save(update_fields=["status", "decided_at"])
    told = StepClosed(**about_of(request), step=step.pk, role=step.role, decision=decision.pk, became=step.status)
    journal.record(told, at=at)
    if splitting.leave_out(request, document, step, decision, by=by, at=at):
        _advance(request, by=by, at=at)
        return
    returned = decision.kind == DecisionKind.SEND_BACK
    turn_down(request, document, returned=returned, reason=decision.comment, by=by, at=at)


def turn_down(
    request: ApprovalRequest, document: Recorded, *, returned: bool, reason: str, by: Actor, at: datetime
) -> None:
    """The question ends with a no, or with the document back at the requester's."""
    move(request.send_back if returned else request.refuse, at=at)
    void(request)
    said = {"returned": returned, "reason": reason}
    journal.record(ApprovalRefused(**about_of(request), **said, requester_id=request.requester_id), at=at)
    subjects.handler(request.about).on_refused(document, by=by, at=at, **said)


def _advance(request: ApprovalRequest, *, by: Actor, at: datetime) -> None:
    """Activate the next sequence, or grant when nothing is left to decide."""
    undecided = [step for step in queries.steps_of(request) if step.status in UNDECIDED]
    if not undecided:
        grant(request, by=by, at=at)
        return
    next_one = min(step.sequence for step in undecided)
    for step in undecided:
        if step.sequence == next_one and step.status == StepState.WAITING:
            _activate(request, step, at=at)


def grant(request: ApprovalRequest, *, by: Actor, at: datetime) -> None:
    """The question ends with a yes; some documents are looked at again afterwards."""
    move(request.grant, at=at)
    said = {"amount": request.amount, "currency": request.currency, "requester_id": request.requester_id}
    journal.record(ApprovalGranted(**about_of(request), about_version=request.about_version, **said), at=at)
    if review := reviewing.after_grant(request):
        where = {"entity_id": request.entity_id, "site_id": request.site_id}
        journal.record(ReviewDue(**about_of(request), review=review, **where, **said), at=at)
    subjects.handler(request.about).on_granted(current().rows[request.about], by=by, at=at)


def _activate(request: ApprovalRequest, step: ApprovalStep, *, at: datetime) -> None:
    move(step.activate, at=at)
    clocks.wind(step, at=at, site_id=request.site_id)
    step.save(update_fields=["status", "activated_at", *clocks.TIMES])
    spoke = queries.spoke(request)
    tasks = Task.objects.filter(step=step).exclude(person__in=spoke).exclude(on_behalf_of__in=spoke)
    tasks.update(is_open=True, due_at=step.due_at)
    tell_active(request, step, tasks, at=at)


@verb
def apply_decision(*, decision: Decision, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """The hold is over: the step becomes what was decided.

    Raises Early before its time, Refused if it was taken back or the question became moot. If the document changed
    meanwhile, the decision lapses and the step is asked again: nobody approves what he has not seen.
    """
    step = decision.step
    document = subjects.fetch(step.request.about)
    first = [document, *subjects.handler(step.request.about).lock(document)]
    with deciding(step.request, by=by, key=key, first=first) as request:
        failpoint("apply.locked")
        step = queries.step_of(request, step.pk)
        standing = queries.standing_decisions(step)
        if step.status != StepState.HELD or decision not in standing:
            raise Refused(_("This decision no longer counts."))
        if max(held.effective_at for held in standing) > current().recorded_at:
            raise Early(request.subject)
        document = current().rows[document.subject]
        if document.version != decision.seen:
            _lapse(request, step, decision, now=document.version, at=at)
        else:
            _take_effect(request, document, step, decision, by=by, at=at)
        failpoint("apply.done")
    return request


def _lapse(request: ApprovalRequest, step: ApprovalStep, decision: Decision, *, now: int, at: datetime) -> None:
    Decision.objects.create(
        step=step,
        kind=DecisionKind.TAKE_BACK,
        seen=now,
        decided_at=at,
        effective_at=current().recorded_at,
        takes_back=decision,
    )
    _reopen(request, step, decision)
    told = DecisionLapsed(**about_of(request), step=step.pk, decision=decision.pk, seen=decision.seen, now=now)
    journal.record(told, at=at)


def _reopen(request: ApprovalRequest, step: ApprovalStep, decision: Decision) -> None:
    if step.status == StepState.HELD:
        move(step.take_back)
        step.save(update_fields=["status", "decided_at"])
    spoke = queries.spoke(request)
    active = Task.objects.filter(step__request=request, step__status=StepState.ACTIVE, passed_to=None)
    active.exclude(person__in=spoke).exclude(on_behalf_of__in=spoke).update(is_open=True)


@verb
def take_back(*, step: ApprovalStep, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Take one's own decision back. Possible until it is applied, not until the clock says so."""
    with deciding(step.request, by=by, key=key, of=step.request) as request:
        step = queries.step_of(request, step.pk)
        mine = [decision for decision in queries.standing_decisions(step) if decision.person_id == by.person_id]
        if not mine:
            raise Refused(_("There is no decision of yours to take back."))
        if step.status not in (StepState.HELD, StepState.ACTIVE):
            raise Refused(_("It has taken effect already: %(state)s.") % {"state": step.get_status_display().lower()})
        decision = mine[-1]
        Decision.objects.create(
            step=step,
            kind=DecisionKind.TAKE_BACK,
            person_id=by.person_id,
            on_behalf_of_id=decision.on_behalf_of_id,
            delegation_id=decision.delegation_id,
            membership_id=decision.membership_id,
            seen=decision.seen,
            decided_at=at,
            effective_at=current().recorded_at,
            takes_back=decision,
        )
        _reopen(request, step, decision)
        told = DecisionTakenBack(**about_of(request), step=step.pk, decision=decision.pk, person_id=by.person_id or 0)
        journal.record(told, at=at)
    return request
