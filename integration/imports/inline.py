"""An import from beginning to end in this process, for commands: the same actions, a bar instead of a page."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TextIO, TypeVar
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from integration.imports import actions as imports
from integration.imports import tasks
from integration.imports.models import Import

T = TypeVar("T")
WIDTH = 32


def stage(
    kind: str,
    upload: UploadedFile,
    *,
    by: Actor,
    at: datetime,
    mapping: Mapping[str, str] | None = None,
    signs: Mapping[str, str] | None = None,
) -> Import:
    """A mapping from the shell is added to what the headings say."""
    batch = imports.receive(kind=kind, upload=upload, signs=signs, by=by, at=at, key=uuid4().hex)
    if mapping:
        kept = {ours: theirs for ours, theirs in batch.mapping.items() if theirs not in mapping.values()}
        chosen = {name: batch.signs.get(name, "") for name in ("decimal", "days")} if signs else {}
        both = {"mapping": kept | dict(mapping), "signs": chosen}
        batch = imports.map_columns(batch=batch, by=by, at=at, seen=batch.version, key=uuid4().hex, **both)
    return batch


def apply(batch: Import, *, by: Actor, at: datetime, bar: TextIO | None = None) -> Import:
    batch = imports.begin(batch=batch, by=by, at=at, seen=batch.version, key=uuid4().hex)
    return _run(batch, tasks.run_apply, at, bar)


def undo(batch: Import, *, by: Actor, at: datetime, bar: TextIO | None = None) -> Import:
    batch = imports.begin_undo(batch=batch, by=by, at=at, seen=batch.version, key=uuid4().hex)
    return _run(batch, tasks.run_undo, at, bar)


def discard(batch: Import, *, by: Actor, at: datetime) -> None:
    imports.discard(batch=batch, by=by, at=at, seen=batch.version, key=uuid4().hex)


def _run(batch: Import, work: Callable[..., None], at: datetime, bar: TextIO | None) -> Import:
    """Take the job ourselves: no worker needs to be there."""
    job = jobs.take(batch.job) if batch.job else None
    if job is None:
        raise Refused(_("A worker has taken it already: see Jobs for how far it is."))
    jobs.run(job, lambda taken: work(taken, at=at, through=lambda units: _shown(units, taken, bar) if bar else units))
    return Import.objects.select_related("file", "job").get(pk=batch.pk)


def _shown(units: Iterable[T], job: Job, bar: TextIO) -> Iterator[T]:
    """Pass units through and draw how far it is, on a terminal again and again, elsewhere once at the end."""
    begun = shown = time.monotonic()
    for unit in units:
        yield unit
        if bar.isatty() and time.monotonic() - shown > 0.1:
            shown = time.monotonic()
            bar.write(f"\r{_line(job, shown - begun)}")
            bar.flush()
    bar.write(f"{chr(13) if bar.isatty() else ''}{_line(job, time.monotonic() - begun)}\n")


def _line(job: Job, seconds: float) -> str:
    share = job.done_count / job.total_count if job.total_count else 1.0
    drawn = "█" * int(share * WIDTH)
    return f"  {job.title[:40]:<40} {drawn:·<{WIDTH}} {job.done_count:>6} of {job.total_count} {seconds:6.1f} s"
