"""What happened to a budget. Claims on it are its ledger, not events."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class BudgetSet(Event):
    was: Decimal
    amount: Decimal
    currency: str
    reason: str
