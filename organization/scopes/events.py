"""What happened to roles and memberships."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """A person fills a role in a scope, with these verbs."""

    person_id: int
    role: str
    scope_id: int
    scope: str
    verbs: list[str]


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
