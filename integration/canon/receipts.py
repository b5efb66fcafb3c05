"""A goods receipt as the ERP must know it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from integration.canon.plain import plain

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class ReceiptLine:
    """What arrived against one order line, in base units; negative when the receipt reverses another."""

    number: int
    order: str
    order_line: int
    item: str
    quantity: Decimal
    unit: str
    stock_status: str
    """``available``, ``hold`` or ``damaged``: where the goods stand."""
    lot: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One posted receipt. It never changes; a mistake is another receipt that reverses it."""

    kind: ClassVar[str] = "goods-receipts"

    number: str
    revision: ClassVar[int] = 1
    site: str
    supplier: str
    delivery_note: str
    received_at: datetime
    reverses: str
    lines: tuple[ReceiptLine, ...]

    def to_json(self) -> dict[str, Any]:
        return {"version": VERSION, **plain(self)}
