"""What a step's clock does: it reminds, it brings in the role above, it sends back what nobody answers.

All three look at the database's clock under the request's lock, so that a clock that jumps, a task that runs twice
and two workers at a time change nothing twice and nothing too early.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.turns import current
from foundation.lifecycles import Refused, move
from foundation.subjects import registry as subjects
from foundation.values.actor import Actor
from governance import deadlines
from governance.approvals import clocks, queries, staffing
from governance.approvals.actions.asking import about_of, staffed_anew
from governance.approvals.actions.deciding import turn_down
from governance.approvals.actions.handing import day_at
from governance.approvals.events import ApproverFound, StepEscalated, StepNudged, StepUnanswered
from governance.approvals.models import ApprovalRequest, ApprovalStep, Escalated, Task
from governance.authority import queries as authority
from governance.authority.rules import has_authority


@verb
def remind(*, step: ApprovalStep, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Part of the time is over: those who are waited for hear of it, once a step."""
    with deciding(step.request, by=by, key=key) as request:
        step = _still(clocks.to_remind(_now()).filter(pk=step.pk).first())
        step.reminded_at, step.nudged_on = _now(), day_at(request, at)
        step.save(update_fields=["reminded_at", "nudged_on"])
        people = sorted(queries.waited_for(step, at=at))
        said = {"step": step.pk, "role": step.role, "by_id": None, "people": people, "day": step.nudged_on}
        told = StepNudged(**about_of(request), **said)
        journal.record(told, at=at)
    return request


@verb
def escalate(*, step: ApprovalStep, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """The time is over, or nobody is there who could answer: the role above may decide too, once a step.

    It decides by an authority of its own: a role that no rule asks about as much as this is only told. Nobody who
    was asked is asked any less, and segregation of duties holds for the new ones as for the others.
    """
    with deciding(step.request, by=by, key=key) as request:
        now = _now()
        step = _still(clocks.to_escalate(now).filter(pk=step.pk).first())
        added = _has_authority(request, step)
        step.escalated_at, step.escalation = now, Escalated.ADDED if added else Escalated.TOLD
        if step.returns_after:
            step.returns_at = deadlines.due(now, step.returns_after, site_id=request.site_id)
        step.save(update_fields=["escalated_at", "escalation", "returns_at"])
        asked = set(Task.objects.filter(step=step).values_list("person_id", flat=True))
        people = _bring_in(request, step, asked, at=at) if added else staffing.holders_above(step) - asked
        told = StepEscalated(
            **about_of(request),
            step=step.pk,
            role=step.role,
            place=step.place,
            to_role=step.escalates_to,
            added=added,
            people=sorted(people),
            due_at=step.due_at,
            returns_at=step.returns_at,
        )
        journal.record(told, at=at)
    return request


def _bring_in(request: ApprovalRequest, step: ApprovalStep, asked: set[int], *, at: datetime) -> set[int]:
    """Tasks for those who may decide besides; a step that nobody could take has somebody now."""
    staffed = staffed_anew(request, at=at)
    takers = [one for one in staffed.takers[step.pk] if one.person_id not in asked]
    staffing.write_tasks(step, takers, is_open=True)
    if takers and not asked and step.pk not in staffed.stranded:
        journal.record(ApproverFound(**about_of(request), step=step.pk), at=at)
    return {one.person_id for one in takers}


def _has_authority(request: ApprovalRequest, step: ApprovalStep) -> bool:
    """By the very version that the question was routed by."""
    if request.matrix is None:
        return False
    rules = authority.rules_in(request.matrix, request.kind)
    return has_authority(step.escalates_to, rules, authority.from_kept(request.facts))


@verb
def return_unanswered(*, step: ApprovalStep, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Nobody answered in all the time there was: the document goes back to the requester, who is told why."""
    document = subjects.fetch(step.request.about)
    first = [document, *subjects.handler(step.request.about).lock(document)]
    with deciding(step.request, by=by, key=key, first=first) as request:
        step = _still(clocks.to_return(_now()).filter(pk=step.pk).first())
        move(step.send_back, at=at)
        step.save(update_fields=["status", "decided_at"])
        journal.record(StepUnanswered(**about_of(request), step=step.pk, role=step.role, due_at=step.due_at), at=at)
        reason = _("%(role)s did not answer in time. Send it again, or ask who stands in.") % {"role": step.role}
        turn_down(request, current().rows[document.subject], returned=True, reason=reason, by=by, at=at)
    return request


def _still(step: ApprovalStep | None) -> ApprovalStep:
    """Read again under the lock, by the database's clock."""
    if step is None:
        raise Refused(_("There is nothing to do yet, or it is done."))
    return step


def _now() -> datetime:
    """Deadlines know the database's clock only."""
    return current().recorded_at
