"""What happened to cases."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AboutCase(Event):
    """What every event of a case says: its number, and what about which document it is."""

    number: str
    kind: str
    about: str
    cause: str


@dataclass(frozen=True, kw_only=True)
class CaseOpened(AboutCase):
    summary: str
    url: str
    entity_id: int
    site_id: int | None
    supplier_id: int | None
    owner_id: int | None
    severity: str
    stake: Decimal
    currency: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseSeenAgain(AboutCase):
    """The same cause was found once more: the case carries the newer facts."""

    sightings: int
    summary: str


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(AboutCase):
    owner_id: int | None
    was_id: int | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseWorked(AboutCase):
    """Somebody works on it; after waiting, ``due_at`` has moved by the time that others took."""

    owner_id: int | None
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseWaits(AboutCase):
    """The supplier or somebody of ours was asked."""

    party: str
    text: str
    supplier_id: int | None
    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class CaseNoted(AboutCase):
    note: int


@dataclass(frozen=True, kw_only=True)
class CaseResolved(AboutCase):
    """Settled by one of its resolutions; ``how`` is its name."""

    how: str
    facts: dict[str, Any]
    root_cause: str
    supplier_id: int | None
    stake: Decimal
    currency: str
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseSolvedItself(AboutCase):
    """The fact that raised it is gone."""

    supplier_id: int | None
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseClosed(AboutCase):
    root_cause: str


@dataclass(frozen=True, kw_only=True)
class CaseReopened(AboutCase):
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(AboutCase):
    """It was due and nobody settled it; said once."""

    owner_id: int | None
    told_id: int | None
    due_at: datetime
