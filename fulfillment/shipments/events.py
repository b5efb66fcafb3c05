"""What happened to a shipment."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ShipmentPlanned(Event):
    number: str
    order: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class ShipmentShipped(Event):
    """Goods left for the customer. ``items``: [[item key, quantity], ...]."""

    number: str
    order: str
    site_id: int
    items: list


@dataclass(frozen=True, kw_only=True)
class ShipmentCancelled(Event):
    number: str
