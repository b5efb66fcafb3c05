"""Entrances for the clock."""

from typing import Any

from celery import shared_task
from django.utils.timezone import now

from foundation.door import Busy
from foundation.jobs import actions as jobs
from foundation.lifecycles import Refused
from foundation.values.actor import DEADLINE, Actor
from governance.approvals import actions as approvals
from governance.approvals import clocks
from governance.authority import replays
from governance.cases import actions as cases
from governance.cases import queries

CLOCK, STEPS = Actor(DEADLINE, "cases"), Actor(DEADLINE, "approvals")
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
