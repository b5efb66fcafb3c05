"""What happened to values of parameters."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AboutValue(Event):
    """Which parameter, and where: the house when no entity is said."""

    parameter: str
    entity_id: int | None
    site_id: int | None
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class ValueProposed(AboutValue):
    low: Decimal | None
    high: Decimal | None
    is_locked: bool
    reason: str
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ValueAgreed(AboutValue):
    """In force from ``starts_at`` on, until ``ends_at`` if there is one."""

    proposer_id: int | None
    starts_at: datetime
    ends_at: datetime | None
    answer: str


@dataclass(frozen=True, kw_only=True)
class ValueRejected(AboutValue):
    proposer_id: int | None
    answer: str


@dataclass(frozen=True, kw_only=True)
class ValueWithdrawn(AboutValue): ...


@dataclass(frozen=True, kw_only=True)
class ValueEnded(AboutValue):
    """From ``ends_at`` on what stands above counts again, or ``replaced_by`` (the key of another value)."""

    ends_at: datetime
    replaced_by: int | None
    answer: str


@dataclass(frozen=True, kw_only=True)
class ValueExpired(AboutValue):
    """Its time is over; ``was_decided`` is false for a proposal that nobody answered."""

    was_decided: bool
