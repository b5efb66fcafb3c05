"""What waits for whom, what was said, and how far a question has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from foundation.documents.models import Recorded
from governance.approvals import clocks, staffing
from governance.approvals.lifecycle import RequestState, StepState
from governance.approvals.models import (
    ApprovalRequest,
    ApprovalStep,
    Decision,
    DecisionKind,
    Escalated,
    Question,
    Task,
)
from governance.authority.queries import Routed
from organization.people.models import Person


def requests_about(subject: str) -> QuerySet[ApprovalRequest]:
    """Every question ever asked about a document, newest first."""
    return ApprovalRequest.objects.filter(about=subject).order_by("-id")


def request_of(subject: str | Recorded) -> ApprovalRequest | None:
    """The latest question about a document, open or not."""
    return requests_about(_subject(subject)).select_related("matrix", "requester", "broken_by").first()


def open_request(subject: str | Recorded) -> ApprovalRequest | None:
    return requests_about(_subject(subject)).filter(status=RequestState.OPEN).first()


def _subject(subject: str | Recorded) -> str:
    return subject if isinstance(subject, str) else subject.subject


def steps_of(request: ApprovalRequest) -> list[ApprovalStep]:
    return list(request.steps.order_by("sequence", "id"))


def step_of(request: ApprovalRequest, pk: int) -> ApprovalStep:
    """A step read under its request's lock."""
    return request.steps.get(pk=pk)


def standing(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Without those that were taken back, and without the taking back itself."""
    taken_back = Decision.objects.filter(takes_back__isnull=False).values("takes_back")
    return decisions.exclude(kind=DecisionKind.TAKE_BACK).exclude(pk__in=taken_back).order_by("id")


def standing_decisions(step: ApprovalStep) -> list[Decision]:
    """What was said on a step and not taken back, oldest first."""
    return list(standing(Decision.objects.filter(step=step)))


def spoke(request: ApprovalRequest) -> set[int]:
    """Everybody who decided something on this request, and whom they stood in for."""
    said = standing(Decision.objects.filter(step__request=request)).values_list("person_id", "on_behalf_of_id")
    return {person for pair in said for person in pair if person is not None}


def spoke_on(requests: Iterable[int]) -> dict[int, set[int]]:
    """As ``spoke`` for several requests by key; one query."""
    found: dict[int, set[int]] = {key: set() for key in requests}
    said = standing(Decision.objects.filter(step__request__in=found))
    for request, *both in said.values_list("step__request_id", "person_id", "on_behalf_of_id"):
        found[request].update(person for person in both if person is not None)
    return found


def said_on(steps: Iterable[ApprovalStep]) -> dict[int, int]:
    """How many decisions stand on each step that needs several."""
    wanted = [step.pk for step in steps if step.needs > 1]
    said = standing(Decision.objects.filter(step__in=wanted)) if wanted else Decision.objects.none()
    return dict(said.order_by().values_list("step").annotate(Count("id")))


@dataclass(frozen=True)
class InboxRow:
    """One thing that waits for one person."""

    step: int
    request: int
    about: str
    kind: str
    title: str
    url: str
    amount: Decimal
    currency: str
    requester: str
    site: str
    role: str
    place: str
    on_behalf_of: str
    asked_at: datetime
    due_at: datetime | None

    def is_overdue(self, at: datetime) -> bool:
        return self.due_at is not None and self.due_at < at


ROW = {
    "step": F("step_id"),
    "request": F("step__request_id"),
    "about": F("step__request__about"),
    "kind": F("step__request__kind"),
    "title": F("step__request__title"),
    "url": F("step__request__url"),
    "amount": F("step__request__amount"),
    "currency": F("step__request__currency"),
    "requester": F("step__request__requester__name"),
    "site": F("step__request__site__code"),
    "role": F("step__role"),
    "place": F("step__place"),
    "on_behalf_of": F("on_behalf_of__name"),
    "asked_at": F("step__request__asked_at"),
}


def tasks_of(person: Person | int, *, at: datetime) -> QuerySet[Task]:
    """Open tasks, soonest due first; what was lent counts only while it is lent."""
    return Task.objects.filter(_lent(at), person=person, is_open=True).order_by(F("due_at").asc(nulls_last=True), "id")


def _lent(at: datetime) -> Q:
    """One's own tasks, and those by an authority that is lent at this instant."""
    lent = {"delegation__ended_at": None, "delegation__starts_at__lte": at, "delegation__ends_at__gt": at}
    return Q(delegation=None) | Q(**lent)


def awake(tasks: QuerySet[Task], *, at: datetime) -> QuerySet[Task]:
    """Without those that were put off until later."""
    return tasks.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=at))


