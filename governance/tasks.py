"""Entrances for the clock."""

from typing import Any

from celery import shared_task
from django.utils.timezone import now

from foundation.door import Busy
from foundation.jobs import actions as jobs
from foundation.lifecycles import Refused
from foundation.values.actor import DEADLINE, Actor
from governance.access import actions as access
from governance.access import queries as accesses
from governance.approvals import actions as approvals
from governance.approvals import clocks, rerouting
from governance.authority import actions as authority
from governance.authority import queries as matrices
from governance.authority import replays
from governance.cases import actions as cases
from governance.cases import queries
from governance.parameters import actions as parameters
from governance.parameters import queries as values
from governance.waivers import actions as waivers
from governance.waivers import queries as exceptions

CLOCK = Actor(DEADLINE, "cases")
REVIEWS = Actor(DEADLINE, "reviews")
MATRICES = Actor(DEADLINE, "authority")
PARAMETERS = Actor(DEADLINE, "parameters")
WAIVERS = Actor(DEADLINE, "waivers")
STEPS = Actor(DEADLINE, "approvals")
MOST = 500
"""A minute takes no more than these; the next goes on."""


@shared_task(name="governance.tasks.clock_cases", expires=60)
def clock_cases(**later: Any) -> int:
    """Escalate every overdue case, once. Running twice at a time is harmless: the key is the case and its deadline."""
    escalated = 0
    for case in queries.overdue(now())[:MOST]:
        try:
            cases.escalate(case=case, by=CLOCK, at=now(), key=f"{case.pk}:{case.due_at.isoformat()}")
            escalated += 1
        except (Refused, Busy):
            continue  # settled or held by somebody this very moment; the next minute looks again
    return escalated


@shared_task(name="governance.tasks.clock_access", expires=60)
def clock_access(**later: Any) -> int:
    """Acceptances whose time is over, reviews to remind of and to escalate: each once, as its key says."""
    at = now()
    due = [
        *((access.expire, {"acceptance": one}, one.until) for one in accesses.acceptances_over(at)[:500]),
        *((access.remind, {"review": one}, one.due_at) for one in accesses.reviews_to_remind(at)[:100]),
        *((access.escalate, {"review": one}, one.due_at) for one in accesses.reviews_overdue(at)[:100]),
    ]
    done = 0
    for act, about, when in due:
        (row,) = about.values()
        try:
            act(**about, by=REVIEWS, at=at, key=f"{row.pk}:{when.isoformat()}")
            done += 1
        except (Refused, Busy):
            continue  # answered or held this very moment
    return done


@shared_task(name="governance.tasks.clock_matrices", expires=60)
def clock_matrices(**later: Any) -> int:
    """Say of a planned version that it is in force. Routes have asked it since its time came, with or without this."""
    begun = 0
    for matrix in matrices.begun():
        try:
            authority.begin(matrix=matrix, by=MATRICES, at=now(), key=f"{matrix.pk}:{matrix.effective_at}")
            begun += 1
        except (Refused, Busy):
            continue
    return begun


@shared_task(name="governance.tasks.clock_waivers", expires=60)
def clock_waivers(**later: Any) -> int:
    """Remind owners of waivers that end soon, once, and say which are over."""
    told = 0
    for act, rows in ((waivers.remind, exceptions.ending(now())), (waivers.expire, exceptions.over())):
        for waiver in rows[:500]:
            try:
                act(waiver=waiver, by=WAIVERS, at=now(), key=f"{waiver.pk}:{waiver.ends_at}")
                told += 1
            except (Refused, Busy):
                continue
    return told


@shared_task(name="governance.tasks.clock_parameters", expires=60)
def clock_parameters(**later: Any) -> int:
    """Say which values of parameters are over. What counts at an instant is read from their spans, not from this."""
    ended = 0
    for value in values.over()[:500]:
        try:
            parameters.expire(value=value, by=PARAMETERS, at=now(), key=f"{value.pk}:{value.ends_at}")
            ended += 1
        except (Refused, Busy):
            continue
    return ended


@shared_task(name="governance.tasks.clock_approvals", expires=60)
def clock_approvals(**later: Any) -> int:
    """Remind, escalate and send back what waits for an answer: each once a step and deadline, whoever runs twice."""
    done, at = 0, now()
    for act, due in (
        (approvals.return_unanswered, clocks.to_return),
        (approvals.escalate, clocks.to_escalate),
        (approvals.remind, clocks.to_remind),
    ):
        for step in due(at)[:MOST]:
            try:
                act(step=step, by=STEPS, at=at, key=f"{step.pk}:{step.due_at}")
                done += 1
            except (Refused, Busy):
                continue
    return done


jobs.register(replays.KIND, replays.run)
jobs.register(rerouting.KIND, rerouting.run)
