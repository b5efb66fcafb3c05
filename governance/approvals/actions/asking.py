"""Asking for approval, and everything that makes the question moot."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from foundation.documents.models import Recorded
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.values.actor import Actor
from governance.approvals import clocks, queries, staffing
from governance.approvals.actions.returning import come_back
from governance.approvals.events import (
    ApprovalAsked,
    ApprovalSuperseded,
    ApprovalWithdrawn,
    ApproverFound,
    NoApproverFound,
    StepActivated,
    StepRestaffed,
)
from governance.approvals.lifecycle import UNDECIDED, StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Task
from governance.approvals.staffing import Opening, Staffing, Taker
from governance.authority.queries import Routed
from organization.scopes.models import Membership


def ask(
    *,
    about: Recorded,
    kind: str,
    title: str,
    url: str,
    routed: Routed,
    entity_id: int,
    site_id: int | None,
    amount: Decimal,
    currency: str,
    requester_id: int | None,
    by: Actor,
    at: datetime,
    barred: Collection[int] = (),
) -> ApprovalRequest:
    """Ask whoever the route names, inside the document's own door.

    Facts, route, rule numbers and the matrix version are kept on the request. ``amount`` is in the entity's
    currency, as limits are. ``barred`` are people who may not decide besides the requester (the buyer of record). A
    request that is still open about the document is superseded. A step that nobody can take does not stop the
    question: it is told as ``NoApproverFound`` and becomes a case.

    Raises Refused when the route forbids the document, or names nobody.
    """
    if routed.objections:
        raise Refused(*routed.objections)
    supersede(about=about, by=by, at=at)
    memberships = staffing.roles_filled(routed.route.steps)
    openings = staffing.openings(routed, memberships)
    request = ApprovalRequest(
        about=about.subject,
        about_version=about.version,
        kind=kind,
        title=title[:200],
        url=url,
        matrix=routed.matrix,
        facts=routed.facts,
        route={"steps": [vars(opening) | {"sla_hours": str(opening.sla_hours)} for opening in openings]},
        entity_id=entity_id,
        site_id=site_id,
        amount=amount,
        currency=currency,
        requester_id=requester_id,
        barred=sorted(set(barred)),
        asked_at=at,
    )
    with deciding(request, by=by) as request:
        staffed = _staff(request, openings, spoke=(), at=at, memberships=memberships)
        steps = _write_steps(request, openings, routed, staffed, at=at)
        told = _asked(request, routed, steps)
        journal.record(told, at=at)
        for opening, step in zip(openings, steps, strict=True):
            staffing.write_tasks(step, staffed.takers[opening.number], is_open=step.status == StepState.ACTIVE)
            if step.status == StepState.ACTIVE:
                tell_active(request, step, staffed.takers[opening.number], at=at)
            if opening.number in staffed.stranded:
                _tell_stranded(request, step, at=at)
    return request


def _asked(request: ApprovalRequest, routed: Routed, steps: Iterable[ApprovalStep]) -> ApprovalAsked:
    return ApprovalAsked(
        **about_of(request),
        about_version=request.about_version,
        entity_id=request.entity_id,
        site_id=request.site_id,
        amount=request.amount,
        currency=request.currency,
        requester_id=request.requester_id,
        matrix=routed.matrix.number if routed.matrix else None,
        steps=[{"role": step.role, "place": step.place, "rules": step.rules} for step in steps],
    )


def about_of(request: ApprovalRequest) -> dict[str, Any]:
    """What every event of a request says first."""
    return {
        "subject": request.subject,
        "about": request.about,
        "kind": request.kind,
        "title": request.title,
        "url": request.url,
    }


def _staff(
    request: ApprovalRequest,
    steps: Iterable[Any],
    *,
    spoke: Collection[int],
    at: datetime,
    memberships: list[Membership] | None = None,
) -> Staffing:
    return staffing.staff(
        steps,
        kind=request.kind,
        amount=request.compared,
        requester_id=request.requester_id,
        barred=request.barred,
        spoke=spoke,
        at=at,
        memberships=memberships,
    )


def _write_steps(
    request: ApprovalRequest, openings: list[Opening], routed: Routed, staffed: Staffing, *, at: datetime
) -> list[ApprovalStep]:
    """Born waiting, but for those of the first sequence, which are active at once."""
    first = min(opening.sequence for opening in openings)
    proof = {said["rule"]: said for said in routed.proof}
    steps = []
    for opening in openings:
        now = opening.sequence == first
        step = ApprovalStep(
            request=request,
            status=StepState.ACTIVE if now else StepState.WAITING,
            sequence=opening.sequence,
            role=opening.role,
            level=opening.level,
            place=opening.place,
            where=opening.where,
            lines=opening.where.get("lines", []),
            mode=opening.mode,
            needs=staffing.needed(opening, staffed.takers[opening.number]),
            rules=opening.rules,
            why=[proof[number] for number in opening.rules if number in proof],
            sla_hours=opening.sla_hours,
            escalates_to=opening.escalates_to,
            escalation_where=opening.escalation_where,
            returns_after=opening.returns_after,
            activated_at=at if now else None,
        )
        if now:
            clocks.wind(step, at=at, site_id=request.site_id)
        steps.append(step)
    return ApprovalStep.objects.bulk_create(steps)


def tell_active(request: ApprovalRequest, step: ApprovalStep, takers: Iterable[Taker], *, at: datetime) -> None:
    people = sorted({taker.person_id for taker in takers})
    told = StepActivated(
        **about_of(request), step=step.pk, role=step.role, place=step.place, people=people, due_at=step.due_at
    )
    journal.record(told, at=at)


def _tell_stranded(request: ApprovalRequest, step: ApprovalStep, *, at: datetime) -> None:
    told = NoApproverFound(
        **about_of(request),
        step=step.pk,
        role=step.role,
        place=step.place,
        entity_id=request.entity_id,
        site_id=request.site_id,
        amount=request.amount,
        currency=request.currency,
    )
    journal.record(told, at=at)


@verb
def restaff(*, request: ApprovalRequest, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Look anew who may take the steps that are undecided, after roles or delegations changed.

    Tasks of those who may no longer decide are removed, new ones are written; a step that nobody can take is told,
    and so is one that has somebody again. Nothing is recorded when nobody changes.
    """
    if not any(_difference(step, staffed) for step, staffed in _restaffed(request, at=at)):
        return request
    with deciding(request, by=by, key=key) as request:
        for step, staffed in _restaffed(request, at=at):
            _restaff(request, step, staffed, at=at)
    return request


