"""What every kind of import says of itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from foundation.scopes.permissions import may
from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from integration.imports import books
from integration.imports.columns import ERROR, Column, Label, Piece, Row, unkept
from organization.sites.models import Site


@dataclass(frozen=True)
class Writing:
    """Who writes, when, and under which name: keys of what is done are made of it."""

    by: Actor
    at: datetime
    batch: int

    def key(self, piece: Piece, step: str = "") -> str:
        return f"import-{self.batch}-{piece.row.number}{step and '-'}{step}"


class Kind:
    """One kind of import. Subclasses say the columns, look at what is there, write a piece, take it back."""

    name: ClassVar[str]
    label: ClassVar[Label]
    one: ClassVar[Label]
    """What one record is called."""
    verbs: ClassVar[tuple[str, ...]]
    columns: ClassVar[tuple[Column, ...]]
    key: ClassVar[tuple[str, ...]]
    """The columns that name a record; rows that agree on them belong together."""
    one_row: ClassVar[bool] = True
    """Whether a record is one row, so that a second one is a mistake."""
    takes_sets: ClassVar[bool] = False
    """Whether new pieces are written many in a turn; documents are one turn each."""
    is_master: ClassVar[bool] = True
    """Whether undoing puts values back: then nobody may have changed them since."""

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def look(self, pieces: list[Piece], by: Actor) -> None:
        """Say of each piece what would become of it: effect, errors, what it was before. Writes nothing."""
        books.look_up((row for piece in pieces for row in piece.rows), self.columns, by)
        sound = [piece for piece in pieces if not piece.errors]
        self.prepare(sound, by)
        for piece in sound:
            if not piece.errors:
                self.judge(piece, by)
        for piece in pieces:
            if piece.errors:
                piece.effect = ERROR

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        """Read what is there already of all of them."""

    def judge(self, piece: Piece, by: Actor) -> None:
        """Set the effect of a piece whose cells are sound, or object."""
        raise NotImplementedError

    def write_set(self, pieces: list[Piece], writing: Writing) -> None:
        """Write new pieces in one turn; for kinds that take sets. Sets each piece's subject."""
        raise NotImplementedError

    def write(self, piece: Piece, writing: Writing) -> None:
        """Write one piece, new or changed, inside an open turn: all of it or nothing. Sets its subject."""
        raise NotImplementedError

    def undo(self, document: Any, piece: "Undone", writing: Writing, key: str) -> None:
        """Take back what writing a piece did. Raises Refused with the reasons where somebody built on it."""
        raise NotImplementedError

    def restored(self, before: dict[str, Any] | None) -> dict[str, Any]:
        """Kept values as they were."""
        types = {column.name: column for column in self.columns}
        return {name: unkept(types[name], value) for name, value in (before or {}).items()}


@dataclass(frozen=True)
class Undone:
    """A written piece as it is remembered."""

    effect: str
    before: dict[str, Any] | None
    rows: list[Row]


def needed(row: Row, kind: Kind, names: Iterable[str]) -> None:
    """Columns that only what is new must have."""
    for name in names:
        if row[name] is None:
            row.object(_("%(column)s is missing.") % {"column": kind.column(name).label})


def within_reach(row: Row, by: Actor, verb: str, site: Site) -> None:
    """Said while it can still be corrected; the action asks again."""
    if not reach(by, verb).is_everything and not reach(by, verb).covers(
        {"entity": {site.entity_id}, "site": {site.pk}}
    ):
        row.object(_("You may not do this for %(site)s.") % {"site": site.code})


def permitted(kind: Kind, by: Actor) -> list[str]:
    """The verbs of the kind that the actor lacks everywhere."""
    return [verb for verb in kind.verbs if not may(by, verb)]
