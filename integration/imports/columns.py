"""What a kind of import is made of: its columns, and how a cell becomes a value."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.files.tables import Cell, clean
from foundation.values.exact import plain, typed
from integration.imports import values
from integration.imports.values import Signs, Unclear

TEXT, NUMBER, WHOLE, DAY, FLAG, CHOICE = "text", "number", "whole", "day", "flag", "choice"
Label = str | Promise


@dataclass(frozen=True)
class Column:
    """One thing a row says. ``needed`` always, or for what is ``new`` only; ``of`` names the rows it points at."""

    name: str
    label: Label
    kind: str = TEXT
    needed: bool = False
    also: tuple[str, ...] = ()
    """Other headings that mean it, in small letters."""
    longest: int = 40
    of: str = ""
    choices: tuple[str, ...] = ()
    low: Decimal | None = Decimal(0)
    hint: Label = ""

    def read(self, cell: Cell, signs: Signs) -> Any:
        """The value, or None for an empty cell. Raises Unclear."""
        if isinstance(cell, str) and not clean(cell):
            return None
        return _READERS[self.kind](self, cell, signs)


def _text(column: Column, cell: Cell, _signs: Signs) -> str:
    return values.text(cell, column.longest)


def _number(column: Column, cell: Cell, signs: Signs) -> Decimal:
    value = values.number(cell, signs)
    if column.low is not None and value < column.low:
        raise Unclear(_("%(value)s is below %(low)s") % {"value": plain(value), "low": plain(column.low)})
    return value


def _whole(column: Column, cell: Cell, signs: Signs) -> int:
    value = _number(column, cell, signs)
    if value % 1 or value > 30_000:
        raise Unclear(_("%(value)s is not a whole number up to 30,000") % {"value": plain(value)})
    return int(value)


def _choice(column: Column, cell: Cell, _signs: Signs) -> str:
    said = values.text(cell, 40).casefold()
    if said not in column.choices:
        raise Unclear(_("“%(text)s” is none of: %(known)s") % {"text": said, "known": ", ".join(column.choices)})
    return said


_READERS: dict[str, Callable[[Column, Cell, Signs], Any]] = {
    TEXT: _text,
    NUMBER: _number,
    WHOLE: _whole,
    DAY: lambda _column, cell, signs: values.day(cell, signs),
    FLAG: lambda _column, cell, _signs: values.flag(cell),
    CHOICE: _choice,
}


def kept(value: Any) -> Any:
    """A value as the staged row keeps it, and as the preview echoes it."""
    if isinstance(value, Decimal):
        return typed(value)
    return value.isoformat() if isinstance(value, date) else value


def unkept(column: Column, value: Any) -> Any:
    """The inverse of ``kept``."""
    if not isinstance(value, str) or not value:
        return value
    if column.kind == NUMBER:
        return Decimal(value)
    return date.fromisoformat(value) if column.kind == DAY else value


@dataclass
class Row:
    """One row of the file as it was understood. ``means`` holds the rows that its values point at."""

    number: int
    values: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    means: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def get(self, name: str, default: Any) -> Any:
        value = self.values.get(name)
        return default if value is None else value

    def object(self, sentence: str) -> None:
        self.errors.append(sentence)


NEW, CHANGED, UNCHANGED, ERROR = "new", "changed", "unchanged", "error"


@dataclass
class Piece:
    """What one record is made of: the rows that say it, and what becomes of it."""

    rows: list[Row]
    effect: str = ""
    subject: str = ""
    before: dict[str, Any] | None = None
    """How it was, so that it can be put back."""
    found: Any = None
    """The row that is there already."""
    plan: Any = None
    """What the kind worked out while looking, for carrying it out."""

    @property
    def row(self) -> Row:
        return self.rows[0]

    @property
    def errors(self) -> list[str]:
        return [error for row in self.rows for error in row.errors]

    def all(self, name: str, default: Any = None) -> Any:
        """What the rows of one record must agree on; what they do not agree on is said of each."""
        said = {row[name] for row in self.rows if row[name] is not None}
        if len(said) > 1:
            for row in self.rows:
                row.object(_("Its rows differ in “%(name)s”; they belong together.") % {"name": name})
        return next(iter(said), default)
