"""What happened to waivers."""

from dataclasses import dataclass
from datetime import datetime

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AboutWaiver(Event):
    check: str
    where: str
    owner_id: int | None


@dataclass(frozen=True, kw_only=True)
class WaiverAsked(AboutWaiver):
    reason: str
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaiverGranted(AboutWaiver):
    ends_at: datetime
    answer: str


@dataclass(frozen=True, kw_only=True)
class WaiverRejected(AboutWaiver):
    answer: str


@dataclass(frozen=True, kw_only=True)
class WaiverWithdrawn(AboutWaiver): ...


@dataclass(frozen=True, kw_only=True)
class WaiverRevoked(AboutWaiver):
    """From now on the check counts again; what passed by it stays passed."""

    answer: str


@dataclass(frozen=True, kw_only=True)
class WaiverEnding(AboutWaiver):
    """It ends soon: its owner is told."""

    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaiverExpired(AboutWaiver):
    was_granted: bool
