"""Table of contents."""

from receiving.arrivals.models import Expected
from receiving.notices.models import HandlingUnit, Milestone, NoticeDraft, ShipNotice, ShipNoticeLine, UnitContent
from receiving.receipts.models import Receipt, ReceiptLine, Scan
from receiving.stock.models import StockBalance, StockMovement

__all__ = [
    "Expected",
    "HandlingUnit",
    "Milestone",
    "NoticeDraft",
    "Receipt",
    "ReceiptLine",
    "Scan",
    "ShipNotice",
    "ShipNoticeLine",
    "StockBalance",
    "StockMovement",
    "UnitContent",
]
