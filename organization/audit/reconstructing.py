"""A record as it was after any of its entries: what it says now, with every later change undone.

The journal keeps of each entry what it changed, from what to what; so nothing needs to be stored twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey

from foundation.documents.models import Recorded
from foundation.journal.chain import plain
from foundation.journal.models import Entry
from foundation.screens import differences

KEPT_BACK = ("secret", "hash", "token", "password")
"""Parts of names of columns that are shown to nobody."""
OWN = ("id", "version", "chain_length", "chain_head")


@dataclass(frozen=True)
class Field:
    """A column at two points in time, in words."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def known(subject: str) -> bool:
    """Whether it names a kind of record that the journal follows."""
    label, _colon, key = subject.partition(":")
    try:
        return issubclass(apps.get_model(label), Recorded) and key.isascii() and key.isdigit() and len(key) < 19
    except (LookupError, ValueError):
        return False


def record(subject: str) -> Any:
    """The row as it now stands, with the rows it points to."""
    model: Any = apps.get_model(subject.partition(":")[0])
    keys = [field.name for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return model._base_manager.select_related(*keys).get(pk=subject.partition(":")[2])


def compared(row: Any, entries: Iterable[Entry], first: int, second: int) -> list[Field]:
    """Every column as it was in two versions; version 0 is before there was anything."""
    shown = {field.attname: field for field in row._meta.concrete_fields if is_shown(field.name)}
    now = {name: plain(getattr(row, name)) for name in shown}
    later = sorted(entries, key=lambda one: -one.number)
    was, then = (_back_to(now, later, version) for version in (first, second))
    return [
        Field(
            str(field.verbose_name).capitalize(), _words(row, field, was.get(name)), _words(row, field, then.get(name))
        )
        for name, field in shown.items()
    ]


def is_shown(name: str) -> bool:
    return name not in OWN and not any(part in name for part in KEPT_BACK)


def _back_to(now: dict[str, Any], later: Iterable[Entry], version: int) -> dict[str, Any]:
    """Undo what came after, newest first."""
    if version < 1:
        return {}
    state = dict(now)
    for entry in later:
        if entry.document_version > version:
            state |= {name: change[0] for name, change in entry.changes.items() if name in state}
    return state


def _words(row: Any, field: Any, value: Any) -> str:
    """What a row points to by its name, everything else as pages write it."""
    if not isinstance(field, ForeignKey) or value is None:
        return differences.say(field, value)
    if value == getattr(row, field.attname):
        return str(getattr(row, field.name))
    pointed = field.related_model._base_manager.filter(pk=value).first()
    return str(pointed or value)
