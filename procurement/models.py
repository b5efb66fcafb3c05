"""Table of contents."""

from procurement.changes.models import ChangeLine, ChangeRequest
from procurement.chasing.models import Chase
from procurement.confirmations.models import Confirmation, ConfirmationLine
from procurement.orders.models import LineSource, OrderRevision, PurchaseOrder, PurchaseOrderLine
from procurement.requisitions.models import Requisition, RequisitionLine

__all__ = [
    "ChangeLine",
    "ChangeRequest",
    "Chase",
    "Confirmation",
    "ConfirmationLine",
    "LineSource",
    "OrderRevision",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "Requisition",
    "RequisitionLine",
]
