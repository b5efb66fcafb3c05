"""Approving many steps with one press of a button: each is judged as if it were alone, all are written together."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

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
from governance.approvals.actions.deciding import check, decide, step_decided
from governance.approvals.actions.returning import come_back
from governance.approvals.events import StepDecided
from governance.approvals.models import ApprovalStep, Decision, DecisionKind, Task
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
    rights = Rights(by.person_id or 0, [step for step, _seen in asked], at=at)
    fates: Fates = {}
    plain: list[tuple[ApprovalStep, int]] = []
    alone: list[tuple[ApprovalStep, int]] = []
    for step, seen in asked:
        try:
            taker = _taker(rights, step)
            needs_proof = any(asks_proof(one, step.request.compared) for one in taker.memberships)
            (alone if needs_proof else plain).append((step, seen))
        except NotYours as no:
            fates[step.pk] = no
    if plain:
        try:
            fates |= _approve_together(asked=plain, by=by, at=at, key=key)
        except Busy:
            alone += plain
    for step, seen in alone:
        fates[step.pk] = _approve_alone(step, by=by, at=at, seen=seen, key=f"{key}:{step.pk}"[-80:])
    lost = Refused(_("It was not approved when this was sent first: open it and look."))
    return {step.pk: fates.get(step.pk, lost) for step, _seen in asked}


def _taker(rights: Rights, step: ApprovalStep) -> Taker:
    return rights.to(step, kind=step.request.kind, amount=step.request.compared)


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
    rights = Rights(by.person_id or 0, [step for step, _seen in asked], at=at)
    takers = {step.pk: _taker(rights, step) for step, _seen in asked}
    documents = subjects.fetch_all(step.request.about for step, _seen in asked)
    requests = {step.request_id: step.request for step, _seen in asked}
    still = [row for taker in takers.values() for row in (*taker.memberships, *([taker.loan] if taker.loan else []))]
    held: dict[str, Any] = {"of": documents.values(), "shared": still}
    with deciding_together(requests.values(), by=by, key=key, **held) as turn:
        failpoint("decide.locked")
        prefetch_related_objects([turn.rows[request.subject] for request in requests.values()], "matrix")
        sound, fates = _judge(asked, takers, turn.rows, at=at)
        decisions = _keep(sound, takers, turn, at=at)
        complete = _complete(sound)
        _close_tasks(sound, by, complete, takers)
        for step in complete:
            move(step.hold, at=at)
        sets.write(complete, ["status", "decided_at"])
        held_now = {step.pk for step in complete}
        for (step, _seen), decision in zip(sound, decisions, strict=True):
            due = decision.effective_at if step.pk in held_now else None
            with entered(turn.rows[step.request.subject]) as request:
                journal.record(step_decided(request, step, decision), at=at, due=due)
    return fates


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
        spoke[step.request_id] |= {person for person in (taker.person_id, taker.on_behalf_of_id) if person}
        sound.append((step, seen))
        fates[step.pk] = None
    return sound, fates


def _keep(sound: Asked, takers: dict[int, Taker], turn: Any, *, at: datetime) -> list[Decision]:
    until = turn.recorded_at + timedelta(seconds=settings.APPROVAL_HOLD_SECONDS)
    decisions = [
        Decision(
            step=step,
            kind=DecisionKind.APPROVE,
            person_id=takers[step.pk].person_id,
            on_behalf_of_id=takers[step.pk].on_behalf_of_id,
            delegation=takers[step.pk].loan,
            membership=takers[step.pk].membership,
            seen=seen,
            decided_at=at,
            effective_at=until,
        )
        for step, seen in sound
    ]
    rows.insert(decisions)
    return decisions


def _complete(sound: Asked) -> list[ApprovalStep]:
    """Those of which enough have said yes now."""
    said = queries.said_on(step for step, _seen in sound)
    return [step for step, _seen in sound if step.needs <= 1 or said.get(step.pk, 0) >= step.needs]


def _close_tasks(sound: Asked, by: Actor, complete: Iterable[ApprovalStep], takers: dict[int, Taker]) -> None:
    """As after one decision: a complete step leaves every inbox, who spoke is asked nothing more on the request."""
    mine = Q(step__in=[step.pk for step in complete])
    for person, requests in _spoken(sound, takers).items():
        mine |= Q(step__request__in=requests) & (Q(person=person) | Q(on_behalf_of=person))
    Task.objects.filter(mine).update(is_open=False)
    passed = Task.objects.filter(step__request__in={step.request_id for step, _seen in sound}).exclude(passed_to=None)
    told = set(passed.values_list("step__request", flat=True))
    for step, _seen in sound:
        if step.request_id in told:
            taker = takers[step.pk]
            come_back(step.request, [taker.person_id, taker.on_behalf_of_id], but=step.pk)


def _spoken(sound: Asked, takers: dict[int, Taker]) -> dict[int, list[int]]:
    """Who spoke, himself or through another, on which requests."""
    found: dict[int, list[int]] = {}
    for step, _seen in sound:
        for person in (takers[step.pk].person_id, takers[step.pk].on_behalf_of_id):
            if person:
                found.setdefault(person, []).append(step.request_id)
    return found