TASK = ("step__request__requester", "step__request__site", "step__request__matrix", "on_behalf_of")
"""What a row of the inbox and its card show."""


def tab(name: str, person: int, *, at: datetime) -> QuerySet[Task]:
    """The tasks behind one tab of the inbox, with everything that is shown of them."""
    waiting = tasks_of(person, at=at)
    said = Decision.objects.filter(step=OuterRef("step"), person=person).exclude(kind=DecisionKind.TAKE_BACK)
    mine = Task.objects.filter(person=person)
    found = {
        "mine": awake(waiting, at=at),
        "standing-in": waiting.exclude(on_behalf_of=None),
        "snoozed": waiting.filter(snoozed_until__gt=at),
        "coming": mine.filter(step__status=StepState.WAITING).order_by("step__request__asked_at", "id"),
        "done": mine.filter(Exists(said)).order_by(F("step__decided_at").desc(nulls_last=True), "-id"),
    }[name]
    return found.select_related(*TASK)


def inbox(person: Person | int, *, at: datetime, limit: int = 50, offset: int = 0) -> list[InboxRow]:
    """What waits for this person and was not put off, soonest due first. One query, by the index over open tasks."""
    alias = {f"said_{name}": path for name, path in ROW.items()}
    rows = awake(tasks_of(person, at=at), at=at).values("due_at", **alias)[offset : offset + limit]
    return [
        InboxRow(
            due_at=row["due_at"],
            **{name: row[f"said_{name}"] if row[f"said_{name}"] is not None else "" for name in ROW},  # type: ignore[literal-required]
        )
        for row in rows
    ]


def waited_for(step: ApprovalStep, *, at: datetime) -> set[int]:
    """Whom an active step waits for; not yet those to whom authority is lent from a later day on."""
    return set(Task.objects.filter(_lent(at), step=step, is_open=True).values_list("person_id", flat=True))


def questions_of(step: ApprovalStep) -> list[Question]:
    """What was asked before deciding, and what was answered, in order."""
    return list(step.questions.select_related("asker", "asked").order_by("id"))


def unanswered(person: int) -> QuerySet[Question]:
    """What this person was asked about steps that still wait, the longest waiting first."""
    rows = Question.objects.filter(asked=person, answered_at=None, step__status=StepState.ACTIVE)
    return rows.order_by("asked_at", "id")


def questions_to(person: int) -> QuerySet[Question]:
    """Everything this person was ever asked, with what is shown of it."""
    rows = Question.objects.filter(asked=person).select_related("step__request", "asker")
    return rows.order_by("-id")


def coming_count(person: Person) -> int:
    """How many steps will reach this person when earlier ones are approved."""
    return Task.objects.filter(person=person, step__status=StepState.WAITING).count()


def held_decisions(person: Person) -> list[Decision]:
    """What this person decided and may still take back: at most a few, newest first."""
    rows = Decision.objects.filter(person=person, step__status=StepState.HELD).select_related("step__request")
    return list(standing(rows).order_by("-id")[:20])


@dataclass(frozen=True)
class StripStep:
    """A step as the route strip draws it."""

    step: int
    role: str
    place: str
    state: StepState
    label: str
    names: list[str]
    due_at: datetime | None
    decided_at: datetime | None
    comment: str
    rules: list[int]
    why: list[dict[str, Any]]
    runs_out: str
    """What happens when the time is over, or has happened."""

    @property
    def because(self) -> list[tuple[int, str]]:
        return reasons(self.why)

    @property
    def is_done(self) -> bool:
        return self.state not in (StepState.WAITING, StepState.ACTIVE, StepState.HELD)

    @property
    def is_now(self) -> bool:
        return self.state in (StepState.ACTIVE, StepState.HELD)


def reasons(why: Iterable[dict[str, Any]]) -> list[tuple[int, str]]:
    """The rules that ask a step, each with what it compared, in words."""
    return [(one["rule"], ", ".join(one["because"]).replace("_", " ")) for one in why]


def tasks_on(request: ApprovalRequest) -> list[Task]:
    """Every task of a request with its people, in the order in which they were asked."""
    return list(Task.objects.filter(step__request=request).select_related("person", "on_behalf_of").order_by("id"))


def decisions_on(request: ApprovalRequest) -> list[Decision]:
    """What was said on a request and stands, with who said it."""
    said = Decision.objects.filter(step__request=request).select_related("person", "on_behalf_of")
    return list(standing(said))


