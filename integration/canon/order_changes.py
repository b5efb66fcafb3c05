"""What the buyer changes of an order that the supplier has."""

from dataclasses import dataclass
from typing import ClassVar

from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine

VERSION = 1
ADD, DELETE, CHANGE, KEEP, REOPEN = "add", "delete", "change", "keep", "reopen"
"""What becomes of a line (UNCL1229 1, 2, 3, 4, 74)."""


@dataclass(frozen=True, kw_only=True)
class ChangedLine(PurchaseOrderLine):
    """A line as it stands after the change."""

    action: str = CHANGE


@dataclass(frozen=True, kw_only=True)
class OrderChange(PurchaseOrder):
    """The order's header as it stands after the change, and the lines that it touches."""

    kind: ClassVar[str] = "order-change"
    version: ClassVar[int] = VERSION

    change: str = ""
    """The number of the change, counted within the order."""
    reason: str = ""
    lines: tuple[ChangedLine, ...] = ()
