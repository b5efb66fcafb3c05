"""Table of contents."""

from suppliers.banking.models import BankAccount
from suppliers.compliance.models import Failure
from suppliers.contracts.models import Contract, ContractLine
from suppliers.disputes.models import Dispute, DisputeFile, Said
from suppliers.documents.models import AskedDocument, DocumentType, SupplierDocument
from suppliers.onboarding.models import CompanyData
from suppliers.scorecards.models import Score, Scorecard, ScoreCase, Standing
from suppliers.submissions.models import Submission
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from suppliers.suppliers.models import Contact, Supplier
from suppliers.terms.models import Agreement

__all__ = [
    "Agreement",
    "AskedDocument",
    "BankAccount",
    "CompanyData",
    "Contact",
    "Contract",
    "ContractLine",
    "Dispute",
    "DisputeFile",
    "DocumentType",
    "Failure",
    "PriceBreak",
    "Said",
    "Score",
    "ScoreCase",
    "Scorecard",
    "Standing",
    "Submission",
    "Supplier",
    "SupplierDocument",
    "SupplierItem",
]
