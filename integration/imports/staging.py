"""From a file to staged rows: read, understood, looked at. Nothing is written to the books."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from foundation.files import actions as files
from foundation.files.tables import Cell, Line, Table, clean, read
from foundation.values.actor import Actor
from integration.imports import matching, values
from integration.imports.columns import DAY, ERROR, NUMBER, WHOLE, Piece, Row, kept, unkept
from integration.imports.kinds import Kind, kind_of
from integration.imports.models import Fate, Import, ImportRow
from integration.imports.values import Signs, Unclear

T = TypeVar("T")
CHUNK = 200
"""Records that are looked at and written together."""
SAID = 20
"""Sentences kept of one row."""


def table_of(batch: Import) -> Table:
    with files.opened(batch.file) as stream:
        return read(batch.file.name, stream.read())


def signs_of(kind: Kind, table: Table, mapping: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """How the file writes: what somebody said, else what its values prove; and how it was read."""
    place = {name: at for at, name in enumerate(table.header)}

    def texts(*types: str) -> Iterator[str]:
        for column in kind.columns:
            if column.kind in types and column.name in mapping:
                at = place[mapping[column.name]]
                yield from (str(line.cells[at]) for line in table.lines if _is_text(line, at))

    decimal = chosen.get("decimal") or values.decimal_sign(texts(NUMBER, WHOLE))
    days = chosen.get("days") or values.day_order(texts(DAY))
    return {**table.shape, "decimal": decimal, "days": days}


def _is_text(line: Line, at: int) -> bool:
    return at < len(line.cells) and isinstance(line.cells[at], str)


def understood(kind: Kind, table: Table, mapping: Mapping[str, str], signs: Signs) -> list[Row]:
    """Every line as a row, with a sentence for each cell that cannot be read."""
    place = {name: at for at, name in enumerate(table.header)}
    columns = [(column, place[mapping[column.name]]) for column in kind.columns if column.name in mapping]
    rows = []
    for line in table.lines:
        row = Row(line.number, {})
        for column, at in columns:
            cell: Cell = line.cells[at] if at < len(line.cells) else ""
            try:
                row.values[column.name] = column.read(cell, signs)
            except Unclear as unclear:
                row.values[column.name] = None
                row.object(f"{column.label}: {unclear}.")
            else:
                if column.needed and row.values[column.name] is None:
                    row.object(_("%(column)s is missing.") % {"column": column.label})
        if any(clean(str(cell)) for cell in line.cells[len(table.header) :]):
            row.object(
                _("The row has more cells than the header: a text with a separator in it needs quotation marks.")
            )
        rows.append(row)
    return rows


def grouped(kind: Kind, rows: Iterable[Row]) -> list[Piece]:
    """Rows that name the same record belong together; where a record is one row, the second is a mistake."""
    pieces: dict[Any, Piece] = {}
    for row in rows:
        names = tuple(_folded(row[name]) for name in kind.key)
        if any(row[name] is None for name in kind.key if kind.column(name).needed):
            pieces[row.number] = Piece([row])
        elif (piece := pieces.get(names)) is None:
            pieces[names] = Piece([row])
        else:
            if kind.one_row:
                row.object(_("Line %(n)s says the same %(one)s.") % {"n": piece.row.number, "one": kind.one})
            piece.rows.append(row)
    return list(pieces.values())


def _folded(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def chunked(units: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    left = iter(units)
    while chunk := list(islice(left, size)):
        yield chunk


def stage_rows(batch: Import, table: Table, by: Actor) -> None:
    """Replace the staged rows of an import that is in hand, and count them on it."""
    kind = kind_of(batch.kind)
    ImportRow.objects.filter(batch=batch).delete()
    batch.row_count, batch.error_count = len(table.lines), 0
    if matching.missing(kind, batch.mapping):
        return
    signs = Signs(batch.signs.get("decimal", ""), batch.signs.get("days", ""))
    rows = understood(kind, table, batch.mapping, signs)
    unsound = {row.number for row in rows if row.errors}
    pieces = grouped(kind, rows)
    for chunk in chunked(pieces):
        kind_of(batch.kind).look(chunk, by)
        ImportRow.objects.bulk_create(
            _staged(batch, piece, row, row.number not in unsound) for piece in chunk for row in piece.rows
        )
    batch.error_count = sum(len(piece.rows) for piece in pieces if piece.effect == ERROR)


def _staged(batch: Import, piece: Piece, row: Row, is_sound: bool) -> ImportRow:
    return ImportRow(
        batch=batch,
        number=row.number,
        values={name: kept(value) for name, value in row.values.items() if value is not None},
        errors=said(piece, row),
        effect=piece.effect,
        is_sound=is_sound,
        record=piece.row.number,
        subject=piece.subject,
    )


def said(piece: Piece, row: Row) -> list[str]:
    """What speaks against a row; of a sound one, that another row of its record keeps all of it back."""
    if row.errors or piece.effect != ERROR:
        return row.errors[:SAID]
    lines = ", ".join(str(other.number) for other in piece.rows if other.errors)
    return [_("Not applied, because line %(lines)s of the same record is in error.") % {"lines": lines}]


def pieces_of(kind: Kind, rows: Iterable[ImportRow]) -> list[Piece]:
    """Staged rows as pieces again, record by record."""
    columns = {column.name: column for column in kind.columns}
    pieces: dict[int, Piece] = {}
    for staged in rows:
        known = {name: unkept(columns[name], value) for name, value in staged.values.items()}
        row = Row(staged.number, known)
        if staged.record in pieces:
            pieces[staged.record].rows.append(row)
        else:
            pieces[staged.record] = Piece([row])
    return list(pieces.values())


def waiting(batch: Import) -> list[ImportRow]:
    """Rows of records that can be applied: all of their rows could be read."""
    rows = list(ImportRow.objects.filter(batch=batch, fate=Fate.WAITING).order_by("record", "number"))
    unsound = {row.record for row in rows if not row.is_sound}
    return [row for row in rows if row.record not in unsound]
