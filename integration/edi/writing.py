"""Write a document by its table: the segments of a message, each a list of elements, a composite a list of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.texts import Unsayable, turned
from integration.edi.signs import Signs
from integration.edi.tables import Cell, Loop, Pairs, Place, Row
from integration.edi.values import pieces

MOST_SEGMENTS = 99
Piece = str | list[str]
Written = list[Piece]


@dataclass(frozen=True)
class Writer:
    """``envelope`` are its values, which cells name with an ``@``; ``around`` is the part around, with a ``^``."""

    envelope: Mapping[str, str] = field(default_factory=dict)
    around: Any = None

    def message(self, rows: Sequence[Row | Loop], part: Any) -> list[Written]:
        """All segments between header and trailer. The first one is written whatever it says."""
        first = rows[0]
        assert isinstance(first, Row)
        return [*self._row(first, part, is_begun=True), *self.segments(rows[1:], part)]

    def segments(self, rows: Sequence[Row | Loop], part: Any) -> list[Written]:
        return [segment for each in rows for segment in self._each(each, part)]

    def _each(self, each: Row | Loop, part: Any) -> Iterator[Written]:
        if isinstance(each, Row):
            yield from self._row(each, part)
        elif each.field:
            writer = Writer(self.envelope, part)
            for one in getattr(part, each.field):
                yield from writer._loop(each, one, is_begun=True)
        else:
            yield from self._loop(each, part, is_begun=False)

    def _loop(self, loop: Loop, part: Any, *, is_begun: bool) -> Iterator[Written]:
        first = loop.rows[0]
        assert isinstance(first, Row)
        rest = self.segments(loop.rows[1:], part)
        yield from self._row(first, part, is_begun=is_begun or bool(rest))
        yield from rest

    def _row(self, row: Row, part: Any, *, is_begun: bool = False) -> Iterator[Written]:
        if row.is_heard:
            return
        many = {place: cell for place, cell in row.cells.items() if cell.is_many or cell.repeats}
        single = [cell for place, cell in row.cells.items() if cell.field and place not in many]
        chunks = list(_repeated(many, part)) if many else []
        if many and not single:
            for chunk in chunks:
                yield self._segment(row, part, chunk)
            return
        if len(chunks) > 1:
            room = {"most": len(many), "tag": row.tags[0]}
            raise Unsayable(_("%(tag)s has room for %(most)s lines: write fewer.") % room)
        found = {
            place: text
            for place, cell in row.cells.items()
            if place not in many and (text := self._text(cell, part, row))
        }
        found |= chunks[0] if chunks else {}
        numbers = _numbers(row.pairs, part) if row.pairs else []
        if not (found or numbers or is_begun or row.is_always):
            return
        most = row.pairs.most if row.pairs else 1
        for begin in range(0, max(1, len(numbers)), most):
            yield self._segment(row, part, found, numbers[begin : begin + most])

    def _text(self, cell: Cell, part: Any, row: Row) -> str:
        if not cell.field:
            return ""
        if cell.field[0] == "@":
            return self.envelope.get(cell.field[1:], "")
        if cell.field[0] == "#":
            return self.envelope.get(cell.field) or str(len(getattr(part, cell.field[1:])))
        value = _get(self.around, cell.field[1:]) if cell.field[0] == "^" else _get(part, cell.field)
        if value is None or value == "":
            return ""
        if not cell.width:
            return cell.write(value)
        room = sum(other.field == cell.field for other in row.cells.values())
        cut = pieces(value, cell.width, room)
        return cut[cell.piece] if cell.piece < len(cut) else ""

    def _segment(
        self, row: Row, part: Any, found: Mapping[Place, str], numbers: Sequence[tuple[str, str]] = ()
    ) -> Written:
        texts: dict[tuple[int, int], str] = {}
        for place, cell in row.cells.items():
            exact = place if isinstance(place, tuple) else (place, 1)
            is_said = not cell.beside or _get(part, cell.beside) not in (None, "")
            if said := found.get(place) or (cell.constant if is_said else ""):
                texts[exact] = said
        if row.pairs:
            start = row.pairs.start
            for step, (qualifier, value) in enumerate(numbers):
                if row.pairs.is_composite:
                    texts[start + step, 1], texts[start + step, 2] = value, qualifier
                else:
                    texts[start + 2 * step, 1], texts[start + 2 * step + 1, 1] = qualifier, value
        return [row.tags[0], *_elements(texts)]


def _repeated(many: Mapping[Place, Cell], part: Any) -> Iterator[dict[Place, str]]:
    """What stands in each of the segments that a field with many values, or a text of many pieces, is written in."""
    cell = next(iter(many.values()))
    value = _get(part, cell.field)
    if cell.repeats:
        cut = pieces(value, cell.width, MOST_SEGMENTS * len(many)) if value else []
        for begin in range(0, len(cut), len(many)):
            yield dict(zip(many, cut[begin : begin + len(many)], strict=False))
    elif cell.width:
        for one in value or ():
            yield dict(zip(many, pieces(one, cell.width, len(many)), strict=False))
    else:
        values = list(value or ())
        for begin in range(0, len(values), len(many)):
            some = zip(many.items(), values[begin : begin + len(many)], strict=False)
            yield {place: cell.write(value) for (place, cell), value in some}


def _elements(texts: Mapping[tuple[int, int], str]) -> list[Piece]:
    last = max((element for element, _part in texts), default=0)
    elements: list[Piece] = []
    for element in range(1, last + 1):
        parts = max((part for at, part in texts if at == element), default=0)
        composite = [texts.get((element, part), "") for part in range(1, parts + 1)]
        elements.append(composite if parts > 1 else composite[0] if composite else "")
    return elements


def _numbers(pairs: Pairs, part: Any) -> list[tuple[str, str]]:
    fields = turned(pairs.fields)
    wanted = {name: said for name, said in fields.items() if pairs.written is None or name in pairs.written}
    return [(said, value) for name, said in wanted.items() if (value := _get(part, name))]


def _get(part: Any, name: str) -> Any:
    for step in name.split("."):
        if part is None:
            return None
        part = getattr(part, step)
    return part


def rendered(segments: Sequence[Written], signs: Signs) -> str:
    """The text, with separators and released characters; empty ends of segments and composites are left out."""
    return "".join(f"{_segment_text(segment, signs)}{signs.terminator}" for segment in segments)


def _segment_text(segment: Written, signs: Signs) -> str:
    pieces = []
    for piece in segment:
        if isinstance(piece, list):
            parts = [signs.escaped(part) for part in piece]
            while parts and not parts[-1]:
                parts.pop()
            pieces.append(signs.component.join(parts))
        else:
            pieces.append(signs.escaped(piece))
    while pieces and not pieces[-1]:
        pieces.pop()
    return signs.element.join(pieces)
