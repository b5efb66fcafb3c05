"""What other systems hear: the ERP of issued orders and their revisions, posted receipts, released invoices; partners'
systems of their orders, of goods that arrived, of what became of their messages. And what a message hears of the
submissions it became.

Everything about one order goes through one subscriber, whose lane keeps it in order: no revision overtakes another.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import now

from finance.invoices import actions as invoices
from finance.invoices.events import InvoiceReleased
from foundation.documents.models import Document
from foundation.door import AS_IT_IS
from foundation.journal.events import subscribe
from foundation.values.actor import system
from governance.cases import actions as cases
from integration.canon.acknowledgements import Acknowledgement
from integration.erp import posting, sync
from integration.erp.client import Document as Sent
from integration.erp.sync import Declined, NotYet
from integration.inbox import actions as inbox
from integration.inbox import queries as inbox_queries
from integration.inbox.events import MessageApplied, MessageReceived, MessageRefused
from integration.inbox.models import Kind, MessageSubmission
from integration.partners.events import PartnerNamed
from integration.partners.models import Gets, Syntax, TradingPartner
from integration.sending import answering, delivering, planning
from integration.sending.actions import Plan
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


@subscribe(OrderIssued, OrderRevised, OrderCancelled, LineClosedShort)
def send_order(event: OrderIssued | OrderRevised | OrderCancelled | LineClosedShort, *, key: str) -> None:
    if not event.revision:
        return  # nobody outside has heard of it
    reason = str(getattr(event, "why", "") or getattr(event, "reason", ""))
    order, gets, plans = planning.of_order(event.document_id, event.revision, reason)
    delivering.tell(order.supplier_id, gets, lambda partner: plans.get(partner.pk) or plans.get(0), key=key)


@subscribe(GoodsReceived)
def send_receipt_advice(event: GoodsReceived, *, key: str) -> None:
    receipt, plan = planning.of_receipt(event.document_id)
    delivering.tell(receipt.supplier_id, Gets.RECEIPT_ADVICE, lambda partner: plan, key=key)


@subscribe(MessageReceived)
def send_acknowledgement(event: MessageReceived, *, key: str) -> None:
    """That we could read it, or not: to the address that it came from."""
    message = inbox_queries.whole(event.document_id)
    if message.acknowledgement and message.supplier_id:
        plan = planning.of_acknowledgement(message)
        delivering.tell(message.supplier_id, Gets.ACKNOWLEDGEMENT, _only(message.sender, plan), key=key)


@subscribe(MessageRefused)
def send_refusal(event: MessageRefused, *, key: str) -> None:
    """Why it is not accepted, where its syntax has words for that (APERAK)."""
    message = inbox_queries.whole(event.document_id)
    if message.supplier_id and message.syntax == Syntax.EDIFACT and message.kind != Kind.ACKNOWLEDGEMENT:
        plan = planning.of_refusal(message, event.reasons, on=message.received_at.date())
        delivering.tell(message.supplier_id, Gets.ACKNOWLEDGEMENT, _only(message.sender, plan), key=key)


def _only(address: str, plan: Plan) -> Callable[[TradingPartner], Plan | None]:
    return lambda partner: plan if partner.address == address else None


@subscribe(MessageApplied)
def hear_acknowledgement(event: MessageApplied, *, key: str) -> None:
    """What a partner's system says of a message of ours."""
    message = inbox_queries.whole(event.document_id)
    if message.kind == Kind.ACKNOWLEDGEMENT:
        said = inbox.read(message).document
        assert isinstance(said, Acknowledgement), "It was one when it came."
        answering.hear(said, address=message.sender, by_message=message.subject, key=key)


@subscribe(PartnerNamed)
def read_what_waited(event: PartnerNamed, *, key: str) -> None:
    """All that came from an address before anybody had said whose it is."""
    for message in inbox_queries.unnamed(event.address):
        inbox.read_again(message=message, by=inbox.EDI, at=now(), seen=AS_IT_IS, key=f"{key}:{message.pk}")


@subscribe(SubmissionRefused)
def refuse_message(event: SubmissionRefused, *, key: str) -> None:
    """What a message became was not accepted: whoever looks after messages sees it there."""
    became = MessageSubmission.objects.filter(submission_id=event.document_id).select_related("message").first()
    if became is not None:
        inbox.fail(message=became.message, reasons=event.reasons, at=now(), key=key)
