"""What happened to a customer order."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class CustomerOrderTaken(Event):
    number: str
    site_id: int
    items: list


@dataclass(frozen=True, kw_only=True)
class DemandAllocated(Event):
    """``lines``: [[line number, quantity, still wanting], ...]."""

    number: str
    because: str
    lines: list


@dataclass(frozen=True, kw_only=True)
class DemandShipped(Event):
    number: str
    shipment: str
    complete: bool


@dataclass(frozen=True, kw_only=True)
class CustomerOrderCancelled(Event):
    number: str
    reason: str
