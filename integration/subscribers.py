"""What other systems hear: issued orders and their revisions, posted receipts, released invoices."""

from datetime import datetime

from finance.invoices import actions as invoices
from finance.invoices.events import InvoiceReleased
from foundation.journal.events import subscribe
from foundation.values.actor import system
from integration.erp import posting, sync
from integration.erp.sync import Declined
from procurement.orders import actions as orders
from procurement.orders.events import OrderCancelled, OrderIssued, OrderRevised
from procurement.orders.models import OrderRevision, PurchaseOrder, Synced
from receiving.receipts import actions as receipts
from receiving.receipts.events import GoodsReceived, ReceiptReversed
from receiving.receipts.models import Receipt

ERP = system("erp")


@subscribe(OrderIssued, OrderRevised)
def post_order(event: OrderIssued | OrderRevised, *, key: str) -> None:
    _post_order(event.document_id, event.revision, key=key)


@subscribe(OrderCancelled)
def cancel_order(event: OrderCancelled, *, key: str) -> None:
    if event.was_issued:
        latest = OrderRevision.objects.filter(order=event.document_id).latest("number")
        _post_order(event.document_id, latest.number, key=key)


def _post_order(pk: int, revision: int, *, key: str) -> None:
    row, document = posting.order(pk, revision)

    def told(number: str, at: datetime) -> None:
        orders.note_posted(order=row, erp_number=number, state=Synced.SYNCED, by=ERP, at=at, key=key)

    try:
        sync.deliver(subject=row.subject, document=document, told=told)
    except Declined as declined:
        _refused(row, str(declined), key=key)
        raise


def _refused(row: PurchaseOrder, words: str, *, key: str) -> None:
    at = row.issued_at or row.created_at
    orders.note_posted(order=row, erp_number="", state=Synced.FAILED, note=words, by=ERP, at=at, key=f"{key}:refused")


@subscribe(GoodsReceived)
def post_receipt(event: GoodsReceived, *, key: str) -> None:
    _post_receipt(event.document_id, key=key)


@subscribe(ReceiptReversed)
def post_reversal(event: ReceiptReversed, *, key: str) -> None:
    reversal = Receipt.objects.everywhere(because=posting.BECAUSE).get(number=event.reversal)
    _post_receipt(reversal.pk, key=key)


def _post_receipt(pk: int, *, key: str) -> None:
    row, document = posting.receipt(pk)
    sync.deliver(
        subject=row.subject,
        document=document,
        told=lambda number, at: receipts.note_posted(receipt=row, erp_number=number, by=ERP, at=at, key=key),
    )


@subscribe(InvoiceReleased)
def post_invoice(event: InvoiceReleased, *, key: str) -> None:
    row, document = posting.invoice(event.document_id)
    sync.deliver(
        subject=row.subject,
        document=document,
        told=lambda number, at: invoices.note_posted(invoice=row, erp_number=number, by=ERP, at=at, key=key),
    )
