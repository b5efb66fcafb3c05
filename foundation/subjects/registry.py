"""The subject door: governance decides about documents it does not know."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.apps import apps

from foundation.documents.models import Recorded
from foundation.values.actor import Actor


class Subject(Protocol):
    """What governance needs of a document that is approved or that a case is about."""

    def describe(self, document: Any) -> str:
        """One line: number, what, how much."""

    def url(self, document: Any) -> str: ...

    def lock(self, document: Any) -> Iterable[Recorded]:
        """Every row that ``on_granted`` and ``on_refused`` will write, the document included."""

    def on_granted(self, document: Any, *, by: Actor, at: datetime) -> None: ...

    def on_refused(self, document: Any, *, by: Actor, at: datetime, returned: bool, reason: str) -> None: ...


@dataclass(frozen=True)
class SubjectLine:
    """A line of a document as somebody decides about it."""

    number: int
    words: str
    amount: Decimal
    currency: str


class Divisible(Subject, Protocol):
    """A subject whose lines can be approved apart."""

    def lines(self, document: Any) -> Iterable[SubjectLine]:
        """The lines that are part of it still."""

    def take_out(
        self, document: Any, *, lines: Collection[int], returned: bool, reason: str, by: Actor, at: datetime
    ) -> None:
        """Go on without these lines; ``document.amount`` is then that of the others."""


def has_lines(handler: Any) -> bool:
    return hasattr(handler, "take_out")


_handlers: dict[str, Any] = {}


def register(kind: str) -> Callable[[type], type]:
    """``@register("procurement.requisition") class RequisitionSubject: ...``."""

    def keep(handler: type) -> type:
        _handlers[kind] = handler()
        return handler

    return keep


def handler(subject: str) -> Any:
    return _handlers[subject.partition(":")[0]]


def knows(subject: str) -> bool:
    return subject.partition(":")[0] in _handlers


def fetch(subject: str) -> Any:
    """The document itself, unlocked."""
    label, pk = subject.split(":")
    return apps.get_model(label)._base_manager.get(pk=pk)


def fetch_all(subjects: Iterable[str]) -> dict[str, Any]:
    """Several documents by their subjects, unlocked: a query a kind."""
    keys: dict[str, list[str]] = {}
    for subject in subjects:
        label, pk = subject.split(":")
        keys.setdefault(label, []).append(pk)
    rows = (row for label, pks in keys.items() for row in apps.get_model(label)._base_manager.filter(pk__in=pks))
    return {row.subject: row for row in rows}


def numbered(label: str, number: str) -> str:
    """The subject of the document with this number; empty if there is none. Whether it may be seen is not asked."""
    key = apps.get_model(label)._base_manager.filter(number=number).values_list("pk", flat=True).first()
    return f"{label}:{key}" if key else ""
