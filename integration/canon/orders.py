"""A purchase order as the ERP must know it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from integration.canon.plain import plain

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """One thing ordered, in base units of the item; the price is for one base unit."""

    number: int
    item: str
    supplier_sku: str
    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    amount: Decimal
    need_by: date


@dataclass(frozen=True, kw_only=True)
class Order:
    """One revision of an order, whole: a later revision replaces it, a cancelled order has no open line."""

    kind: ClassVar[str] = "purchase-orders"

    number: str
    revision: int
    entity: str
    site: str
    supplier: str
    cost_center: str
    currency: str
    payment_terms: str
    incoterm: str
    issued_on: date
    is_cancelled: bool
    amount: Decimal
    lines: tuple[OrderLine, ...]

    def to_json(self) -> dict[str, Any]:
        return {"version": VERSION, **plain(self)}
