"""Table of contents."""

from finance.accruals.models import Accrual
from finance.budgets.models import Budget, BudgetMovement
from finance.commitments.models import Commitment
from finance.credits.models import ExpectedCredit
from finance.invoices.models import Invoice, InvoiceLine
from finance.matching.models import MatchTolerance

__all__ = [
    "Accrual",
    "Budget",
    "BudgetMovement",
    "Commitment",
    "ExpectedCredit",
    "Invoice",
    "InvoiceLine",
    "MatchTolerance",
]
