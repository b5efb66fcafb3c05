"""What happened to an order."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class OrderDrafted(Event):
    number: str
    supplier_id: int
    amount: Decimal
    currency: str
    requests: list


@dataclass(frozen=True, kw_only=True)
class OrderIssued(Event):
    """The supplier is bound to hear of it. The frozen content is the order's revision of this number."""

    number: str
    revision: int
    supplier_id: int
    site_id: int
    amount: Decimal
    currency: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class OrderRevised(Event):
    """A new revision stands. ``changes``: [[line number, field, before, after], ...]."""

    number: str
    revision: int
    supplier_id: int
    amount: Decimal
    currency: str
    changes: list
    why: str


@dataclass(frozen=True, kw_only=True)
class OrderConfirmed(Event):
    """What the supplier's answers amount to now. ``promises``: [[line number, quantity, date], ...]."""

    number: str
    facet: str
    promises: list


@dataclass(frozen=True, kw_only=True)
class OrderReceived(Event):
    """``lines``: [[line number, quantity], ...]; negative when a receipt was reversed."""

    number: str
    receipt: str
    lines: list
    complete: bool


@dataclass(frozen=True, kw_only=True)
class OrderSentBack(Event):
    """Goods returned to the supplier. ``lines``: [[line number, quantity], ...]."""

    number: str
    lines: list
    replaced: bool


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Event):
    number: str
    supplier_id: int
    reason: str
    was_issued: bool
    revision: int = 0
    """The revision that says so; 0 when nobody outside had heard of the order."""


@dataclass(frozen=True, kw_only=True)
class LineClosedShort(Event):
    number: str
    line: int
    quantity: Decimal
    reason: str
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class OrderHandedOver(Event):
    """Another buyer is asked about it; the people's keys."""

    number: str
    buyer_id: int
    was: int | None


@dataclass(frozen=True, kw_only=True)
class LinesMovedOut(Event):
    """Lines of an unsent order stand on another one now. ``lines``: [[number here, number there], ...]."""

    number: str
    to: str
    lines: list
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class LinesMovedIn(Event):
    """Lines of another unsent order stand here now. ``lines``: [[number there, number here], ...]."""

    number: str
    came_from: str
    lines: list
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class OrderClosed(Event):
    number: str


@dataclass(frozen=True, kw_only=True)
class OrderPosted(Event):
    """The ERP answered."""

    number: str
    erp_number: str
    state: str
    note: str
