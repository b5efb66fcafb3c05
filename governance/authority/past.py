"""The door to what was decided: a replay needs it, and the matrix does not know who keeps it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from governance.authority.replaying import Row

Ref = tuple[str, int]
"""(where it is kept, key)."""


@dataclass(frozen=True, slots=True)
class Span:
    """After ``since``, up to and including ``until``."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as a list shows it; ``amount`` in the entity's currency."""

    about: str
    title: str
    url: str
    entity_id: int
    amount: Decimal
    currency: str


class Past(Protocol):
    """Documents that were asked about or passed by themselves, with the facts they were routed by."""

    def came(self, since: datetime) -> bool:
        """Whether any came after that."""

    def count(self, span: Span) -> int: ...

    def rows(self, span: Span) -> Iterator[Row[Ref]]:
        """Streamed: the facts but their amounts as one text (JSON), the amount that decides, whose they are."""

    def shown(self, refs: Iterable[Ref]) -> dict[Ref, Shown]: ...

    def hours(self, span: Span) -> dict[str, float]:
        """The median time that the decided steps of each role took, by the clock on the wall."""


_kept: list[Past] = []


def keep(past: Past) -> None:
    """Say who keeps it; the last one counts."""
    _kept[:] = [past]


def kept() -> Past:
    return _kept[0]
