"""What other systems hear: issued orders and their revisions, posted receipts, released invoices. And what a message
hears of the submissions it became.

Everything about one order goes through one subscriber, whose lane keeps it in order: no revision overtakes another.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import now

from finance.invoices import actions as invoices
from finance.invoices.events import InvoiceReleased
from foundation.documents.models import Document
from foundation.journal.events import subscribe
from foundation.values.actor import system
from governance.cases import actions as cases
from integration.erp import posting, sync
from integration.erp.client import Document as Sent
from integration.erp.sync import Declined, NotYet
from integration.inbox import actions as inbox
from integration.inbox.models import MessageSubmission
from procurement.orders import actions as orders
from procurement.orders.events import LineClosedShort, OrderCancelled, OrderIssued, OrderRevised
from procurement.orders.models import PurchaseOrder, Synced
from receiving.receipts import actions as receipts
from receiving.receipts.events import GoodsReceived, ReceiptReversed
from receiving.receipts.models import Receipt
from suppliers.submissions.events import SubmissionRefused

ERP = system("erp")
REFUSED = {"kind": "integration", "cause": "erp"}


@subscribe(OrderIssued, OrderRevised, OrderCancelled, LineClosedShort)
def post_order(event: OrderIssued | OrderRevised | OrderCancelled | LineClosedShort, *, key: str) -> None:
    if not event.revision:
        return  # nobody outside has heard of it
    row, document = posting.order(event.document_id, event.revision)
    if document.is_cancelled and not sync.is_there(row.subject):
        return  # the ERP never had it

    def told(number: str, at: datetime) -> None:
        orders.note_posted(order=row, erp_number=number, state=Synced.SYNCED, by=ERP, at=at, key=key)

    def refused(words: str) -> None:
        orders.note_posted(
            order=row, erp_number="", state=Synced.FAILED, note=words, by=ERP, at=now(), key=_once(key, "refused")
        )

    _deliver(row, document, told=told, refused=refused, url=f"/orders/{row.number}/", entity_id=row.entity_id, key=key)


@subscribe(GoodsReceived)
def post_receipt(event: GoodsReceived, *, key: str) -> None:
    _post_receipt(event.document_id, key=key)


@subscribe(ReceiptReversed)
def post_reversal(event: ReceiptReversed, *, key: str) -> None:
    reversal = Receipt.objects.everywhere(because=posting.BECAUSE).get(number=event.reversal)
    if not sync.is_there(event.subject):
        raise NotYet(f"The ERP does not have {event.number} yet, which this reverses.")
    _post_receipt(reversal.pk, key=key)


def _post_receipt(pk: int, *, key: str) -> None:
    row, document = posting.receipt(pk)
    _deliver(
        row,
        document,
        told=lambda number, at: receipts.note_posted(receipt=row, erp_number=number, by=ERP, at=at, key=key),
        url=f"/receipts/{row.number}/",
        entity_id=row.site.entity_id,
        key=key,
    )


@subscribe(InvoiceReleased)
def post_invoice(event: InvoiceReleased, *, key: str) -> None:
    row, document = posting.invoice(event.document_id)
    _deliver(
        row,
        document,
        told=lambda number, at: invoices.note_posted(invoice=row, erp_number=number, by=ERP, at=at, key=key),
        url=f"/invoices/{row.number}/",
        entity_id=row.entity_id,
        key=key,
    )


def _deliver(
    row: PurchaseOrder | Document,
    document: Sent,
    *,
    told: Callable[[str, datetime], object],
    refused: Callable[[str], object] = lambda words: None,
    url: str,
    entity_id: int,
    key: str,
) -> None:
    """Post it; a no of the ERP becomes somebody's case before the delivery is parked, a yes settles it."""
    try:
        sync.deliver(subject=row.subject, document=document, told=told)
    except Declined as declined:
        refused(str(declined))
        cases.open_(
            **REFUSED,
            about=row,
            about_title=f"{row} in the ERP",
            about_url=url,
            summary=str(declined),
            entity_id=entity_id,
            site_id=None,
            supplier_id=None,
            stake=Decimal(0),
            currency="",
            facts={"words": str(declined)},
            by=ERP,
            at=now(),
            key=_once(key, "case"),
        )
        raise
    cases.auto_resolve(**REFUSED, about=row.subject, by=ERP, at=now(), key=f"{key}:solved")


def _once(key: str, what: str) -> str:
    """A refusal is news every time: a delivery that is sent again keeps its key, and may be refused again."""
    return f"{key}:{what}:{now():%y%m%d%H%M%S%f}"


@subscribe(SubmissionRefused)
def refuse_message(event: SubmissionRefused, *, key: str) -> None:
    """What a message became was not accepted: whoever looks after messages sees it there."""
    became = MessageSubmission.objects.filter(submission_id=event.document_id).select_related("message").first()
    if became is not None:
        inbox.fail(message=became.message, reasons=event.reasons, at=now(), key=key)
