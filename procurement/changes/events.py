"""What happened to a change request."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ChangeProposed(Event):
    number: str
    order: str
    origin: str
    amount_change: Decimal
    currency: str
    deltas: list


@dataclass(frozen=True, kw_only=True)
class ChangeSubmitted(Event):
    number: str
    steps: int


@dataclass(frozen=True, kw_only=True)
class ChangeApplied(Event):
    number: str
    order: str
    revision: int
    origin: str


@dataclass(frozen=True, kw_only=True)
class ChangeDeclined(Event):
    number: str
    order: str
    origin: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ChangeLinesDeclined(Event):
    """Part of a proposal: these lines stay as ordered, the rest is accepted."""

    number: str
    order: str
    lines: list
    reason: str


@dataclass(frozen=True, kw_only=True)
class ChangeSuperseded(Event):
    number: str
