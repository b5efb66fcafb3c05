"""What happened to an import. What it wrote is told by the documents themselves."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ImportStaged(Event):
    kind: str
    file: str
    rows: int
    errors: int


@dataclass(frozen=True, kw_only=True)
class ImportMapped(Event):
    kind: str
    mapping: dict
    signs: dict
    rows: int
    errors: int


@dataclass(frozen=True, kw_only=True)
class ImportBegun(Event):
    kind: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class ImportApplied(Event):
    """How many records were new, changed, as they were, or refused."""

    kind: str
    new: int
    changed: int
    unchanged: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ImportUndoBegun(Event):
    kind: str


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Event):
    """``left``: records that somebody built on, and that stay."""

    kind: str
    undone: int
    left: int


@dataclass(frozen=True, kw_only=True)
class ImportDiscarded(Event):
    kind: str
