"""The business content of a world as one digest: what does not depend on the clock, on chance keys or on secrets."""

import hashlib

from django.db import connection, models

from finance.budgets.models import Budget, BudgetMovement
from finance.invoices.models import Invoice, InvoiceLine
from fulfillment.demand.models import CustomerOrder, DemandLine
from fulfillment.shipments.models import Shipment, ShipmentLine
from governance.approvals.models import ApprovalStep, Task
from governance.cases.models import Case
from organization.items.models import Item
from organization.people.models import Person
from procurement.changes.models import ChangeLine, ChangeRequest
from procurement.confirmations.models import Confirmation, ConfirmationLine
from procurement.orders.models import LineSource, PurchaseOrder, PurchaseOrderLine
from procurement.requisitions.models import Requisition, RequisitionLine
from receiving.notices.models import ShipNotice, ShipNoticeLine
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.stock.models import StockBalance, StockMovement
from suppliers.contracts.models import Contract, ContractLine
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from suppliers.suppliers.models import Supplier

KINDS: list[type[models.Model]] = [
    Person, Item, Supplier, SupplierItem, PriceBreak, Contract, ContractLine, Requisition, RequisitionLine,
    ApprovalStep, Task, PurchaseOrder, PurchaseOrderLine, LineSource, ChangeRequest, ChangeLine, Confirmation,
    ConfirmationLine, ShipNotice, ShipNoticeLine, Receipt, ReceiptLine, StockMovement, StockBalance, Case, Invoice,
    InvoiceLine, CustomerOrder, DemandLine, Shipment, ShipmentLine, Budget, BudgetMovement,
]  # fmt: skip
CHANCE = {"chain_head", "password_changed_at", "recorded_at"}
"""Columns that say when the world was built, not what is in it."""


def digest() -> dict[str, str]:
    """Table -> the digest of its rows; two worlds of one seed and one day agree on every table."""
    return {kind._meta.db_table: _of(kind) for kind in KINDS}


def _of(kind: type[models.Model]) -> str:
    columns = ", ".join(
        f'"{field.column}"'
        for field in kind._meta.concrete_fields
        if not isinstance(field, models.UUIDField) and field.name not in CHANCE
    )
    key = kind._meta.pk.column if kind._meta.pk else "id"
    with connection.cursor() as cursor:
        cursor.execute(f'select row({columns})::text from {kind._meta.db_table} order by "{key}"')
        return hashlib.sha256("\n".join(row[0] for row in cursor.fetchall()).encode()).hexdigest()
