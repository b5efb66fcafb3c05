"""What happened to accepted conflicts and to reviews of access."""

from dataclasses import dataclass
from datetime import datetime

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AboutConflict(Event):
    """Whose duties conflict, by the key of the conflict (``duties``)."""

    person_id: int
    conflict: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceAsked(AboutConflict):
    reason: str
    until: datetime
    grounds: list[str]


@dataclass(frozen=True, kw_only=True)
class ConflictAccepted(AboutConflict):
    reason: str
    until: datetime
    asked_by_id: int
    grounds: list[str]


@dataclass(frozen=True, kw_only=True)
class AcceptanceDeclined(AboutConflict): ...


@dataclass(frozen=True, kw_only=True)
class AcceptanceExpired(AboutConflict):
    """The conflict is open again."""

    asked_by_id: int


@dataclass(frozen=True, kw_only=True)
class AcceptanceTakenBack(AboutConflict): ...


@dataclass(frozen=True, kw_only=True)
class ReviewStarted(Event):
    title: str
    owner_id: int
    due_at: datetime
    entity: str
    site: str
    role: str
    reviewers: dict[str, int]
    """How many memberships each person (by key) is asked about."""


@dataclass(frozen=True, kw_only=True)
class ReviewReminded(Event):
    title: str
    due_at: datetime
    reviewers: list[int]


@dataclass(frozen=True, kw_only=True)
class ReviewEscalated(Event):
    """It is due and not everybody has answered."""

    title: str
    owner_id: int
    reviewers: list[int]
    open_count: int


@dataclass(frozen=True, kw_only=True)
class ReviewFinished(Event):
    title: str
    owner_id: int
    kept: int
    removed: int
    gone: int


@dataclass(frozen=True, kw_only=True)
class ReviewCalledOff(Event):
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AboutItem(Event):
    """A membership in a review: whose, which role, where."""

    review_id: int
    membership_id: int
    person_id: int
    role: str
    place: str


@dataclass(frozen=True, kw_only=True)
class MembershipAsked(AboutItem):
    reviewer_id: int
    verbs: list[str]


@dataclass(frozen=True, kw_only=True)
class MembershipKept(AboutItem): ...


@dataclass(frozen=True, kw_only=True)
class MembershipRemoved(AboutItem):
    reason: str


@dataclass(frozen=True, kw_only=True)
class MembershipGone(AboutItem):
    """It ended while the review ran."""
