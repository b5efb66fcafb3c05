"""What can be done with an import: take a file in, say what its columns mean, apply it, take it back, throw it away."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, deciding, verb
from foundation.files import actions as files
from foundation.files.models import StoredFile
from foundation.files.tables import Table, Unreadable
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import NotYours, allow
from foundation.values.actor import Actor
from integration.imports import matching, queries, staging
from integration.imports.events import (
    ImportApplied,
    ImportBegun,
    ImportDiscarded,
    ImportMapped,
    ImportStaged,
    ImportUndoBegun,
    ImportUndone,
)
from integration.imports.kinds import kind_of
from integration.imports.kinds.base import permitted
from integration.imports.models import Import, ImportState

APPLY, UNDO = "import", "import_undo"
ENDINGS = (".csv", ".txt", ".xlsx")


def receive(
    *,
    kind: str,
    upload: UploadedFile,
    by: Actor,
    at: datetime,
    key: str,
    mapping: Mapping[str, str] | None = None,
    signs: Mapping[str, str] | None = None,
) -> Import:
    """Keep the file and stage its rows. Without a mapping, the last one from such a file counts, else what fits."""
    if not (upload.name or "").lower().endswith(ENDINGS):
        raise Unreadable(_("Upload a CSV or an XLSX file."))
    file = files.store(upload=upload, about="integration.import", by=by, at=at)
    return stage(kind=kind, file=file, mapping=mapping, signs=signs, by=by, at=at, key=key)


@verb
def stage(
    *,
    kind: str,
    file: StoredFile,
    mapping: Mapping[str, str] | None = None,
    signs: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
    key: str,
) -> Import:
    """Read a kept file and look at what each row would do. Nothing is written to the books."""
    _allow(kind, by)
    shape, batch = kind_of(kind), Import(kind=kind, file=file, by=str(by), started_at=at)
    table = staging.table_of(batch)
    last = matching.remembered(shape, table.header)
    if mapping is None:
        mapping = last.mapping if last else matching.suggested(shape, table.header)
    if signs is None:
        signs = {name: last.signs.get(name, "") for name in ("decimal", "days")} if last else {}
    _understand(batch, table, mapping, signs)
    with deciding(batch, by=by, key=key) as batch:
        staging.stage_rows(batch, table, by)
        told = ImportStaged(
            subject=batch.subject, kind=kind, file=file.name, rows=batch.row_count, errors=batch.error_count
        )
        journal.record(told, at=at)
    return batch


@verb
def map_columns(
    *,
    batch: Import,
    mapping: Mapping[str, str],
    signs: Mapping[str, str],
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
) -> Import:
    """Say what the columns mean and how the file writes numbers and days; every row is looked at anew."""
    with deciding(batch, by=by, seen=seen, key=key) as batch:
        _allow(batch.kind, by)
        if batch.status != ImportState.STAGED:
            raise Refused(_("The columns of an import that was applied stay as they were."))
        table = staging.table_of(batch)
        _understand(batch, table, mapping, signs)
        staging.stage_rows(batch, table, by)
        told = ImportMapped(
            subject=batch.subject,
            kind=batch.kind,
            mapping=batch.mapping,
            signs=batch.signs,
            rows=batch.row_count,
            errors=batch.error_count,
        )
        journal.record(told, at=at)
    return batch


def _understand(batch: Import, table: Table, mapping: Mapping[str, str], signs: Mapping[str, str]) -> None:
    shape = kind_of(batch.kind)
    batch.header = table.header
    batch.mapping = matching.checked(shape, table.header, mapping)
    batch.signs = staging.signs_of(shape, table, batch.mapping, signs)


@verb
def begin(*, batch: Import, by: Actor, at: datetime, seen: int, key: str) -> Import:
    """Put the import to work. One of a kind runs at a time: two would each see what the other is about to change.

    Also for one whose work was cut off: it goes on where it stopped.
    """
    try:
        with deciding(batch, by=by, seen=seen, key=key) as batch:
            _allow(batch.kind, by)
            _may_begin(batch)
            if batch.status != ImportState.RUNNING:
                move(batch.begin)
            batch.job = _job(APPLY, batch, by, at)
            journal.record(ImportBegun(subject=batch.subject, kind=batch.kind, rows=batch.row_count), at=at)
    except IntegrityError:
        raise Refused(_busy(batch.kind)) from None
    return batch


def _may_begin(batch: Import) -> None:
    shape = kind_of(batch.kind)
    if missing := matching.missing(shape, batch.mapping):
        raise Refused(*(_("Say which column is “%(column)s”.") % {"column": column.label} for column in missing))
    if batch.status == ImportState.RUNNING:
        if batch.job is not None and not batch.job.is_over:
            raise Refused(_("It is being applied already."))
        return
    if batch.row_count == batch.error_count:
        raise Refused(_("Every row is in error: nothing can be applied."))
    if Import.objects.filter(kind=batch.kind, status=ImportState.RUNNING).exists():
        raise Refused(_busy(batch.kind))


def _busy(kind: str) -> str:
    running = Import.objects.filter(kind=kind, status=ImportState.RUNNING).select_related("file").first()
    if running is None:
        return _("Another import of this kind began just now: wait until it is done.")
    said = {"file": running.file.name, "since": f"{running.started_at:%H:%M}"}
    return (
        _("An import of the same kind, %(file)s, has been running since %(since)s UTC: wait until it is done.") % said
    )


@verb
def finish(*, batch: Import, by: Actor, at: datetime, key: str) -> Import:
    """Everything was tried: say what came of it."""
    with deciding(batch, by=by, seen=AS_IT_IS, key=key) as batch:
        counts = queries.effects(batch)
        batch.applied_count = counts["new"] + counts["changed"]
        batch.error_count = queries.rows_in_error(batch)
        move(batch.finish)
        told = ImportApplied(
            subject=batch.subject,
            kind=batch.kind,
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
            refused=counts["error"],
        )
        journal.record(told, at=at)
    return batch


@verb
def begin_undo(*, batch: Import, by: Actor, at: datetime, seen: int, key: str) -> Import:
    """Take back what it wrote: documents are reversed or cancelled, masters get their values back."""
    with deciding(batch, by=by, seen=seen, key=key) as batch:
        _allow(batch.kind, by)
        if batch.status != ImportState.APPLIED:
            raise Refused(_("Only an import that was applied can be undone."))
        if batch.job is not None and not batch.job.is_over:
            raise Refused(_("Something is being done with it already: wait until that is over."))
        batch.job = _job(UNDO, batch, by, at)
        journal.record(ImportUndoBegun(subject=batch.subject, kind=batch.kind), at=at)
    return batch


@verb
def finish_undo(*, batch: Import, undone: int, by: Actor, at: datetime, key: str) -> Import:
    """Undone is what nobody built on; the import is over when nothing of it is left."""
    with deciding(batch, by=by, seen=AS_IT_IS, key=key) as batch:
        left = queries.standing(batch).count()
        if not left:
            move(batch.undo)
        journal.record(ImportUndone(subject=batch.subject, kind=batch.kind, undone=undone, left=left), at=at)
    return batch


@verb
def discard(*, batch: Import, by: Actor, at: datetime, seen: int, key: str) -> Import:
    """It was never applied, and will not be."""
    with deciding(batch, by=by, seen=seen, key=key) as batch:
        _allow(batch.kind, by)
        move(batch.discard)
        journal.record(ImportDiscarded(subject=batch.subject, kind=batch.kind), at=at)
    return batch


def _job(kind: str, batch: Import, by: Actor, at: datetime) -> Job:
    title = _("Undo %(file)s") if kind == UNDO else _("Import %(file)s")
    request = {"batch": batch.pk}
    url = f"/imports/{batch.pk}/"
    return jobs.start(kind=kind, title=title % {"file": batch.file.name}, by=by, at=at, request=request, url=url)


def _allow(kind: str, by: Actor) -> None:
    """Who imports a kind may enter it by hand; where, each action asks."""
    allow(by, "import_data")
    for lacking in permitted(kind_of(kind), by):
        raise NotYours(lacking)
