"""How a document is written down as a table: rows in the order in which the schema wants the elements.

A cell says which field an element, an attribute or a text is; a nest is an element with rows of its own. The same table
reads and writes. What a table cannot say stands in its functions ``heard`` (values -> values) and ``told`` (part ->
values); values are a part as a dictionary, with dots into the parts of a part: ``item.gtin``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.documents import Document
from integration.canon.faults import Level
from integration.canon.plain import digits
from integration.canon.texts import Unreadable, Unsayable, number, whole
from integration.xml import values

Values = dict[str, Any]
Say = Callable[[Level, str, str], None]
"""Adds a fault about the element that is being read: level, code, sentence."""
OWN = "."


@dataclass(frozen=True, kw_only=True, eq=False)
class Cell:
    at: str
    """An element (``cbc:ID``), an attribute (``@unitCode``) or the text of the element around (``.``)."""
    field: str = ""
    """Of the document with ``/``, of the part around with ``^`` (only written, but ``/currency`` and ``^unit``)."""
    read: Callable[[str], Any] = str
    write: Callable[[Any], str] = str
    constant: str = ""
    """Written where there is no field, when something else of the element is."""
    tested: frozenset[str] = frozenset()
    """Only an element that has one of these here is this row."""
    is_many: bool = False
    is_told: bool = False
    """Written, and not read."""
    is_heard: bool = False
    """Read, and never written."""
    is_beside: bool = False
    """Alone it is no reason to write the element."""
    is_unit: bool = False
    """Said again it must be the same unit."""
    needed: str = ""
    """What is missing when the element cannot be written for want of this."""
    blank: str | None = None
    """Written when nothing was said."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Nest:
    tag: str
    rows: Sequence["Cell | Nest"]
    field: str = ""
    """Each element is a part of this field; without one the values belong to what is around."""
    shape: type | None = None
    """What the values make; without one they stay values."""
    fixed: tuple[tuple[str, Any], ...] = ()
    """Values that every part here has; parts of the field that have others are written elsewhere."""
    is_one: bool = False
    """The field is the part and no tuple of parts."""
    is_heard: bool = False
    is_always: bool = False
    """Written also when nothing in it was said."""
    needed: str = ""
    """What is missing when the element around cannot be written for want of this."""
    heard: Callable[[Values, Say], Values] | None = None
    told: Callable[[Any], Mapping[str, Any]] | None = None


Row = Cell | Nest


@dataclass(frozen=True, kw_only=True, eq=False)
class Map:
    """One kind of document."""

    kind: str
    """The name of its root element."""
    namespace: str = ""
    document: type[Document]
    rows: Sequence[Row]
    heard: Callable[[Values, Say], Values] | None = None
    told: Callable[[Any], Mapping[str, Any]] | None = None
    sayable: Callable[[Any], Any] = lambda document: document
    """The document as far as this message says it."""
    shape: Callable[[Values], type[Document]] | None = None
    """Where one root element is several documents."""
    passed: frozenset[str] = frozenset()
    """Elements that are known and not kept."""


def text(at: str, name: str, **more: Any) -> Cell:
    return Cell(at=at, field=name, **more)


def many(at: str, name: str) -> Cell:
    return Cell(at=at, field=name, is_many=True)


def dec(at: str, name: str, **more: Any) -> Cell:
    return Cell(at=at, field=name, read=number, write=digits, **more)


def count(at: str, name: str, **more: Any) -> Cell:
    return Cell(at=at, field=name, read=whole, **more)


def day(at: str, name: str, **more: Any) -> Cell:
    return Cell(at=at, field=name, read=values.day, write=values.iso, **more)


def moment(at: str, name: str, **more: Any) -> Cell:
    """A day where the schema wants a time too."""
    return Cell(at=at, field=name, read=values.day, write=values.noon, **more)


def flag(at: str, name: str, **more: Any) -> Cell:
    return Cell(at=at, field=name, read=values.truth, write=values.true_or_false, **more)


def puts(at: str, constant: str, **more: Any) -> Cell:
    return Cell(at=at, constant=constant, is_told=True, **more)


def is_(at: str, *codes: str) -> Cell:
    """The element is this row when one of these stands here; the first is written."""
    return Cell(at=at, constant=codes[0], is_told=True, tested=frozenset(codes))


def heard(cell: Cell) -> Cell:
    return Cell(**{**vars(cell), "is_heard": True})


def inside(tag: str, *rows: Row, **more: Any) -> Nest:
    return Nest(tag=tag, rows=rows, **more)


def amount(at: str, name: str, **more: Any) -> Nest:
    """Money, in the one currency of the document."""
    currency = text("@currencyID", "/currency", is_beside=True, needed="currency")
    return inside(at, currency, dec(OWN, name, **more))


def heard_amount(at: str, name: str) -> Nest:
    return inside(at, text("@currencyID", "/currency"), dec(OWN, name), is_heard=True)


def quantity(at: str, name: str, unit: str = "unit") -> Nest:
    return inside(at, text("@unitCode", unit, is_beside=True, is_unit=True), dec(OWN, name))


def heard_quantity(at: str, name: str) -> Nest:
    return inside(at, text("@unitCode", "unit", is_unit=True), dec(OWN, name), is_heard=True)


def code(at: str, name: str, read: Mapping[str, Any], written: Mapping[Any, str] | None = None, **more: Any) -> Cell:
    """A code of a list as a word of ours. An unknown one holds the document; a word that has none is not sayable."""

    def known(said: str) -> Any:
        if said in read:
            return read[said]
        sentence = _("Code “%(code)s” is not known here: use one of %(known)s.")
        raise Unreadable("code_unknown", sentence % {"code": said[:40], "known": ", ".join(sorted(read))})

    def put(word: Any) -> str:
        codes = written if written is not None else {meaning: said for said, meaning in reversed(list(read.items()))}
        if word in codes:
            return codes[word]
        raise Unsayable(_("There is no code for “%(word)s” in this message: leave it out.") % {"word": word})

    return Cell(at=at, field=name, read=known, write=put, **more)
