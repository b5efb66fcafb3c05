"""Everything one keyed request holds until it commits."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models.fields.files import FieldFile

from foundation.documents import rows, sets
from foundation.documents.models import Recorded
from foundation.door.refusals import KeyReused, OutOfOrder, Repeated
from foundation.journal import actions as journal
from foundation.journal import chain
from foundation.journal.events import Event
from foundation.journal.turns import Silent
from foundation.values.actor import Actor

asked: ContextVar[tuple[str, str]] = ContextVar("asked", default=("", ""))
"""The verb and fingerprint of the action that is about to open a turn."""

Left = tuple[Any, dict[str, Any], int, list[chain.Forged]]
"""A row that was left: what changed, the version that it was held at, and the links of its chain."""

OWN = {"id", "version", "chain_length", "chain_head"}
"""The door's own fields, never part of a difference."""

INSERT = """
insert into foundation_turn (actor, verb, key, fingerprint, recorded_at) values (%s, %s, %s, %s, clock_timestamp())
on conflict do nothing returning id, recorded_at"""
FIND = "select id, fingerprint from foundation_turn where actor = %s and verb = %s and key = %s"


class Turn:
    """Opened by the key's row, which is the first statement: a second request with the same key waits there."""

    def __init__(self, by: Actor, key: str) -> None:
        self.by = by
        self.rows: dict[str, Recorded] = {}
        self._opened: list[str] = []
        self._bumped: set[str] = set()
        self._notes: dict[str, list[chain.Note]] = {}
        self._top: tuple[int, int] = (0, 0)
        self._waiting: list[Left] | None = None
        name, fingerprint = asked.get()
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [str(by), name, key, fingerprint])
            if found := cursor.fetchone():
                self.pk, self.recorded_at = found[0], found[1]
                return
            cursor.execute(FIND, [str(by), name, key])
            turn_id, known = cursor.fetchone()
        raise Repeated(turn_id) if known == fingerprint else KeyReused(key)

    def hold(self, documents: Iterable[Recorded], shared: Iterable[Recorded] = ()) -> None:
        """Lock in the house's order. A row already held is not locked again."""
        wanted = {d.subject: (d, True) for d in shared} | {d.subject: (d, False) for d in documents}
        missing = [pair for subject, pair in wanted.items() if subject not in self.rows]
        missing.sort(key=lambda pair: place(pair[0]))
        if missing and place(missing[0][0]) < self._top:
            raise OutOfOrder(f"{missing[0][0].subject} comes before what is already held.")
        for (_kind, share), alike in groupby(missing, key=lambda pair: (type(pair[0]), pair[1])):
            named = [document for document, _share in alike]
            held = lock_all(named, share=share) if len(named) > 1 else [lock(named[0], share=share)]
            for row, document in zip(held, named, strict=True):
                self.rows[row.subject] = row
                self._acquaint(row, document)
            self._top = place(named[-1])

    def _acquaint(self, row: Recorded, document: Recorded) -> None:
        """What a row points to is in hand already where it is held too, or is one of the fixed points of its kind."""
        for field in row._meta.concrete_fields:
            if not field.is_relation or (key := getattr(row, field.attname)) is None:
                continue
            if known := self.rows.get(f"{field.related_model._meta.label_lower}:{key}"):
                setattr(row, field.name, known)
            elif field.name in row.fixed and field.is_cached(document) and getattr(document, field.attname) == key:
                setattr(row, field.name, getattr(document, field.name))

    def adopt(self, document: Recorded) -> None:
        """A row born in this turn is held by birth."""
        self.rows[document.subject] = document

    def note(self, event: Event, at: datetime, due: datetime | None, told: bool) -> None:
        if event.subject not in self._opened:
            raise Silent(f"{type(event).name} speaks of {event.subject}, whose door is not open.")
        self._notes.setdefault(event.subject, []).append((event, at, due, told))

    def enter(self, row: Any) -> None:
        """Bump the version once in a turn: inside the door the row already carries its new one."""
        if row.subject not in self._opened:
            row._before, row._held_version = values(row), row.version
        if row.subject not in self._bumped:
            row.version += 1
            self._bumped.add(row.subject)
        self._opened.append(row.subject)

    def leave(self, row: Any) -> None:
        """Save what changed, forge the links, write the entries."""
        notes = self._notes.pop(row.subject, [])
        if not notes and self._opened.count(row.subject) == 1:
            raise Silent(f"Nothing was recorded about {row.subject}.")
        now = values(row)
        changed = {name: value for name, value in now.items() if value != row._before[name]}
        if notes:
            forged = chain.link(row, notes, turn=self, changes={n: [row._before[n], v] for n, v in changed.items()})
            if self._waiting is None:
                save(row, changed)
                journal.write(forged)
            else:
                self._waiting.append((row, changed, row._held_version, forged))
            row._before, row._held_version = now, row.version
        self._opened.pop()

    @contextmanager
    def writing_together(self) -> Iterator[None]:
        """What rows leave behind in here is written when it ends, by a statement for all that changed alike."""
        self._waiting = []
        yield
        waiting, self._waiting = self._waiting, None
        alike: dict[Any, list[Left]] = {}
        for left in waiting:
            alike.setdefault((type(left[0]), tuple(left[1])), []).append(left)
        for (_kind, changed), those in alike.items():
            fields = [*changed, "version", "chain_length", "chain_head"]
            sets.write([left[0] for left in those], fields, versions=[left[2] for left in those])
        journal.write([link for left in waiting for link in left[3]])


def place(document: Recorded) -> tuple[int, int]:
    return document.lock_rank, document.pk


def values(row: Recorded) -> dict[str, Any]:
    return {f.attname: _comparable(getattr(row, f.attname)) for f in row._meta.concrete_fields if f.name not in OWN}


def _comparable(value: Any) -> Any:
    if isinstance(value, FieldFile):
        return value.name
    return list(value) if isinstance(value, list) else dict(value) if isinstance(value, dict) else value


def lock(document: Recorded, *, share: bool = False) -> Recorded:
    return rows.locked(type(document), document.pk, rows.FOR_SHARE if share else rows.FOR_NO_KEY_UPDATE)


def lock_all(documents: Sequence[Recorded], *, share: bool = False) -> list[Recorded]:
    """Rows of one kind, in the order of their keys."""
    how = rows.FOR_SHARE if share else rows.FOR_NO_KEY_UPDATE
    return rows.locked_all(type(documents[0]), [document.pk for document in documents], how)


def save(row: Any, changed: dict[str, Any]) -> None:
    """Write only what changed, only onto the version that was locked: the guard behind the lock."""
    own = {"version": row.version, "chain_length": row.chain_length, "chain_head": row.chain_head}
    if not rows.write(row, changed | own, version=row._held_version):
        raise AssertionError(f"{row.subject} was changed by somebody without the lock.")
