"""What happened to roles and memberships."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """A person fills a role in a scope; ``verbs`` is what the role means now. ``ends_at``: given until then."""

    person_id: int
    role: str
    scope_id: int
    scope: str
    verbs: list[str]
    ends_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RoleEnding(Event):
    """A role that was given for a time will end soon."""

    person_id: int
    role: str
    scope: str
    ends_at: datetime
    granted_by: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    person_id: int
    role: str
    scope_id: int
    scope: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoleRedefined(Event):
    """The role means other verbs now, for this member too."""

    person_id: int
    role: str
    verbs: list[str]
    step_up_above: Decimal | None = None
    """Above which amount the role proves itself again before it approves."""


@dataclass(frozen=True, kw_only=True)
class PersonShutOut(Event):
    """Somebody left, or must not come in for now: sessions, links and devices have ended, tasks go to others."""

    person_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class PersonLetIn(Event):
    """Somebody who was shut out may come in again, with the roles that have not ended meanwhile."""

    person_id: int
    reason: str
