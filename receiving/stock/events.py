"""What happened to stock apart from documents."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class StockStatusChanged(Event):
    """Goods of an item stay where they are and become something else."""

    sku: str
    site_id: int
    was: str
    becomes: str
    quantity: str
    reason: str
