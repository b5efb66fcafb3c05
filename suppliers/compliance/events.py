"""What happened to the risk of a supplier."""

from dataclasses import dataclass
from datetime import date

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class RiskJudged(Event):
    risk: str
    source: str
    until: date | None


@dataclass(frozen=True, kw_only=True)
class FailureNoted(Event):
    kind: str
    on: date
    weight: int
    about: str
    note: str


@dataclass(frozen=True, kw_only=True)
class SupplierWatched(Event):
    """Its failures reached the threshold, or fell below it again."""

    weight: int
    is_watched: bool
