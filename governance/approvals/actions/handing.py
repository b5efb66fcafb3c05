"""What becomes of a task before it is decided: passed to a colleague, put off, reminded of."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from foundation.documents.models import Recorded
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.turns import current
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours, allow
from foundation.values.actor import Actor
from foundation.values.days import day_text
from governance.approvals import queries, rules, staffing
from governance.approvals.actions.asking import about_of, staffed_anew
from governance.approvals.events import StepNudged, StepReassigned, TaskSnoozed
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Task
from governance.approvals.staffing import Taker
from governance.parameters.registry import declare
from governance.parameters.rules import Level
from organization.people.models import Person
from organization.sites.queries import today

TOPIC, OWNER = _l("Approvals"), "CFO"
SNOOZE_DAYS = declare(
    "snooze_days",
    words=_l("Longest time a task is put off"),
    help=_l("An approver may put a task out of sight for so long; the clock runs on."),
    topic=TOPIC, unit=_l("days"), owner=OWNER, default=30, low=1, high=90, lowest=Level.ENTITY,
)  # fmt: skip
NUDGE_DAYS = declare(
    "nudge_days",
    words=_l("Days between two reminders"),
    help=_l("Whoever waits for a decision may remind the approvers once in so many days."),
    topic=TOPIC, unit=_l("days"), owner=OWNER, default=1, low=1, high=14,
)  # fmt: skip


def task_of(request: ApprovalRequest, step: ApprovalStep, by: Actor, *, at: datetime) -> Task:
    """The open task of the one who acts, under the request's lock: Refused when it is decided, NotYours without one."""
    step = queries.step_of(request, step.pk)
    if step.status != StepState.ACTIVE:
        raise Refused(_("This is decided: %(state)s.") % {"state": step.get_status_display().lower()})
    task = queries.tasks_of(by.person_id or 0, at=at).filter(step=step).first()
    if task is None:
        raise NotYours("decide", str(step))
    task.step = step
    return task


@verb
def reassign(*, step: ApprovalStep, to: Person, reason: str, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Pass one's task to somebody who holds the authority himself: the role at the place, by his own membership.

    Segregation of duties is asked for the new one as it would be if he decided; the step keeps its clock and its
    other takers. When he loses the authority, or decides elsewhere on the request, the task comes back.

    Raises Refused with the reason why it cannot be his, NotYours if the step does not wait for the one who passes it.
    """
    if not reason.strip():
        raise Refused(_("Say why, so that your colleague knows what to look at."))
    taker = staffing.holder(to.pk, step)
    if taker is None:
        raise Refused(_("%(name)s does not hold this authority: choose somebody who does.") % {"name": to.name})
    with deciding(step.request, by=by, key=key, of=step.request, shared=taker.memberships) as request:
        mine = task_of(request, step, by, at=at)
        check_successor(request, mine.step, mine.person_id, taker, at=at)
        passed = Task.objects.filter(step=mine.step, person=mine.person_id)
        passed.update(is_open=False, passed_to=to, passed_because=reason.strip()[:2000])
        anew = {"is_open": True, "due_at": mine.step.due_at, "passed_to": None, "snoozed_until": None}
        Task.objects.update_or_create(step=mine.step, person=to, on_behalf_of=None, defaults=anew)
        told = StepReassigned(
            **about_of(request),
            step=mine.step_id,
            role=mine.step.role,
            from_id=mine.person_id,
            to_id=to.pk,
            membership_id=taker.membership.pk,
            reason=reason.strip(),
        )
        journal.record(told, at=at)
    return request


def check_successor(request: ApprovalRequest, step: ApprovalStep, giver: int, taker: Taker, *, at: datetime) -> None:
    """Under the locks: may this person decide the step in the place of the one who passes it?"""
    held: list[Any] = [current().rows[membership.subject] for membership in taker.memberships]
    named = {"name": taker.name}
    if any(row.ended_at is not None for row in held):
        raise Refused(_("%(name)s does not hold this authority: choose somebody who does.") % named)
    if taker.person_id == giver:
        raise Refused(_("It waits for you already: choose somebody else."))
    spoke = queries.spoke(request)
    why_not = rules.objection(
        decider=taker.person_id,
        stands_in_for=None,
        requester=request.requester_id,
        barred=request.barred,
        spoke=spoke,
    )
    if why_not:
        sentences = {
            "requester": _("%(name)s asked for this: who asks does not approve."),
            "barred": _("%(name)s took part in this document, so somebody else must decide."),
            "twice": _("%(name)s decided on this request already, so somebody else must decide this step."),
        }
        raise Refused(sentences[why_not] % named)
    offered = staffed_anew(request, at=at).takers[step.pk]
    if taker.person_id not in {one.person_id for one in offered if one.loan is None}:
        raise Refused(_("%(name)s is needed for another step of this request: choose somebody else.") % named)
    left = set(Task.objects.filter(step=step, passed_to=None).values_list("person_id", flat=True)) - spoke - {giver}
    if len(left | {taker.person_id}) < step.needs - len(queries.standing_decisions(step)):
        raise Refused(_("Everybody who is asked here must answer, so you cannot pass it on."))


@verb
def snooze(*, step: ApprovalStep, until: datetime | None, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Put one's task out of sight until an instant, or show it again at once. The clock runs on."""
    most = SNOOZE_DAYS.count(entity=step.request.entity_id, at=at)
    if until is not None and not at < until <= at + timedelta(days=most):
        raise Refused(_("Choose a time from now on, at most %(days)s days ahead.") % {"days": most})
    with deciding(step.request, by=by, key=key, of=step.request) as request:
        mine = task_of(request, step, by, at=at)
        Task.objects.filter(step=mine.step, person=mine.person_id).update(snoozed_until=until)
        told = TaskSnoozed(**about_of(request), step=mine.step_id, person_id=mine.person_id, until=until)
        journal.record(told, at=at)
    return request


@verb
def nudge(*, about: Recorded, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Remind everybody whom a document waits for, once a step in ``NUDGE_DAYS``.

    Whoever sees the document may. Refused when it waits for nobody, or all of them were reminded lately.
    """
    allow(by, about.see_verb, about)  # type: ignore[attr-defined]  # a document of an upper floor
    request = queries.open_request(about)
    if request is None:
        raise Refused(_("Nobody is asked at the moment."))
    with deciding(request, by=by, key=key, of=request) as request:
        day = day_at(request, at)
        active = [step for step in queries.steps_of(request) if step.status == StepState.ACTIVE]
        people = {step.pk: queries.waited_for(step, at=at) - {by.person_id} for step in active}
        asked = [step for step in active if people[step.pk]]
        pause = timedelta(days=NUDGE_DAYS.count(entity=request.entity_id, site=request.site_id, at=at))
        due = [step for step in asked if step.nudged_on is None or day - step.nudged_on >= pause]
        if not asked:
            raise Refused(_("Nobody is asked at the moment."))
        if not due:
            again = day_text(min(step.nudged_on for step in asked if step.nudged_on) + pause)
            raise Refused(_("They were reminded already. You can remind them again on %(day)s.") % {"day": again})
        for step in due:
            step.nudged_on = day
            step.save(update_fields=["nudged_on"])
            who = sorted(people[step.pk])
            said = {"step": step.pk, "role": step.role, "by_id": by.person_id, "people": who, "day": day}
            told = StepNudged(**about_of(request), **said)
            journal.record(told, at=at)
    return request


def day_at(request: ApprovalRequest, at: datetime) -> date:
    """The day by the site's calendar."""
    return today(request.site, at) if request.site else at.date()
