"""What happened to an invoice."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class InvoiceCaptured(Event):
    number: str
    supplier_number: str
    supplier_id: int
    total: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class InvoiceMatched(Event):
    """The match was run. ``lines``: [[line number, verdict, sentence], ...]."""

    number: str
    status: str
    variance: Decimal
    lines: list


@dataclass(frozen=True, kw_only=True)
class PriceExceptionGranted(Event):
    """Leave to pay more than was agreed, by a permit; ``used`` says whether it covered what differed by then."""

    number: str
    permit: str
    amount: Decimal
    used: bool


@dataclass(frozen=True, kw_only=True)
class VarianceAccepted(Event):
    number: str
    line: int
    amount: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class InvoiceCredited(Event):
    """The credit note that was agreed on is here; what it gives back stops the invoice no more."""

    number: str
    note: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class InvoiceReleased(Event):
    """It may be paid. The ERP is told."""

    number: str
    supplier_number: str
    supplier_id: int
    total: Decimal
    currency: str
    straight_through: bool


@dataclass(frozen=True, kw_only=True)
class InvoiceRejected(Event):
    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class InvoicePosted(Event):
    number: str
    erp_number: str
