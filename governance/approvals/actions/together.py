"""Approving many steps with one press of a button: each is judged as if it were alone, all are written together."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects

from foundation.documents import rows, sets
from foundation.door import Busy, ProofNeeded, Stale, compare, deciding_together, entered, verb_of_many
from foundation.failpoints import failpoint
from foundation.journal import actions as journal
from foundation.journal.models import Entry
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import NotYours
from foundation.subjects import registry as subjects
from foundation.values.actor import Actor
from governance.approvals import queries
from governance.approvals.actions import returning
from governance.approvals.actions.deciding import check, decide, decision_of, step_decided
from governance.approvals.events import StepDecided
from governance.approvals.models import ApprovalStep, DecisionKind
from governance.approvals.staffing import Rights, Taker
from organization.scopes.queries import asks_proof

Asked = Sequence[tuple[ApprovalStep, int]]
"""Steps, each with the version of the document that the person saw."""
Fates = dict[int, Exception | None]
"""What stands against each step by its key, or None: it is approved."""
ANSWERS = (Refused, NotYours, Stale, Busy, ProofNeeded)


def approve_many(*, asked: Asked, by: Actor, at: datetime, key: str) -> Fates:
    """Approve steps as ``decide`` would one by one, and say what became of each.

    They are held for the moment in which they can be taken back, then each takes effect in a turn of its own. What
    wants a fresh proof, and everything while somebody holds one of the rows, is decided one by one.
    """
    asked = list({step.pk: (step, seen) for step, seen in asked}.values())  # his own task and one for another
    try:
        fates = _approve_together(asked=asked, by=by, at=at, key=key)
    except Busy:
        fates = {}
    for step, seen in asked:
        if step.pk not in fates:
            fates[step.pk] = _approve_alone(step, by=by, at=at, seen=seen, key=f"{key}:{step.pk}"[-80:])
    return fates


def _approve_alone(step: ApprovalStep, **said: Any) -> Exception | None:
    try:
        decide(step=step, kind=DecisionKind.APPROVE, **said)
    except ANSWERS as no:
        return no
    return None


def _approved_before(turn: int) -> Fates:
    """What a repeat is answered with: the steps that were approved by it."""
    said = Entry.objects.filter(turn_id=turn, name=StepDecided.name)
    return dict.fromkeys(said.values_list("facts__step", flat=True))


@verb_of_many(again=_approved_before)
def _approve_together(*, asked: Asked, by: Actor, at: datetime, key: str) -> Fates:
    """What becomes of those that are judged here; of the others nothing is said."""
    takers, fates = _takers(asked, by=by, at=at)
    plain = [(step, seen) for step, seen in asked if step.pk in takers]
    if not plain:
        return fates
    documents = subjects.fetch_all(step.request.about for step, _seen in plain)
    requests = {step.request_id: step.request for step, _seen in plain}
    still = [row for taker in takers.values() for row in taker.rests_on]
    with deciding_together([*requests.values(), *documents.values()], by=by, key=key, shared=still) as turn:
        failpoint("decide.locked")
        prefetch_related_objects([turn.rows[request.subject] for request in requests.values()], "matrix")
        sound, judged = _judge(plain, takers, turn.rows, at=at)
        until = turn.recorded_at + timedelta(seconds=settings.APPROVAL_HOLD_SECONDS)
        said = {"kind": DecisionKind.APPROVE, "decided_at": at, "effective_at": until}
        decisions = [decision_of(step, takers[step.pk], seen=seen, **said) for step, seen in sound]
        rows.insert(decisions)
        complete = _complete(sound)
        returning.close([(step, takers[step.pk]) for step, _seen in sound], complete)
        for step in complete:
            move(step.hold, at=at)
        sets.write(complete, ["status", "decided_at"])
        held_now = {step.pk for step in complete}
        for (step, _seen), decision in zip(sound, decisions, strict=True):
            due = decision.effective_at if step.pk in held_now else None
            with entered(turn.rows[step.request.subject]) as request:
                journal.record(step_decided(request, step, decision), at=at, due=due)
    return fates | judged


def _takers(asked: Asked, *, by: Actor, at: datetime) -> tuple[dict[int, Taker], Fates]:
    """Who takes which step, and what stands against the others; one that wants a fresh proof is in neither."""
    rights = Rights(by.person_id or 0, [step for step, _seen in asked], at=at)
    takers: dict[int, Taker] = {}
    fates: Fates = {}
    for step, _seen in asked:
        try:
            taker = rights.to(step, kind=step.request.kind, amount=step.request.compared)
        except NotYours as no:
            fates[step.pk] = no
            continue
        if not any(asks_proof(one, step.request.compared) for one in taker.memberships):
            takers[step.pk] = taker
    return takers, fates


def _judge(
    asked: Asked, takers: dict[int, Taker], held: dict[str, Any], *, at: datetime
) -> tuple[list[tuple[ApprovalStep, int]], Fates]:
    """Which of them may be approved, read anew under the locks, and what stands against the others."""
    steps = ApprovalStep.objects.in_bulk([step.pk for step, _seen in asked])
    spoke = queries.spoke_on(step.request_id for step, _seen in asked)
    sound: list[tuple[ApprovalStep, int]] = []
    fates: Fates = {}
    for known, seen in asked:
        step, taker = steps[known.pk], takers[known.pk]
        step.request = held[known.request.subject]
        try:
            compare(held[known.request.about], seen)
            check(step.request, step, taker, spoke=spoke[step.request_id], at=at)
        except (Refused, NotYours, Stale) as no:
            fates[step.pk] = no
            continue
        spoke[step.request_id] |= set(taker.people)
        sound.append((step, seen))
        fates[step.pk] = None
    return sound, fates


def _complete(sound: Asked) -> list[ApprovalStep]:
    """Those of which enough have said yes now."""
    said = queries.said_on(step for step, _seen in sound)
    return [step for step, _seen in sound if step.needs <= 1 or said.get(step.pk, 0) >= step.needs]
