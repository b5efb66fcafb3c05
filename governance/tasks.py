"""Entrances for the clock."""

from typing import Any

from celery import shared_task
from django.utils.timezone import now

from foundation.door import Busy
from foundation.jobs import actions as jobs
from foundation.lifecycles import Refused
from foundation.values.actor import DEADLINE, Actor
from governance.authority import replays
from governance.cases import actions as cases
from governance.cases import queries

CLOCK = Actor(DEADLINE, "cases")


@shared_task(name="governance.tasks.clock_cases", expires=60)
def clock_cases(**later: Any) -> int:
    """Escalate every overdue case, once. Running twice at a time is harmless: the key is the case and its deadline."""
    escalated = 0
    for case in queries.overdue(now())[:500]:
        try:
            cases.escalate(case=case, by=CLOCK, at=now(), key=f"{case.pk}:{case.due_at.isoformat()}")
            escalated += 1
        except (Refused, Busy):
            continue  # settled or held by somebody this very moment; the next minute looks again
    return escalated


jobs.register(replays.KIND, replays.run)
