"""Table of contents."""

from suppliers.contracts.models import Contract, ContractLine
from suppliers.scorecards.models import Score, Scorecard, ScoreCase, Standing
from suppliers.submissions.models import Submission
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from suppliers.suppliers.models import Contact, Supplier

__all__ = [
    "Contact",
    "Contract",
    "ContractLine",
    "PriceBreak",
    "Score",
    "ScoreCase",
    "Scorecard",
    "Standing",
    "Submission",
    "Supplier",
    "SupplierItem",
]
