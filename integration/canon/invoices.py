"""A supplier's invoice, released for payment, as the ERP must know it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from integration.canon.plain import plain

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class InvoiceLine:
    """What is billed for one order line, in base units; the amount is without tax."""

    number: int
    order: str
    description: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    tax_percent: Decimal


@dataclass(frozen=True, kw_only=True)
class Invoice:
    """An invoice that may be paid. We release it; the ERP pays."""

    kind: ClassVar[str] = "supplier-invoices"

    number: str
    revision: ClassVar[int] = 1
    supplier_number: str
    entity: str
    supplier: str
    invoiced_on: date
    due_on: date
    currency: str
    net_amount: Decimal
    tax_amount: Decimal
    amount: Decimal
    """What is to be paid, tax included."""
    lines: tuple[InvoiceLine, ...]

    def to_json(self) -> dict[str, Any]:
        return {"version": VERSION, **plain(self)}
