"""What happened to a submission."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class SubmissionReceived(Event):
    """A supplier said something. Whoever handles its kind applies it."""

    kind: str
    supplier_id: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class SubmissionApplied(Event):
    kind: str
    supplier_id: int


@dataclass(frozen=True, kw_only=True)
class SubmissionRefused(Event):
    kind: str
    supplier_id: int
    reasons: list
