"""Write what was staged, record by record, and take it back. Each yields as it goes, so that progress is counted.

A record is written in one turn, and its rows' fate in the same one: a worker that is killed leaves no record behind
that its import does not know of, and a record that is refused leaves nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.apps import apps
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from foundation.documents import sets
from foundation.door import Busy, KeyReused, Stale, opening, verb
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.values.actor import Actor
from foundation.values.reason import Reasoned
from integration.imports import books, staging
from integration.imports.columns import CHANGED, ERROR, NEW, UNCHANGED, Piece
from integration.imports.kinds import Kind, Undone, Writing, kind_of
from integration.imports.models import Fate, Import, ImportRow
from integration.imports.queries import standing

NO = (Refused, NotYours, Stale, Busy, KeyReused, Reasoned)
TOLD = ["effect", "errors", "fate", "subject", "version", "before"]
Rows = dict[int, ImportRow]


def apply(batch: Import, *, by: Actor, at: datetime) -> Iterator[Piece]:
    """Look at each record again, now that it counts, and write it. Yields each when its fate is known."""
    writing = Writing(by, at, batch.pk)
    waiting = staging.waiting(batch)
    rows = {row.number: row for row in waiting}
    for chunk in staging.chunked(staging.pieces_of(kind_of(batch.kind), waiting)):
        kind = kind_of(batch.kind)
        kind.look(chunk, by)
        idle = [piece for piece in chunk if piece.effect in (UNCHANGED, ERROR)]
        _mark(idle, rows)
        yield from idle
        new = [piece for piece in chunk if piece.effect == NEW]
        if kind.takes_sets and len(new) > 1 and _try(_set(kind, new, batch, rows, writing), []):
            yield from new
            new = []
        for piece in [*new, *(piece for piece in chunk if piece.effect == CHANGED)]:
            if not _try(_one(kind, piece, batch, rows, writing), [piece]):
                _mark([piece], rows)
            yield piece


def _set(kind: Kind, pieces: list[Piece], batch: Import, rows: Rows, writing: Writing) -> Callable[[], None]:
    """All of them, or none: then each is tried by itself, so that each gets its own reason."""

    def write() -> None:
        kind.write_set(pieces, writing)
        _mark(pieces, rows)

    return lambda: _in_turn(batch, pieces, write, writing)


def _one(kind: Kind, piece: Piece, batch: Import, rows: Rows, writing: Writing) -> Callable[[], None]:
    def write() -> None:
        if kind.takes_sets and piece.effect == NEW:
            kind.write_set([piece], writing)
        else:
            kind.write(piece, writing)
        _mark([piece], rows)

    return lambda: _in_turn(batch, [piece], write, writing)


def _try(act: Callable[[], object], pieces: list[Piece]) -> bool:
    """Whether it was done; a no becomes the first row's sentences."""
    try:
        act()
    except (*NO, IntegrityError, DataError) as no:
        for piece in pieces:
            piece.effect, piece.row.errors = ERROR, sentences(no)
        return False
    return True


def sentences(no: Exception) -> list[str]:
    if isinstance(no, Refused):
        return [str(reason) for reason in no.reasons]
    if isinstance(no, IntegrityError):
        return [_("Somebody else entered the same just now. Import the row again.")]
    if isinstance(no, DataError):
        return [_("A value does not fit. Shorten it, or use a smaller number.")]
    return [getattr(no, "sentence", "") or str(no)]


def _in_turn(batch: Import, pieces: list[Piece], write: Callable[[], None], writing: Writing) -> None:
    """Everything in one turn, named by the first row: what is written, and that it was."""

    @verb
    def write_rows(*, batch: Import, rows: list[int], by: Actor, at: datetime, key: str) -> None:
        with opening(by=by, key=key):
            write()

    numbers = [row.number for piece in pieces for row in piece.rows]
    key = writing.key(pieces[0], f"{len(numbers)}-rows")
    write_rows(batch=batch, rows=numbers, by=writing.by, at=writing.at, key=key)


def _mark(pieces: Iterable[Piece], rows: Rows) -> None:
    """Write down what became of each row."""
    told = [(row, piece) for piece in pieces for row in piece.rows]
    if not told:
        return
    for row, piece in told:
        kept = rows[row.number]
        kept.effect, kept.subject, kept.before = piece.effect, piece.subject, piece.before
        kept.fate = Fate.FAILED if piece.effect == ERROR else Fate.DONE
        kept.errors, kept.version = staging.said(piece, row), _version(piece)
    sets.write([rows[row.number] for row, _piece in told], TOLD)


def _version(piece: Piece) -> int | None:
    """A turn bumps a row once: what is new has version 1."""
    if piece.effect == NEW:
        return 1
    return piece.found.version + 1 if piece.effect == CHANGED and hasattr(piece.found, "version") else None


def undo(batch: Import, *, by: Actor, at: datetime) -> Iterator[bool]:
    """Take back record by record, the last one first. Yields whether each was undone; a no stays on its row."""
    writing = Writing(by, at, batch.pk)
    leads = list(standing(batch).order_by("-number"))
    for chunk in staging.chunked(leads):
        kind = kind_of(batch.kind)
        every = ImportRow.objects.filter(batch=batch, record__in=[lead.number for lead in chunk])
        pieces = {p.row.number: p for p in staging.pieces_of(kind, every.order_by("record", "number"))}
        books.look_up((row for piece in pieces.values() for row in piece.rows), kind.columns, by)
        for lead in chunk:
            yield _take_back(kind, lead, pieces[lead.number], batch, writing)


def _take_back(kind: Kind, lead: ImportRow, piece: Piece, batch: Import, writing: Writing) -> bool:
    key = f"import-{batch.pk}-undo-{lead.number}-{batch.version}"
    label, _colon, pk = lead.subject.partition(":")

    def act() -> None:
        document = apps.get_model(label)._base_manager.get(pk=int(pk))
        if kind.is_master and document.version != lead.version:
            raise Refused(_("%(what)s was changed since: change it on its own page.") % {"what": document})
        kind.undo(document, Undone(lead.effect, lead.before, piece.rows), writing, key)
        ImportRow.objects.filter(batch=batch, record=lead.number).update(fate=Fate.UNDONE, errors=[])

    done = _try(lambda: _in_turn_of(batch, lead, act, writing, key), [piece])
    if not done:
        ImportRow.objects.filter(pk=lead.pk).update(errors=piece.row.errors)
    return done


def _in_turn_of(batch: Import, lead: ImportRow, act: Callable[[], None], writing: Writing, key: str) -> None:
    @verb
    def undo_rows(*, batch: Import, record: int, by: Actor, at: datetime, key: str) -> None:
        with opening(by=by, key=key):
            act()

    undo_rows(batch=batch, record=lead.number, by=writing.by, at=writing.at, key=key)
