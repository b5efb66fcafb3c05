"""Take a posted receipt back by a reversal of its own. What was posted is never edited."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from finance.accruals import actions as accruals
from finance.accruals.actions import Arrived
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from governance.cases import actions as cases
from organization.sites.queries import today
from procurement.orders import actions as orders
from receiving.arrivals import actions as arrivals
from receiving.notices.events import NoticeReopened
from receiving.notices.models import ShipNotice
from receiving.receipts import posting, reversing
from receiving.receipts.events import ReceiptPosted, ReceiptReversed
from receiving.receipts.lifecycle import ReceiptState
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.stock import actions as stock
from receiving.stock.models import MovementKind


@verb
def reverse(*, receipt: Receipt, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Receipt:
    """Undo everything posting did, in one transaction, as a document of its own.

    Refused when the goods have moved on (shipped, promised, settled by a case) or were billed already.
    """
    first = posting.orders_of(receipt)
    notices = [receipt.notice] if receipt.notice else []
    with deciding(receipt, by=by, seen=seen, key=key, first=[*first, *notices]) as receipt:
        allow(by, "reverse_receipt", receipt)
        if not reason.strip():
            raise Refused(_("Say why the receipt is reversed."))
        move(receipt.reverse, reason=reason)
        if objections := reversing.objections(receipt):
            raise Refused(*objections)
        lines = posting.full_lines(receipt)
        reversal = _write(receipt, lines, reason, by=by, at=at)
        stock.take_out(
            site_id=receipt.site_id,
            moved=[m for line in lines for m in posting.stock_of(line)],
            kind=MovementKind.REVERSAL,
            reference=reversal.number,
            by=by,
            at=at,
        )
        for order in first:
            counted = posting.counted(lines, order)
            orders.note_reversed(order=order, receipt=reversal.number, counted=counted, by=by, at=at)
        _unaccrue(receipt, reversal, by=by, at=at)
        arrivals.refresh(order.pk for order in first)
        if receipt.notice:
            _reopen_notice(receipt.notice, receipt, lines, by=by, at=at)
        for line in lines:
            for found in line.discrepancies:
                cases.auto_resolve(kind=found["kind"], about=receipt.subject, cause=str(line.number), by=by, at=at)
        items = [[line.item_id, line.accepted - line.held] for line in lines if line.item_id]
        event = ReceiptReversed(
            subject=receipt.subject,
            number=receipt.number,
            reversal=reversal.number,
            reason=reason,
            site_id=receipt.site_id,
            items=items,
        )
        journal.record(event, at=at)
    return receipt


@verb
def note_posted(*, receipt: Receipt, erp_number: str, by: Actor, at: datetime, key: str) -> Receipt:
    """The ERP took the receipt."""
    with deciding(receipt, by=by, key=key) as receipt:
        receipt.erp_number = erp_number
        journal.record(ReceiptPosted(subject=receipt.subject, number=receipt.number, erp_number=erp_number), at=at)
    return receipt


def _write(receipt: Receipt, lines: list[ReceiptLine], reason: str, *, by: Actor, at: datetime) -> Receipt:
    site = receipt.site
    reversal = Receipt(
        number=numbering.take("RR", site.entity.code, today(site, at)),
        site=site,
        supplier_id=receipt.supplier_id,
        delivery_note=receipt.delivery_note,
        arrived_at=at,
        receiver=str(by),
        reverses=receipt,
        status=ReceiptState.POSTED,
        posted_at=at,
        reason=reason,
        line_count=len(lines),
        counted_count=len(lines),
    )
    with deciding(reversal, by=by) as reversal:
        event = ReceiptPosted(subject=reversal.subject, number=reversal.number, erp_number="")
        journal.record(event, at=at, told=False)
    return reversal


def _unaccrue(receipt: Receipt, reversal: Receipt, *, by: Actor, at: datetime) -> None:
    made = reversing.accruals_of(receipt)
    back: dict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for accrual in made:
        back[accrual.commitment_id][0] -= accrual.quantity
        back[accrual.commitment_id][1] -= accrual.held_quantity
    arrived = [Arrived(commitment, quantity, held) for commitment, (quantity, held) in back.items()]
    accruals.accrue(
        receipt_number=reversal.number,
        received_on=today(reversal.site, at),
        arrived=arrived,
        by=by,
        at=at,
    )
    accruals.forget_holds(made)


def _reopen_notice(notice: ShipNotice, receipt: Receipt, lines: list[ReceiptLine], *, by: Actor, at: datetime) -> None:
    with deciding(notice, by=by) as notice:
        move(notice.reopen)
        posting.note_on_notice(lines, sign=-1)
        event = NoticeReopened(subject=notice.subject, number=notice.number, receipt=receipt.number)
        journal.record(event, at=at)
    arrivals.refresh_announced(line.order_line_id for line in lines if line.order_line_id)  # the door wrote its state
