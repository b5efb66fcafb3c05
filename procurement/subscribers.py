"""What procurement hears: a change was decided, so the answer it came from is settled; an order was issued or
changed, or its answer or its goods are late, so the supplier is written to."""

from datetime import date

from django.utils.timezone import now

from foundation.journal.events import subscribe
from foundation.values.actor import system
from procurement.changes.events import ChangeApplied, ChangeDeclined, ChangeLinesDeclined
from procurement.changes.models import ChangeRequest, Origin
from procurement.chasing import telling
from procurement.chasing.events import ChaseClimbed, SupplierReminded
from procurement.chasing.models import Chase, Late
from procurement.chasing.parameters import TOP
from procurement.chasing.telling import address_of, words_of
from procurement.confirmations import actions as confirmations
from procurement.confirmations.lifecycle import ConfirmationState
from procurement.confirmations.models import Confirmation
from procurement.orders.events import OrderIssued, OrderRevised
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import OrderRevision, PurchaseOrder
from procurement.orders.replies import reply_address
from suppliers.compliance import actions as compliance
from suppliers.compliance.models import FailureKind
from suppliers.suppliers import invitations

FAILED = {Late.CONFIRMATION: FailureKind.LATE_ANSWER, Late.SHIPMENT: FailureKind.LATE_SHIPMENT}


@subscribe(ChangeApplied, ChangeDeclined)
def settle_answer(event: ChangeApplied | ChangeDeclined, *, key: str) -> None:
    waiting = Confirmation.objects.everywhere(because="whoever decided the change decided the answer")
    answer = waiting.filter(change=event.document_id, status=ConfirmationState.IN_EXCEPTION).first()
    if answer is not None:
        accepted = isinstance(event, ChangeApplied)
        confirmations.settle(confirmation=answer, accepted=accepted, by=system("changes"), at=now(), key=key)


@subscribe(ChangeDeclined, ChangeLinesDeclined)
def write_why_not(event: ChangeDeclined | ChangeLinesDeclined, *, key: str) -> None:
    """The supplier is told that, and why, the buyer does not agree to what he proposed."""
    everywhere = ChangeRequest.objects.everywhere(because="the supplier hears of his own proposal")
    change = everywhere.select_related("order__supplier", "order__entity").get(pk=event.document_id)
    if change.origin != Origin.SUPPLIER:
        return
    order, lines = change.order, getattr(event, "lines", [])
    words = {"buyer": order.entity.name, "reason": event.reason, "lines": ", ".join(map(str, lines))}
    about = {"about": order.public_id, "title": f"Order {order.number}", "reply_to": reply_address(order)}
    invitations.write_to(supplier=order.supplier, **about, words=words, kind="declined", key=key, at=now())


@subscribe(OrderIssued, OrderRevised)
def write_to_supplier(event: OrderIssued | OrderRevised, *, key: str) -> None:
    """The link to the order, to everybody of the supplier who may answer it."""
    everywhere = PurchaseOrder.objects.everywhere(because="the supplier hears of every order of his")
    order = everywhere.select_related("supplier", "entity", "site").get(pk=event.document_id)
    shown = OrderRevision.objects.get(order=order, number=event.revision)
    title = f"Order {order.number}" if event.revision == 1 else f"Order {order.number}, changed"
    about = {
        "about": order.public_id,
        "title": title,
        "words": words_of(order),
        "address": address_of(order, "orders", at=shown.issued_at),
        "reply_to": reply_address(order),
    }
    invitations.write_to(supplier=order.supplier, **about, key=key, at=shown.issued_at)


@subscribe(ChaseClimbed)
def count_against_supplier(event: ChaseClimbed, *, key: str) -> None:
    """What became a case is a failure of the supplier, who was reminded twice."""
    if event.step == TOP:
        chase = (
            Chase.objects.everywhere(because="delivered by the relay")
            .select_related("order__supplier")
            .get(pk=event.document_id)
        )
        compliance.note_failure(
            supplier=chase.order.supplier,
            kind=FAILED[Late(chase.kind)],
            on=chase.due_at.date(),
            about=chase.order.number,
            note=chase.get_kind_display(),
            by=system("chasing"),
            at=now(),
            key=key,
        )


@subscribe(ChaseClimbed)
def remind(event: ChaseClimbed, *, key: str) -> None:
    telling.tell(event, key=key, at=now())


@subscribe(SupplierReminded)
def remind_by_hand(event: SupplierReminded, *, key: str) -> None:
    everywhere = PurchaseOrder.objects.everywhere(because="the supplier hears of every order of his")
    order = everywhere.select_related("supplier__party", "entity", "site").get(pk=event.document_id)
    if order.status == OrderState.ISSUED:
        telling.write_late(order, Late(event.kind), date.fromisoformat(event.due_on), key=key, at=now())
