"""Start long work, count it, end it. A job is no document: its counters are written outside any door."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from foundation.files import actions as files
from foundation.jobs.models import Job
from foundation.values.actor import Actor

T = TypeVar("T")
Run = Callable[[Job], None]

STEP = 200
"""Units between two writes of a job's counters."""
PATIENCE = 10.0
"""Seconds after which they are written anyway: units may be slow, and the lease must not run out."""
LEASE = "interval '60 seconds'"
STARTS = 3
"""A job that killed its worker so many times is given up."""
REPORT = "report"
"""The queue of work that nobody said another one for."""

log = logging.getLogger("countersign.jobs")
_kinds: dict[str, Run] = {}
_queues: dict[str, str] = {}


class Cancelled(Exception):
    """Somebody stopped the job; what is done stays done."""


def register(kind: str, run: Run, *, queue: str = REPORT) -> None:
    """Say how jobs of a kind are run: ``run(job)`` counts as it goes and may be started twice."""
    _kinds[kind], _queues[kind] = run, queue


def start(*, kind: str, title: str, by: Actor, at: datetime, request: dict[str, Any], url: str = "") -> Job:
    """Put work in the queue; the clock's next tick begins it."""
    return Job.objects.create(kind=kind, title=title[:200], by=str(by), request=request, url=url, asked_at=at)


def claim(queue: str = REPORT) -> Job | None:
    """Take the oldest job of a queue that waits or whose worker is gone, and lease it by the database's clock."""
    kinds = [kind for kind in _kinds if _queues.get(kind, REPORT) == queue]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""update foundation_job set status = 'running', attempts = attempts + 1,
                   started_at = coalesce(started_at, clock_timestamp()), lease_until = clock_timestamp() + {LEASE}
                where id = (select id from foundation_job
                            where kind = any(%s) and status in ('waiting', 'running') and attempts < %s
                              and (lease_until is null or lease_until < clock_timestamp())
                            order by id limit 1 for update skip locked)
                returning id""",
            [kinds, STARTS],
        )
        found = cursor.fetchone()
    return Job.objects.get(pk=found[0]) if found else None


def take(job: Job) -> Job | None:
    """Lease a job that waits for oneself; None when a worker was quicker."""
    mine = Job.objects.filter(pk=job.pk, status=Job.Status.WAITING)
    lease = {"started_at": Now(), "lease_until": Now() + timedelta(seconds=60), "attempts": 1}
    return Job.objects.get(pk=job.pk) if mine.update(status=Job.Status.RUNNING, **lease) else None


def give_up() -> int:
    """Fail jobs whose workers died too often."""
    lost = Q(status=Job.Status.RUNNING, attempts__gte=STARTS, lease_until__lt=Now())
    said = {"error": "The worker that ran it ended three times."}
    return Job.objects.filter(lost).update(status=Job.Status.FAILED, finished_at=Now(), result=said)


def run_waiting(queue: str = REPORT, *, limit: int) -> None:
    """Run what waits in a queue, one job after the other, so many at most."""
    give_up()
    for _ in range(limit):
        job = claim(queue)
        if job is None:
            return
        try:
            run(job)
        except Exception:
            log.exception("Job %s (%s) failed", job.pk, job.kind)


def run(job: Job, how: Run | None = None) -> None:
    """Run a claimed job to its end. Whatever goes wrong ends in its result, never in a loop."""
    try:
        (how or _kinds[job.kind])(job)
    except Cancelled:
        return
    except Exception as error:
        end(job, Job.Status.FAILED, result={"error": str(error)[:400] or type(error).__name__})
        raise
    else:
        if not job.is_over:
            end(job, Job.Status.DONE, result=job.result)


def expect(job: Job, total: int) -> None:
    """Say how many units there are, so that a percentage means something."""
    job.total_count, job.done_count, job.failed_count = total, 0, 0
    _write(job)


def counted(job: Job, units: Iterable[T]) -> Iterator[T]:
    """Pass units through and count them; stops by ``Cancelled`` when somebody cancelled the job."""
    written = time.monotonic()
    for unit in units:
        yield unit
        job.done_count += 1
        if job.done_count % STEP == 0 or time.monotonic() - written > PATIENCE:
            _write(job)
            written = time.monotonic()
    _write(job)


def _write(job: Job) -> None:
    """Counters and a new lease; only onto a job that still runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""update foundation_job set done_count = %s, total_count = %s, failed_count = %s,
                   lease_until = clock_timestamp() + {LEASE} where id = %s and status = 'running'""",
            [job.done_count, job.total_count, job.failed_count, job.pk],
        )
        if not cursor.rowcount:
            raise Cancelled


def finish_with_file(job: Job, *, content: bytes, name: str, at: datetime) -> None:
    """Done, and this is what came of it: a file for the one who asked."""
    by = Actor.parse(job.by)
    job.file = files.keep(content=content, name=name, about=f"foundation.job:{job.pk}", by=by, at=at)
    end(job, Job.Status.DONE, result={"rows": job.done_count})


def end(job: Job, status: str, *, result: dict[str, Any]) -> None:
    job.status, job.result = status, result
    living = Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING)
    living.update(status=status, result=result, file=job.file, finished_at=Now(), lease_until=None)


def cancel(*, job: Job) -> None:
    """Stop it at its next step; what is done stays done and counted."""
    at_work = Job.objects.filter(pk=job.pk, status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    at_work.update(status=Job.Status.CANCELLED, finished_at=Now(), lease_until=None)


def start_again(*, job: Job, at: datetime) -> Job:
    """The same work once more, as a new job."""
    by = Actor.parse(job.by)
    return start(kind=job.kind, title=job.title, by=by, at=at, request=job.request, url=job.url)
