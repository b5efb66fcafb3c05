"""What happened to a contract."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ContractDrafted(Event):
    """``lines``: [[item, price, ceiling or None], ...]."""

    number: str
    supplier_id: int
    ceiling: Decimal | None
    lines: list


@dataclass(frozen=True, kw_only=True)
class ContractActivated(Event):
    number: str


@dataclass(frozen=True, kw_only=True)
class ContractRunsOut(Event):
    """One rung of the ladder before its end."""

    number: str
    days: int


@dataclass(frozen=True, kw_only=True)
class ContractEnded(Event):
    number: str
    reason: str
