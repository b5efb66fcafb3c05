"""The clock's look at waiting jobs, and the worker's run of one."""

import logging
from typing import Any

from celery import shared_task

from foundation.jobs import actions as jobs

log = logging.getLogger("countersign.jobs")
A_TICK = 10
"""Jobs that one tick takes at most, so that the queue's other work gets its turn."""


@shared_task
def clock_jobs(**_later: Any) -> None:
    """Run what waits, one job after the other."""
    jobs.give_up()
    for _ in range(A_TICK):
        job = jobs.claim()
        if job is None:
            return
        try:
            jobs.run(job)
        except Exception:
            log.exception("Job %s (%s) failed", job.pk, job.kind)
