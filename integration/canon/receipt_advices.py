"""What the buyer tells the supplier about goods that arrived (RECADV, Receipt Advice)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from integration.canon.documents import Document
from integration.canon.parts import Item, OrderReference

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class AdvisedLine:
    """What became of one line, in its unit; ``received`` is what stands here, ``rejected`` is part of it."""

    number: str
    item: Item
    unit: str = ""
    received: Decimal
    short: Decimal | None = None
    rejected: Decimal | None = None
    reason: str = ""
    order: OrderReference | None = None
    lot: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptAdvice(Document):
    kind: ClassVar[str] = "receipt-advice"
    version: ClassVar[int] = VERSION

    number: str
    issued_on: date | None = None
    received_on: date | None = None
    ship_notice: str = ""
    order: OrderReference | None = None
    lines: tuple[AdvisedLine, ...] = ()
