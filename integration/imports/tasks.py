"""The worker's run of imports: a queue of their own, so that a long file keeps nobody waiting."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from celery import shared_task
from django.utils.timezone import now

from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.values.actor import Actor
from integration.imports import actions as imports
from integration.imports import applying
from integration.imports.columns import ERROR
from integration.imports.models import Fate, Import, ImportState
from integration.imports.queries import records, standing

QUEUE = "import"
Through = Callable[[Iterable[Any]], Iterable[Any]]
"""Who else looks at the units as they pass: a bar in a terminal."""


@shared_task(time_limit=900, soft_time_limit=840)
def clock_imports(**_later: Any) -> None:
    """Apply or undo what waits, one after the other."""
    jobs.run_waiting(QUEUE, limit=1)


def run_apply(job: Job, *, at: datetime | None = None, through: Through = iter) -> None:
    """Apply an import as a job; started again, it goes on where it stopped."""
    batch, by, at = _batch(job), Actor.parse(job.by), at or now()
    if batch.status != ImportState.RUNNING:
        return
    jobs.expect(job, records(batch).filter(fate=Fate.WAITING, is_sound=True).count())
    for piece in through(jobs.counted(job, applying.apply(batch, by=by, at=at))):
        job.failed_count += piece.effect == ERROR
    imports.finish(batch=batch, by=by, at=at, key=f"import-{batch.pk}-finish")


def run_undo(job: Job, *, at: datetime | None = None, through: Through = iter) -> None:
    batch, by, at = _batch(job), Actor.parse(job.by), at or now()
    if batch.status != ImportState.APPLIED:
        return
    jobs.expect(job, standing(batch).count())
    undone = 0
    for done in through(jobs.counted(job, applying.undo(batch, by=by, at=at))):
        undone += done
        job.failed_count += not done
    imports.finish_undo(batch=batch, undone=undone, by=by, at=at, key=f"import-{batch.pk}-undone-{job.pk}")


def _batch(job: Job) -> Import:
    return Import.objects.select_related("file").get(pk=job.request["batch"])


jobs.register(imports.APPLY, run_apply, queue=QUEUE)
jobs.register(imports.UNDO, run_undo, queue=QUEUE)
