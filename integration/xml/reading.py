"""Read one element by a table. Lenient: what the table does not know is noted with its place, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from integration.canon.building import BLAMED, build
from integration.canon.documents import Document
from integration.canon.faults import Fault, Level
from integration.canon.rules import MOST_LINES
from integration.canon.texts import Unreadable
from integration.canon.units import is_same
from integration.xml.gate import local, path
from integration.xml.tables import OWN, Cell, Map, Nest, Row, Values

LONGEST = 64 * 1024
MOST_FAULTS = 200
CURRENCY = "/currency"
AROUND = "^unit"
"""The unit of a part, which is that of the line around."""


@dataclass
class _Ready:
    """A table made ready: what each child and attribute is."""

    children: dict[str, list[Row]] = field(default_factory=dict)
    attributes: list[tuple[str, Cell]] = field(default_factory=list)
    own: Cell | None = None


Namespaces = tuple[tuple[str, str], ...]
"""Prefix of the tables -> namespace. An element without a prefix has none."""


XML = ("xml", "http://www.w3.org/XML/1998/namespace")


@cache
def expanded(name: str, namespaces: Namespaces) -> str:
    """``cbc:ID`` as lxml calls it."""
    prefix, colon, rest = name.rpartition(":")
    return f"{{{dict((*namespaces, XML))[prefix]}}}{rest}" if colon else name


@cache
def _ready(table: "Map | Nest", namespaces: Namespaces) -> _Ready:
    made = _Ready()
    for row in table.rows:
        if isinstance(row, Nest):
            made.children.setdefault(expanded(row.tag, namespaces), []).append(row)
        elif row.at == OWN:
            made.own = row
        elif row.at.startswith("@"):
            made.attributes.append((expanded(row.at[1:], namespaces), row))
        else:
            made.children.setdefault(expanded(row.at, namespaces), []).append(row)
    return made


class Reader:
    """One document read by one table. ``faults`` grow while it reads."""

    def __init__(self, table: Map, root: etree._Element, namespaces: Namespaces = ()) -> None:
        self.table = table
        self.faults: list[Fault] = []
        self._root = root
        self._namespaces = namespaces
        self._noted: set[tuple[str, str]] = set()
        self._shared: Values = {}

    def document(self) -> Document:
        values = self._values(self._root, self.table)
        for name, value in self._shared.items():
            values.setdefault(name, value)
        if self.table.heard:
            values = self.table.heard(values, partial(self._say, self._root))
        shape = self.table.shape(values) if self.table.shape else self.table.document
        return self._made(shape, values, self._root)

    def _values(self, element: etree._Element, table: "Map | Nest", into: Values | None = None) -> Values:
        found: Values = {} if into is None else into
        ready = _ready(table, self._namespaces)
        for name, cell in ready.attributes:
            if said := (element.get(name) or "").strip():
                self._set(cell, said, found, element, name)
        if ready.own and (said := _text(element)):
            self._set(ready.own, said, found, element)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, ready, found)
        return found

    def _child(self, child: etree._Element, ready: _Ready, found: Values) -> None:
        row = next((row for row in ready.children.get(child.tag, ()) if self._is(row, child)), None)
        if row is None:
            if local(child) not in self.table.passed:
                self._unknown(child)
        elif isinstance(row, Cell):
            if said := _text(child):
                self._set(row, said, found, child)
        elif not row.field:
            self._values(child, row, found)
        else:
            self._part(child, row, found)

    def _part(self, element: etree._Element, nest: Nest, found: Values) -> None:
        """One part more; of lines without end only as many as show that there are too many."""
        if len(found.get(nest.field) or ()) > MOST_LINES and not nest.is_one:
            return
        made: Any = {**self._values(element, nest), **dict(nest.fixed)}
        if (unit := made.pop(AROUND, None)) is not None:
            self._unit(found.setdefault(AROUND[1:], unit), unit, element)
        if nest.heard:
            made = nest.heard(made, partial(self._say, element))
        if nest.shape:
            made = self._made(nest.shape, made, element)
        else:
            made.pop(BLAMED, None)
        if not nest.is_one:
            found.setdefault(nest.field, []).append(made)
        elif nest.field in found:
            self._twice(element, nest.field)
        else:
            found[nest.field] = made

    def _is(self, row: Row, element: etree._Element) -> bool:
        """Whether the tests of a row hold for an element."""
        if isinstance(row, Cell):
            return not row.tested or _text(element) in row.tested
        tests = (inner for inner in row.rows if isinstance(inner, Cell) and inner.tested)
        return all(self._said(element, inner) in inner.tested for inner in tests)

    def _said(self, element: etree._Element, cell: Cell) -> str:
        if cell.at == OWN:
            return _text(element)
        if cell.at.startswith("@"):
            return (element.get(expanded(cell.at[1:], self._namespaces)) or "").strip()
        child = element.find(expanded(cell.at, self._namespaces))
        return "" if child is None else _text(child)

    def _set(self, cell: Cell, said: str, found: Values, element: etree._Element, attribute: str = "") -> None:
        if not cell.field or cell.is_told:
            return
        try:
            value = self._value(cell, said)
        except Unreadable as wrong:
            self._add(wrong.level, wrong.code, wrong.sentence, element, attribute)
            value = wrong.kept
            if value is None:
                found.setdefault(BLAMED, set()).add(cell.field)
                return
        if cell.field == CURRENCY:
            self._currency(value, element, attribute)
        elif cell.is_many:
            found.setdefault(cell.field, []).append(value)
        elif found.setdefault(cell.field, value) != value:
            if cell.is_unit:
                self._unit(found[cell.field], value, element)
            else:
                self._twice(element, cell.field)

    def _value(self, cell: Cell, said: str) -> Any:
        if len(said) > LONGEST:
            sentence = _("The text is longer than %(most)s characters: shorten it.") % {"most": LONGEST}
            raise Unreadable("too_long", sentence)
        return cell.read(said)

    def _unit(self, whole: str, value: str, element: etree._Element) -> None:
        """Quantities of one line are in one unit."""
        if not is_same(whole, value):
            words = {"value": value, "whole": whole}
            sentence = _("The unit is %(value)s and that of the line %(whole)s: write both in one.") % words
            self._add(Level.HOLD, "unit_differs", sentence, element)

    def _currency(self, value: str, element: etree._Element, attribute: str) -> None:
        """All amounts of a document are in one currency."""
        first = self._shared.setdefault("currency", value)
        if first != value:
            said = {"first": first, "other": value}
            sentence = _("Some amounts are in %(first)s and others in %(other)s: send a document for each.") % said
            self._once(Level.HOLD, "currency_mixed", value, sentence, element, attribute)

    def _made(self, shape: type, values: Values, element: etree._Element) -> Any:
        blamed = values.pop(BLAMED, ())
        made, missing = build(shape, values)
        for name in missing:
            if name not in blamed:
                sentence = _("The %(name)s is missing: write it.") % {"name": name.replace("_", " ")}
                self._add(Level.HOLD, "missing", sentence, element)
        return made

    def _say(self, element: etree._Element, level: Level, code: str, sentence: str) -> None:
        self._add(level, code, sentence, element)

    def _add(self, level: Level, code: str, sentence: str, element: etree._Element, attribute: str = "") -> None:
        """Where very much is wrong, more of the same helps nobody."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(level, code, path(element, attribute), sentence))
        elif len(self.faults) == MOST_FAULTS:
            sentence = _("There is more wrong than the first %(most)s faults: mend these first.") % {
                "most": MOST_FAULTS
            }
            self.faults.append(Fault(Level.REFUSE, "too_many_faults", path(element), sentence))

    def _unknown(self, element: etree._Element) -> None:
        sentence = _("Element %(name)s is not used here; it was passed over.") % {"name": local(element)[:60]}
        self._once(Level.NOTE, "element_unknown", path(element, counted=False), sentence, element)

    def _twice(self, element: etree._Element, name: str) -> None:
        sentence = _("This is said more than once; the first was taken.")
        self._once(Level.NOTE, "said_twice", path(element, counted=False) + name, sentence, element)

    def _once(
        self, level: Level, code: str, about: str, sentence: str, element: etree._Element, attribute: str = ""
    ) -> None:
        if (code, about) not in self._noted:
            self._noted.add((code, about))
            self._add(level, code, sentence, element, attribute)


def _text(element: etree._Element) -> str:
    return (element.text or "").strip()


def values_of(element: etree._Element, table: Map) -> Mapping[str, Any]:
    """What a table finds in an element, as values: for headers, which are no document."""
    return Reader(table, element)._values(element, table)
