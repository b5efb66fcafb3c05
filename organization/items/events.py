"""What happened to an item."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ItemRegistered(Event):
    sku: str
    description: str


@dataclass(frozen=True, kw_only=True)
class ItemChanged(Event):
    sku: str


@dataclass(frozen=True, kw_only=True)
class ItemUnitSet(Event):
    """1 unit = numerator / denominator of the base unit; 0 / 0 when the unit was taken away."""

    sku: str
    unit: str
    numerator: int
    denominator: int
