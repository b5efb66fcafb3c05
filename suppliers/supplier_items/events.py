"""What happened to what a supplier sells."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class OfferEntered(Event):
    """A supplier sells an item; ``prices`` as in PricesSet, from ``valid_from`` on."""

    sku: str
    supplier: str
    valid_from: str
    currency: str
    prices: list


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
