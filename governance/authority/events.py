"""What happened to matrices and delegations."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class MatrixDrafted(Event):
    number: int
    name: str
    copied_from: int | None


@dataclass(frozen=True, kw_only=True)
class RulesSet(Event):
    """The draft's rules were replaced; ``digest`` is theirs, so that the published rules can be proven."""

    rule_count: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class MatrixPublished(Event):
    number: int
    rule_count: int
    digest: str
    replaces: int | None


@dataclass(frozen=True, kw_only=True)
class MatrixPlanned(Event):
    """Published, to be in force from ``effective_at`` on; until then ``replaces`` decides."""

    number: int
    rule_count: int
    digest: str
    replaces: int | None
    effective_at: datetime


@dataclass(frozen=True, kw_only=True)
class MatrixPlanCancelled(Event):
    """It is a draft again and never was in force."""

    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MatrixSuperseded(Event):
    number: int
    replaced_by: int


@dataclass(frozen=True, kw_only=True)
class AuthorityLent(Event):
    giver_id: int
    taker_id: int
    kinds: list[str]
    cap: Decimal | None
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class LoanEnded(Event):
    giver_id: int
    taker_id: int
