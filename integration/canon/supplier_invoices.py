"""What a supplier asks us to pay, and what it gives back (810, INVOIC, Invoice, CreditNote, InvoiceDetailRequest)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from integration.canon.documents import Document
from integration.canon.parts import Adjustment, Item, OrderReference, TaxSubtotal, Terms

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class BilledLine:
    """``amount`` = quantity x price / price basis, less allowances, plus charges; without tax."""

    number: str = ""
    item: Item
    quantity: Decimal
    unit: str = ""
    price: Decimal | None = None
    price_basis: Decimal = Decimal(1)
    price_unit: str = ""
    amount: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    tax_category: str = ""
    tax_percent: Decimal | None = None
    order: OrderReference | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SupplierInvoice(Document):
    """Amounts are in ``currency``; what is None was not said."""

    kind: ClassVar[str] = "invoice"
    version: ClassVar[int] = VERSION

    number: str
    issued_on: date | None = None
    due_on: date | None = None
    tax_point: date | None = None
    currency: str = ""
    order: OrderReference | None = None
    """Of the whole invoice; a line may name another."""
    ship_notice: str = ""
    contract: str = ""
    preceding: str = ""
    """The invoice that this one corrects or credits."""
    terms: Terms | None = None
    account: str = ""
    """Where the supplier wants the money (IBAN or account number). Never followed without the supplier's own record."""
    payment_reference: str = ""
    lines: tuple[BilledLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    taxes: tuple[TaxSubtotal, ...] = ()
    line_total: Decimal | None = None
    net_amount: Decimal | None = None
    """Lines less allowances plus charges, without tax."""
    tax_amount: Decimal | None = None
    amount: Decimal | None = None
    """With tax."""
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    payable: Decimal | None = None
    """``amount`` less what was prepaid, rounded."""


@dataclass(frozen=True, kw_only=True)
class CreditNote(SupplierInvoice):
    """An invoice the other way round: the amounts are positive and go back to the buyer."""

    kind: ClassVar[str] = "credit-note"
    version: ClassVar[int] = VERSION
