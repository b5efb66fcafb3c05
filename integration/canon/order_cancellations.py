"""The buyer takes a whole order back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from integration.canon.documents import Document
from integration.canon.parts import OrderReference

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class OrderCancellation(Document):
    kind: ClassVar[str] = "order-cancellation"
    version: ClassVar[int] = VERSION

    number: str = ""
    """Of the message itself, where it has one."""
    order: OrderReference
    issued_on: date | None = None
    reason: str = ""
