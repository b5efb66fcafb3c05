"""Read the segments of one message by its table. Lenient: what the table does not know is noted with its place.

A segment belongs to the innermost open loop that knows it. It never goes back to an earlier area of the message, so
that a segment nobody expects in a line is not taken for the heading's.
"""

import typing
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.building import BLAMED, Values, build
from integration.canon.documents import Document
from integration.canon.faults import Fault, Level
from integration.canon.texts import Unreadable
from integration.canon.units import is_same
from integration.edi.envelopes import Message
from integration.edi.places import at
from integration.edi.signs import EDIFACT, USUAL_EDIFACT, USUAL_X12, Signs
from integration.edi.tables import Cell, Loop, Map, Pairs, Place, Row
from integration.edi.tokens import Segment

Setter = tuple[int, int, Cell]


@dataclass
class _Step:
    """What a segment of some tag may be at a place of the table."""

    tests: list[tuple[int, int, frozenset[str]]]
    sets: list[Setter]
    tops: list[Setter]
    """What is said here of the whole document."""
    around: list[Setter]
    """What must be as the part around says it: the unit of a schedule's row."""
    pairs: Pairs | None
    area: int
    child: "_Node | None" = None


@dataclass
class _Node:
    """A loop, made ready: steps by tag, and how its part is built."""

    name: str
    """The field that holds the parts."""
    shape: type | None
    needs: str = ""
    steps: dict[str, list[_Step]] = field(default_factory=dict)


@dataclass(slots=True)
class _Frame:
    node: _Node
    values: Values
    began: int
    tag: str
    area: int = 0


@cache
def _ready(table: Map) -> _Node:
    return _node("", table.shape, table.rows, table.syntax)


def _node(name: str, shape: type | None, rows: typing.Sequence[Row | Loop], syntax: str) -> _Node:
    node, area = _Node(name, shape), 0
    for each in rows:
        child = None
        if isinstance(each, Loop):
            area = max(area, each.area)
            first = each.rows[0]
            assert isinstance(first, Row)
            child = _node(each.field, each.shape, each.rows[1:], syntax)
            child.needs = each.needs
        else:
            first = each
        step = _Step(_tests(first, syntax), *_sets(first, syntax), first.pairs, area, child)
        for tag in first.tags:
            node.steps.setdefault(tag, []).append(step)
    return node


def _exact(place: Place, syntax: str) -> tuple[int, int]:
    """X12 takes a whole element where no component is named, EDIFACT its first component."""
    if isinstance(place, tuple):
        return place
    return (place, 1 if syntax == EDIFACT else 0)


def _tests(row: Row, syntax: str) -> list[tuple[int, int, frozenset[str]]]:
    return [(*_exact(place, syntax), cell.tested) for place, cell in row.cells.items() if cell.tested]


def _sets(row: Row, syntax: str) -> tuple[list[Setter], list[Setter], list[Setter]]:
    """Cells of the part itself, of the whole document, and of the part around."""
    read = [
        (*_exact(place, syntax), cell)
        for place, cell in row.cells.items()
        if cell.field and cell.field[0] != "@" and not cell.is_told
    ]
    own = [one for one in read if not one[2].is_top and one[2].field[0] != "^"]
    return own, [one for one in read if one[2].is_top], [one for one in read if one[2].field[0] == "^"]


def fits(table: Map, first: Segment) -> bool:
    """Whether a message may be of this map, by its first segment: the tests of the table's first row hold."""
    row = table.rows[0]
    assert isinstance(row, Row)
    signs = USUAL_EDIFACT if table.syntax == EDIFACT else USUAL_X12
    return all(leaf(first, element, part, signs) in codes for element, part, codes in _tests(row, table.syntax))


def leaf(segment: Segment, element: int, part: int, signs: Signs) -> str:
    """The text of an element or, where *part* is not 0, of a component; nothing where there is none."""
    if element >= len(segment):
        return ""
    said = segment[element]
    if part:
        if part == 1 and signs.component not in said:
            return signs.leaf(said).strip()
        parts = said.split(signs.component)
        if part > len(parts):
            return ""
        said = parts[part - 1]
    return signs.leaf(said).strip()