def _restaffed(request: ApprovalRequest, *, at: datetime) -> list[tuple[ApprovalStep, Staffing]]:
    steps = _undecided(request)
    staffed = _staff(request, steps, spoke=queries.spoke(request), at=at)
    return [(step, staffed) for step in steps]


def staffed_anew(request: ApprovalRequest, *, at: datetime) -> Staffing:
    """Who may take the steps that are undecided, as things are now."""
    return _staff(request, _undecided(request), spoke=queries.spoke(request), at=at)


def _undecided(request: ApprovalRequest) -> list[ApprovalStep]:
    return [step for step in queries.steps_of(request) if step.status in (StepState.WAITING, StepState.ACTIVE)]


def _difference(step: ApprovalStep, staffed: Staffing) -> set[tuple[int, int | None]]:
    """Who is asked and should not be, or should be and is not: (person, whom he stands in for)."""
    asked = set(Task.objects.filter(step=step).values_list("person_id", "on_behalf_of_id"))
    return asked ^ {(taker.person_id, taker.on_behalf_of_id) for taker in staffed.takers[step.pk]}


def _restaff(request: ApprovalRequest, step: ApprovalStep, staffed: Staffing, *, at: datetime) -> None:
    changed, takers = _difference(step, staffed), staffed.takers[step.pk]
    wanted = {(taker.person_id, taker.on_behalf_of_id) for taker in takers}
    for person, other in changed - wanted:
        Task.objects.filter(step=step, person=person, on_behalf_of=other).delete()
    come_back(request, {person for person, _other in changed - wanted})
    staffing.write_tasks(step, takers, is_open=step.status == StepState.ACTIVE)
    people = sorted({taker.person_id for taker in takers})
    journal.record(StepRestaffed(**about_of(request), step=step.pk, people=people), at=at)
    if step.pk in staffed.stranded:
        _tell_stranded(request, step, at=at)
    elif changed:
        journal.record(ApproverFound(**about_of(request), step=step.pk), at=at)


def withdraw(*, about: Recorded, by: Actor, at: datetime) -> ApprovalRequest | None:
    """The document was withdrawn: nobody needs to decide. Inside the document's door; None if nothing was open."""
    return _close(about, "withdraw", ApprovalWithdrawn, by=by, at=at)


def supersede(*, about: Recorded, by: Actor, at: datetime) -> ApprovalRequest | None:
    """The content changed: what was said so far counts for nothing, and held decisions lapse.

    Inside the document's door, before rows that come later in the order of locks (budgets) are touched.
    """
    return _close(about, "supersede", ApprovalSuperseded, by=by, at=at)


def _close(about: Recorded, how: str, event: type[Any], *, by: Actor, at: datetime) -> ApprovalRequest | None:
    request = queries.open_request(about)
    if request is None:
        return None
    with deciding(request, by=by) as request:
        move(getattr(request, how), at=at)
        void(request)
        journal.record(event(**about_of(request)), at=at)
    return request


def void(request: ApprovalRequest) -> None:
    """Empty every undecided step and every inbox."""
    for step in queries.steps_of(request):
        if step.status in UNDECIDED:
            move(step.void)
            step.save(update_fields=["status"])
    Task.objects.filter(step__request=request, is_open=True).update(is_open=False)
