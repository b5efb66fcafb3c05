"""Entrances for the clock."""

from typing import Any

from celery import shared_task
from django.utils.timezone import now

from intelligence.performance import actions as performance

MOST = 40
"""Suppliers a round, so that one ends within the time of a task; the next goes on."""


@shared_task(name="intelligence.tasks.clock_performance", expires=300)
def clock_performance(**later: Any) -> int:
    """Compute again what changed, then say who stands where. Running twice at a time is harmless: a supplier's
    figures are computed under its lock, and what stands already is not written again.
    """
    at = now()
    suppliers = performance.stale(at, limit=MOST)
    for supplier in suppliers:
        performance.reckon(supplier=supplier, at=at)
    if suppliers:
        performance.rank(at=at)
    return len(suppliers)