class Reader:
    """One message read by one table. ``faults`` grow while it reads."""

    def __init__(self, table: Map, message: Message) -> None:
        self.table = table
        self.faults: list[Fault] = []
        self._signs: Signs = message.signs
        self._message = message
        self._noted: set[tuple[str, str]] = set()
        self._parts = Counter[str]()
        self._stack = [_Frame(_ready(table), {}, message.first, message.segments[0][0])]

    def document(self) -> Document:
        for number, segment in enumerate(self._message.segments[1:], self._message.first + 1):
            self._take(number, segment)
        while len(self._stack) > 1:
            self._close()
        root = self._stack[0]
        self._count(root.values)
        made = self._made(root.node, root.values, root)
        return self.table.heard(made) if self.table.heard else made

    def _count(self, values: Values) -> None:
        for name in [name for name in values if name.startswith("#")]:
            said, seen = values.pop(name), self._parts[name[1:]]
            if said != seen:
                words = {"said": said, "seen": seen}
                sentence = _("The message says %(said)s lines, but %(seen)s were found: check that none is missing.")
                self.faults.append(Fault(Level.HOLD, "line_count", name[1:], sentence % words))

    def _take(self, number: int, segment: Segment) -> None:
        tag, stack = segment[0], self._stack
        for depth in range(len(stack) - 1, -1, -1):
            frame = stack[depth]
            for step in frame.node.steps.get(tag, ()):
                if step.area < frame.area or not self._is(step, segment):
                    continue
                while len(stack) > depth + 1:
                    self._close()
                frame.area = step.area
                if step.child:
                    values = {} if step.child.name else frame.values
                    frame = _Frame(step.child, values, number, tag)
                    stack.append(frame)
                self._set(step.sets, segment, number, frame.values)
                if step.tops:
                    self._set(step.tops, segment, number, stack[0].values)
                if step.around:
                    self._agree(step.around, segment, number)
                if step.pairs:
                    self._pairs(step.pairs, segment, number, frame.values)
                return
        if tag not in ("SE", "UNT"):
            sentence = _("Segment %(tag)s is not used here; it was passed over.") % {"tag": tag[:10]}
            self._note("segment_unknown", tag[:10], at(number, tag[:10]), sentence)

    def _is(self, step: _Step, segment: Segment) -> bool:
        return all(self._leaf(segment, element, part) in codes for element, part, codes in step.tests)

    def _leaf(self, segment: Segment, element: int, part: int) -> str:
        return leaf(segment, element, part, self._signs)

    def _set(self, sets: list[Setter], segment: Segment, number: int, values: Values) -> None:
        length, is_plain = len(segment), not self._signs.release
        for element, part, cell in sets:
            if element >= length:
                continue
            said = segment[element].strip() if is_plain and not part else self._leaf(segment, element, part)
            if not said:
                continue
            try:
                value = cell.read(said)
            except Unreadable as wrong:
                value = wrong.kept
                where = at(number, segment[0], element, part if part > 1 else 0)
                if wrong.level == Level.NOTE:
                    self._note(wrong.code, f"{segment[0]}{element}{said}", where, wrong.sentence)
                else:
                    self.faults.append(Fault(wrong.level, wrong.code, where, wrong.sentence))
                if value is None:
                    values.setdefault(BLAMED, set()).add(cell.field)
                    continue
            if cell.width:
                self._join(cell, value, values)
            elif cell.is_many:
                values.setdefault(cell.field, []).append(value)
            else:
                values.setdefault(cell.field, value)

    def _agree(self, sets: list[Setter], segment: Segment, number: int) -> None:
        """A row of a schedule is in the unit of its line: in another one its quantity would mean something else."""
        said: Values = {}
        self._set(sets, segment, number, said)
        said.pop(BLAMED, None)
        for name, value in said.items():
            whole = self._stack[-2].values.setdefault(name[1:], value)
            if not is_same(whole, value):
                words = {"value": value, "whole": whole}
                sentence = _("The unit is %(value)s and that of the line %(whole)s: write both in one.") % words
                self.faults.append(Fault(Level.HOLD, "unit_differs", at(number, segment[0]), sentence))

    def _join(self, cell: Cell, piece: str, values: Values) -> None:
        """A piece of a text, after those before it."""
        if not cell.is_many:
            values[cell.field] = f"{values[cell.field]} {piece}" if cell.field in values else piece
        elif cell.piece and cell.field in values:
            values[cell.field][-1] += f" {piece}"
        else:
            values.setdefault(cell.field, []).append(piece)

    def _pairs(self, pairs: Pairs, segment: Segment, number: int, values: Values) -> None:
        if pairs.is_composite:
            places = [
                (self._leaf(segment, at_, 2), self._leaf(segment, at_, 1))
                for at_ in range(pairs.start, min(len(segment), pairs.start + pairs.most))
            ]
        else:
            places = [
                (self._leaf(segment, at_, 0), self._leaf(segment, at_ + 1, 0))
                for at_ in range(pairs.start, min(len(segment) - 1, pairs.start + 2 * pairs.most), 2)
            ]
        for qualifier, value in places:
            if not value:
                continue
            if name := pairs.fields.get(qualifier):
                values.setdefault(name, value)
            else:
                sentence = _("A number of kind “%(kind)s” is not kept.") % {"kind": qualifier[:10]}
                self._note("number_unknown", qualifier, at(number, segment[0], pairs.start), sentence)

    def _close(self) -> None:
        frame = self._stack.pop()
        node = frame.node
        if not node.name or (node.needs and node.needs not in frame.values):
            return
        part = self._made(node, frame.values, frame)
        self._parts[node.name] += 1
        self._stack[-1].values.setdefault(node.name, []).append(part)

    def _made(self, node: _Node, values: Values, frame: _Frame) -> Any:
        assert node.shape is not None
        blamed = values.pop(BLAMED, ())
        made, missing = build(node.shape, values)
        for name in missing:
            if name in blamed:
                continue
            sentence = _("The %(name)s is missing: write it.") % {"name": name.replace("_", " ")}
            self.faults.append(Fault(Level.HOLD, "missing", at(frame.began, frame.tag), sentence))
        return made

    def _note(self, code: str, about: str, where: str, sentence: str) -> None:
        """Each peculiarity once, where it was first seen."""
        if (code, about) not in self._noted:
            self._noted.add((code, about))
            self.faults.append(Fault(Level.NOTE, code, where, sentence))
