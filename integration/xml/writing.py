"""Write one document by a table: what was not said is not written, and the rows' order is the elements'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from integration.canon.texts import Unsayable
from integration.xml.reading import Namespaces, expanded
from integration.xml.tables import OWN, Cell, Map, Nest, Row

NO_FACTS: Mapping[str, Any] = MappingProxyType({})


@dataclass
class _Written:
    """What becomes of one row: the place, the text or the rows inside, and whether it is a reason to write."""

    at: str
    text: str = ""
    inside: Sequence["_Written"] | None = None
    is_reason: bool = True


@dataclass(frozen=True)
class _Part:
    """A part while it is written: what was told of it, itself, and the part around it."""

    told: Mapping[str, Any]
    itself: Any
    around: "_Part | None"

    def value(self, name: str) -> Any:
        if name.startswith("/"):
            part = self
            while part.around:
                part = part.around
            return part.value(name[1:])
        if name.startswith("^"):
            return self.around.value(name[1:]) if self.around else None
        if name in self.told:
            return self.told[name]
        value = self.itself
        for step in name.split("."):
            value = value.get(step) if isinstance(value, Mapping) else getattr(value, step, None)
        return value


def element(
    table: Map, document: Any, namespaces: Namespaces = (), facts: Mapping[str, Any] = NO_FACTS
) -> etree._Element:
    """The document as an element. *facts* are what the caller knows besides, as values. Raises Unsayable."""
    name, prefixes = table.kind, dict[str | None, str]((prefix, space) for prefix, space in namespaces)
    if table.namespace:
        name, prefixes[None] = f"{{{table.namespace}}}{name}", table.namespace
    root = etree.Element(name, nsmap=prefixes)
    rows = _rows(table.rows, _Part({**facts, **(table.told(document) if table.told else {})}, document, None))
    _complete(table.kind, table.rows, rows)
    _fill(root, rows, namespaces)
    return root


def filled(table: Map, values: Mapping[str, Any]) -> etree._Element:
    """An element that is no document: a header."""
    return element(table, None, facts=values)


def _rows(rows: Sequence[Row], part: _Part) -> list[_Written]:
    written: list[_Written] = []
    for row in rows:
        if not row.is_heard:
            written += _cell(row, part) if isinstance(row, Cell) else _nest(row, part)
    return written


def _cell(cell: Cell, part: _Part) -> list[_Written]:
    if not cell.field:
        return [_Written(cell.at, cell.constant, is_reason=False)]
    value = part.value(cell.field)
    if cell.is_many:
        return [_Written(cell.at, cell.write(each)) for each in value or ()]
    if value is None or value == "":
        if cell.blank is not None:
            return [_Written(cell.at, cell.blank, is_reason=False)]
        return [_Written(cell.at, "", is_reason=False)] if cell.needed else []
    return [_Written(cell.at, cell.write(value), is_reason=not cell.is_beside)]


def _nest(nest: Nest, part: _Part) -> list[_Written]:
    if not nest.field:
        return _element(nest, _rows(nest.rows, part))
    value = part.value(nest.field)
    parts = () if value is None else (value,) if nest.is_one else value
    written: list[_Written] = []
    for each in parts:
        inner = _Part(nest.told(each) if nest.told else {}, each, part)
        if all(inner.value(name) == fixed for name, fixed in nest.fixed):
            written += _element(nest, _rows(nest.rows, inner))
    return written


def _element(nest: Nest, rows: list[_Written]) -> list[_Written]:
    if not nest.is_always and not any(row.is_reason for row in rows):
        return []
    _complete(nest.tag, nest.rows, rows)
    return [_Written(nest.tag, inside=rows, is_reason=any(row.is_reason for row in rows))]


def _complete(name: str, table: Sequence[Row], rows: Sequence[_Written]) -> None:
    for row in table:
        at = row.at if isinstance(row, Cell) else row.tag
        if row.needed and not any(each.at == at and (each.text or each.inside) for each in rows):
            said = {"name": row.needed, "element": name}
            raise Unsayable(_("%(element)s cannot be written without the %(name)s: add it.") % said)


def _fill(around: etree._Element, rows: Sequence[_Written], namespaces: Namespaces) -> None:
    for row in rows:
        try:
            if row.inside is not None:
                _fill(etree.SubElement(around, expanded(row.at, namespaces)), row.inside, namespaces)
            elif row.at == OWN:
                around.text = row.text
            elif row.at.startswith("@"):
                if row.text:
                    around.set(expanded(row.at[1:], namespaces), row.text)
            else:
                etree.SubElement(around, expanded(row.at, namespaces)).text = row.text
        except ValueError:
            said = {"text": "".join(sign if sign.isprintable() else " " for sign in row.text[:40])}
            raise Unsayable(_("“%(text)s” has a control character: write it without.") % said) from None
