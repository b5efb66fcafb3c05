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


@dataclass(frozen=True, kw_only=True)
class StockOpened(Event):
    """What stood there when our records began: ``was`` by what was known, ``now`` by what is said."""

    sku: str
    site_id: int
    status: str
    was: str
    now: str
