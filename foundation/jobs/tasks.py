"""The clock's look at waiting jobs, and the worker's run of one."""

from typing import Any

from celery import shared_task

from foundation.jobs import actions as jobs

A_TICK = 10
"""Jobs that one tick takes at most, so that the queue's other work gets its turn."""


@shared_task
def clock_jobs(**_later: Any) -> None:
    """Run what waits, one job after the other."""
    jobs.run_waiting(limit=A_TICK)