def route_strip(
    request: ApprovalRequest, tasks: list[Task] | None = None, decisions: list[Decision] | None = None
) -> list[StripStep]:
    """Done, now, next: who decided, who is waited for, who comes later. Three queries, one with the rest in hand."""
    steps = steps_of(request)
    said: dict[int, list[Decision]] = {}
    for decision in decisions_on(request) if decisions is None else decisions:
        said.setdefault(decision.step_id, []).append(decision)
    asked: dict[int, list[str]] = {}
    for task in tasks_on(request) if tasks is None else tasks:
        if task.passed_to_id is None:
            asked.setdefault(task.step_id, []).append(_named(task.person, task.on_behalf_of))
    return [_strip_step(step, said.get(step.pk, []), asked.get(step.pk, [])) for step in steps]


def _strip_step(step: ApprovalStep, said: list[Decision], asked: list[str]) -> StripStep:
    decided = [_named(decision.person, decision.on_behalf_of) for decision in said]
    open_ = step.status in (StepState.WAITING, StepState.ACTIVE)
    return StripStep(
        step=step.pk,
        role=step.role,
        place=step.place,
        state=StepState(step.status),
        label=step.get_status_display(),
        names=asked if open_ else decided,
        due_at=step.due_at,
        decided_at=step.decided_at,
        comment=said[-1].comment if said else "",
        rules=step.rules,
        why=step.why,
        runs_out=clocks.runs_out(step),
    )


def _named(person: Person | None, stands_in_for: Person | None) -> str:
    if person is None:
        return ""
    if stands_in_for is None:
        return person.name
    return _("%(person)s for %(other)s") % {"person": person.name, "other": stands_in_for.name}


@dataclass(frozen=True)
class PreviewStep:
    """A step as it would be asked, before anything is submitted."""

    sequence: int
    role: str
    place: str
    names: list[str]
    needs: int
    sla_hours: Decimal
    rules: list[int]
    nobody: bool


def preview(routed: Routed, *, requester_id: int | None, at: datetime, barred: Iterable[int] = ()) -> list[PreviewStep]:
    """Who would be asked, name by name; empty when it would pass by itself or could not be asked at all."""
    if routed.objections or routed.route.auto_approved:
        return []
    openings = staffing.openings(routed)
    staffed = staffing.staff(
        openings,
        kind=routed.facts["kind"],
        amount=Decimal(routed.facts["amount"]),
        requester_id=requester_id,
        barred=set(barred),
        spoke=(),
        at=at,
    )
    return [
        PreviewStep(
            sequence=opening.sequence,
            role=opening.role,
            place=opening.place,
            names=_names(staffed.takers[opening.number]),
            needs=staffing.needed(opening, staffed.takers[opening.number]),
            sla_hours=opening.sla_hours,
            rules=opening.rules,
            nobody=opening.number in staffed.stranded,
        )
        for opening in openings
    ]


def _names(takers: Iterable[staffing.Taker]) -> list[str]:
    return [
        taker.name
        if taker.loan is None
        else _("%(person)s for %(other)s") % {"person": taker.name, "other": taker.loan.giver.name}
        for taker in takers
    ]


def cannot_decide(*, giver: Person, taker: Person) -> list[ApprovalRequest]:
    """Open questions that wait, or will, for the giver and that the taker may not decide in his place; one query.

    He asked for it himself, took part in the document, or decided on it already.
    """
    mine = Task.objects.filter(step__request=OuterRef("pk"), step__status__in=[StepState.WAITING, StepState.ACTIVE])
    mine = mine.filter(person=giver)
    said = standing(Decision.objects.filter(step__request=OuterRef("pk"))).filter(
        Q(person=taker) | Q(on_behalf_of=taker)
    )
    took_part = Q(requester=taker) | Q(barred__contains=[taker.pk]) | Q(Exists(said))
    rows = ApprovalRequest.objects.filter(Exists(mine), took_part, status=RequestState.OPEN)
    return list(rows.order_by("asked_at", "id")[:100])


def undecided_of(*, roles: Iterable[str] = (), people: Iterable[int] = ()) -> list[ApprovalRequest]:
    """Open requests with undecided steps of these roles, or with tasks of these people: who must be staffed anew."""
    steps = Q(steps__status__in=[StepState.WAITING, StepState.ACTIVE])
    above = Q(steps__escalates_to__in=list(roles), steps__escalation=Escalated.ADDED)
    mine = Q(steps__role__in=list(roles)) | above | Q(steps__tasks__person__in=list(people))
    return list(ApprovalRequest.objects.filter(steps, mine, status=RequestState.OPEN).distinct().order_by("id"))
