"""What happened to what a supplier sells."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class OfferChanged(Event):
    sku: str


@dataclass(frozen=True, kw_only=True)
class PricesSet(Event):
    """From a day on, these prices: [[from quantity, price], ...]."""

    sku: str
    valid_from: str
    currency: str
    prices: list
