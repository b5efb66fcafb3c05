"""How a message is written down as a table: rows of segments, cells of elements, loops of rows.

A cell says which field of the document an element is, and how its text is read and written. The same table reads and
writes. A map is data: what it cannot say stands in its two functions ``heard`` (from what the table read to the
document) and ``told`` (the other way).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from integration.canon import texts
from integration.canon.documents import Document
from integration.canon.faults import Level
from integration.canon.plain import digits
from integration.canon.texts import Unreadable, Unsayable, turned
from integration.edi import values

Place = int | tuple[int, int]
"""An element, counted from 1 after the tag, or a component of one."""
DETAIL, SUMMARY = 1, 2
"""The areas of a message after its heading; a segment never goes back to an area that was left."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    field: str = ""
    """Dotted into a part: ``item.gtin``. With ``@`` it is the envelope's (only written), with ``^`` that of the part
    around (written, and compared when read: a unit), with ``#`` it is how many parts a field has."""
    read: Callable[[str], Any] = str.strip
    write: Callable[[Any], str] = str
    is_top: bool = False
    """The field is one of the whole document, wherever this stands. Only read."""
    is_told: bool = False
    """Written, and not read."""
    tested: frozenset[str] = frozenset()
    """Only a segment that has one of these here is this row."""
    constant: str = ""
    """Written where there is no field."""
    beside: str = ""
    """The constant is only written when this field has a value."""
    is_many: bool = False
    """Appends to the field; each value of the field is written in a segment or cell of its own."""
    width: int = 0
    """A longer text is cut at blanks into pieces of at most so many characters; read, they are joined again."""
    repeats: bool = False
    """What does not fit stands in further segments."""
    piece: int = 0
    """Which of the pieces stands here, where a segment has room for several."""


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Numbers with a qualifier each, as many as there are: ``*VN*AB3542*BP*17`` and ``+AB3542:SA+17:IN``."""

    start: int
    fields: Mapping[str, str]
    """Qualifier -> field. A field is written with its first qualifier."""
    most: int = 10
    is_composite: bool = False
    written: frozenset[str] | None = None
    """Only these fields are written here; another row writes the others."""


@dataclass(frozen=True, kw_only=True)
class Row:
    tags: tuple[str, ...]
    """The first is written, all are read."""
    cells: Mapping[Place, Cell]
    pairs: Pairs | None = None
    is_heard: bool = False
    """Read, and never written."""
    is_always: bool = False
    """Written also when no cell has a value."""


@dataclass(frozen=True, kw_only=True)
class Loop:
    """Rows that belong together; the first one begins it each time."""

    rows: Sequence["Row | Loop"]
    field: str = ""
    """The field that holds the parts. Without one the values belong to what is around."""
    shape: type | None = None
    area: int = 0
    needs: str = ""
    """A part without this field says nothing and is left out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Map:
    """One kind of message. Of several maps of a kind the first whose first row fits a message reads it."""

    syntax: str
    kind: str
    """``850``, ``ORDERS``."""
    document: type[Document]
    shape: type
    """What the rows make: the document, or a wire form of it."""
    rows: Sequence[Row | Loop]
    heard: Callable[[Any], Document] | None = None
    generation: str = ""
    """The directory from which on messages look like this; empty for all."""
    told: Callable[[Any], Any] | None = None
    figures: Callable[[Any], Mapping[str, str]] | None = None
    """What else is written of a document, for cells with an ``@``."""


def row(tags: str, cells: Mapping[Place, Cell], **more: Any) -> Row:
    """``tags`` may be several: ``AK3 IK3``."""
    return Row(tags=tuple(tags.split()), cells=cells, **more)


def heard(tags: str, cells: Mapping[Place, Cell], **more: Any) -> Row:
    return row(tags, cells, is_heard=True, **more)


def passed(tags: str) -> list[Row]:
    """Segments that are known here and say nothing we keep."""
    return [heard(tag, {}) for tag in tags.split()]


def loop(field: str, shape: type, *rows: Row | Loop, **more: Any) -> Loop:
    return Loop(field=field, shape=shape, rows=rows, **more)


def section(*rows: Row | Loop, area: int = 0) -> Loop:
    """Rows without a part of their own; the first one is written when another has a value."""
    return Loop(rows=rows, area=area)


def is_(*codes: str) -> Cell:
    return Cell(tested=frozenset(codes), constant=codes[0])


def puts(constant: str, *, beside: str = "") -> Cell:
    return Cell(constant=constant, beside=beside)


def text(field: str, most: int = 0) -> Cell:
    """Text of at most so many characters."""

    def write(value: str) -> str:
        if most and len(value) > most:
            said = {"value": value[:60], "most": most}
            raise Unsayable(_("“%(value)s” is too long: write at most %(most)s characters.") % said)
        return value

    return Cell(field=field, write=write)


def of_all(field: str) -> Cell:
    """A field of the whole document that is said within a part."""
    return Cell(field=field, write=lambda value: "", is_top=True)


def adds(field: str, most: int = 0) -> Cell:
    return Cell(field=field, write=text(field, most).write, is_many=True)


def wrapped(field: str, width: int, *places: Place, **more: bool) -> dict[Place, Cell]:
    """A text in as many pieces as there are places."""
    return {place: Cell(field=field, width=width, piece=piece, **more) for piece, place in enumerate(places)}


def dec(field: str, read: Callable[[str], Any] = texts.number) -> Cell:
    return Cell(field=field, read=read, write=digits)


def comma(field: str) -> Cell:
    """A number of EDIFACT."""
    return dec(field, values.number_or_comma)


def cents(field: str) -> Cell:
    return Cell(field=field, read=values.cents, write=values.in_cents)


def whole(field: str) -> Cell:
    return Cell(field=field, read=texts.whole)


def counts(field: str) -> Cell:
    """How many parts there are: another number holds the document."""
    return Cell(field=f"#{field}", read=texts.whole)


def day(field: str) -> Cell:
    return Cell(field=field, read=values.day, write=values.compact)


def code(
    field: str,
    read: Mapping[str, Any],
    write: Mapping[Any, str] | None = None,
    *,
    is_kept: bool = False,
    is_tested: bool = False,
) -> Cell:
    """A code of a list. One that is not in it holds the document; ``is_kept`` takes it as it came, with a note.

    ``is_tested``: only a segment with a code of the list is this row.
    """
    written: Mapping[Any, str] = write if write is not None else turned(read)

    def known(said: str) -> Any:
        said = said.strip()
        if said in read:
            return read[said]
        sentence = _("The code “%(code)s” is not known here: use one of the standard that we agreed on.")
        level, kept = (Level.NOTE, said) if is_kept else (Level.HOLD, None)
        raise Unreadable("code_unknown", sentence % {"code": said[:40]}, level, kept)

    def put(value: Any) -> str:
        if value in written:
            return written[value]
        if is_kept:
            return str(value)
        raise Unsayable(_("There is no code for “%(value)s” in this message: leave it out.") % {"value": value})

    return Cell(field=field, read=known, write=put, tested=frozenset(read) if is_tested else frozenset())
