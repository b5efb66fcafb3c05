"""Entrances for the clock: what is late is chased, what came is let go, silence becomes a yes where that was agreed."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import partial
from typing import Any

from celery import shared_task
from django.utils.timezone import now

from foundation.door import Busy
from foundation.lifecycles import Refused
from foundation.values.actor import DEADLINE, Actor
from organization.sites.queries import today
from procurement.chasing import actions as chasing
from procurement.chasing import queries
from procurement.chasing.models import Late

CHASER = Actor(DEADLINE, "chasing")
MOST = 200
"""A minute takes no more of each than these; the next goes on."""


@shared_task(name="procurement.tasks.clock_chases", expires=60)
def clock_chases(**later: Any) -> int:
    """What came first, then whose turn it is, then the next rung. Each once, as its key says, whoever runs twice."""
    done, at = 0, now()
    for act, key in _due(at):
        try:
            act(by=CHASER, at=at, key=key)
            done += 1
        except (Refused, Busy):
            continue  # answered or held this very moment
    return done


def _due(at: datetime) -> Iterator[tuple[Any, str]]:
    for order in queries.to_deem(at)[:MOST]:
        yield partial(chasing.deem, order=order), f"deem:{order.pk}:{order.revision}"
    for chase in queries.over(at.date())[:MOST]:
        yield partial(chasing.settle, chase=chase), f"settle:{chase.pk}"
    for chase, waits_for in queries.turned(queries.open_chases()[: 10 * MOST]).items():
        yield partial(chasing.turn_to, chase=chase, waits_for=waits_for), f"turn:{chase.pk}:{chase.version}"
    for order in queries.unanswered(at)[:MOST]:
        cause = chasing.cause_of(order, Late.CONFIRMATION)
        said = {"kind": Late.CONFIRMATION, "cause": cause, "due_at": order.confirm_by}
        yield partial(chasing.begin, order=order, **said), f"begin:{order.pk}:{cause}"
    for order in queries.undelivered(at.date())[:MOST]:
        if order.due >= today(order.site, at):
            continue
        cause = chasing.cause_of(order, Late.SHIPMENT, order.due)
        due_at = datetime.combine(order.due, time(23, 59), UTC)
        said = {"kind": Late.SHIPMENT, "cause": cause, "due_at": due_at}
        yield partial(chasing.begin, order=order, **said), f"begin:{order.pk}:{cause}"
    for chase in queries.due(at)[:MOST]:
        yield partial(chasing.climb, chase=chase), f"climb:{chase.pk}:{chase.step}"
