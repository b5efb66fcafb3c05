"""A purchase order as a supplier reads it: one revision, whole."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from integration.canon.documents import Document
from integration.canon.parts import Adjustment, Handover, Item, Slot, Terms

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class PurchaseOrderLine:
    """One thing ordered, in the unit it is ordered in."""

    number: str
    item: Item
    quantity: Decimal
    unit: str
    """UN/ECE Recommendation 20."""
    price: Decimal | None = None
    price_basis: Decimal = Decimal(1)
    """The price is for so many of ``price_unit``, which is ``unit`` where it is empty."""
    price_unit: str = ""
    amount: Decimal | None = None
    need_by: date | None = None
    schedule: tuple[Slot, ...] = ()
    """When not all is wanted on one day."""
    tax_percent: Decimal | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PurchaseOrder(Document):
    kind: ClassVar[str] = "order"
    version: ClassVar[int] = VERSION

    number: str
    revision: int | None = None
    issued_on: date | None = None
    currency: str = ""
    need_by: date | None = None
    contract: str = ""
    terms: Terms | None = None
    handover: Handover | None = None
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[PurchaseOrderLine, ...] = ()
    amount: Decimal | None = None
    """Sum of the lines with adjustments, without tax."""
