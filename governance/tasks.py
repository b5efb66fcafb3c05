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
from governance.authority import replays
from governance.cases import actions as cases
from governance.cases import queries

CLOCK = Actor(DEADLINE, "cases")
REVIEWS = Actor(DEADLINE, "reviews")


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


jobs.register(replays.KIND, replays.run)
