"""What happened to a goods receipt."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ReceiptStarted(Event):
    number: str
    site_id: int
    supplier_id: int
    lines: int


@dataclass(frozen=True, kw_only=True)
class LineCounted(Event):
    line: int
    accepted: str
    damaged: str
    refused: str


@dataclass(frozen=True, kw_only=True)
class RestCounted(Event):
    """All lines not counted before, at once: as announced, or as not there."""

    lines: int
    as_announced: bool


@dataclass(frozen=True, kw_only=True)
class CodeScanned(Event):
    """``lines``: [[line number, quantity], ...]."""

    device: str
    code: str
    condition: str
    lines: list


@dataclass(frozen=True, kw_only=True)
class GoodsReceived(Event):
    """Stock exists, the order knows, finance owes. ``items``: [[item key, available quantity], ...]."""

    number: str
    site_id: int
    supplier_id: int
    lines: int
    discrepancies: int
    orders: list
    items: list


@dataclass(frozen=True, kw_only=True)
class ReceiptReversed(Event):
    number: str
    reversal: str
    reason: str
    site_id: int
    items: list


@dataclass(frozen=True, kw_only=True)
class ReceiptDiscarded(Event):
    number: str


@dataclass(frozen=True, kw_only=True)
class ReceiptPosted(Event):
    """The ERP answered."""

    number: str
    erp_number: str
