"""Make counted goods real."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from finance.accruals import actions as accruals
from finance.accruals.actions import Arrived
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.sites.queries import today
from procurement.orders import actions as orders
from receiving.arrivals import actions as arrivals
from receiving.receipts import discrepancies, posting
from receiving.receipts.events import GoodsReceived
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.stock import actions as stock
from receiving.stock.models import MovementKind

Held = dict[tuple[int | None, str], int]


@verb
def post(*, receipt: Receipt, by: Actor, at: datetime, seen: int, key: str) -> Receipt:
    """Make counted goods real: stock exists, the orders know, finance owes.

    All of it happens in one transaction or none of it does. What is beyond the site's tolerance is still received
    (the goods are on our floor), but stands on hold, opens a case, and is not payable until the case is over. So does
    what came without the certificate that its item needs. So do goods that nobody ordered, or another item than the
    one that was; those the order never receives.

    Raises Refused if lines are uncounted or the receipt is already posted.
    """
    first = posting.orders_of(receipt)
    notices = [receipt.notice] if receipt.notice else []
    with deciding(receipt, by=by, seen=seen, key=key, first=[*first, *notices]) as receipt:
        allow(by, "receive_goods", receipt)
        move(receipt.post, at=at)
        lines = posting.full_lines(receipt)
        posting.judge(receipt, lines)
        opened = discrepancies.open_cases(receipt, lines, by=by, at=at)
        for order in first:
            counted = posting.counted(lines, order)
            orders.note_received(order=order, receipt=receipt.number, counted=counted, by=by, at=at)
        _accrue(receipt, lines, opened, by=by, at=at)
        if receipt.notice:
            posting.complete_notice(receipt, lines, by=by, at=at)
        arrivals.refresh(order.pk for order in first)
        stock.put_in(
            site_id=receipt.site_id,
            moved=[m for line in lines for m in posting.stock_of(line)],
            kind=MovementKind.RECEIPT,
            reference=receipt.number,
            by=by,
            at=at,
        )
        journal.record(_received(receipt, lines, [order.number for order in first]), at=at)
    return receipt


def _accrue(receipt: Receipt, lines: list[ReceiptLine], opened: Held, *, by: Actor, at: datetime) -> None:
    """One accrual for each reason to hold payment, so that each case frees its own quantity and nothing else."""
    owed = [(line, arrived) for line in lines for arrived in _arrived(line, opened)]
    made = accruals.accrue(
        receipt_number=receipt.number,
        received_on=today(receipt.site, at),
        arrived=[arrived for _line, arrived in owed],
        by=by,
        at=at,
    )
    for (line, _), accrual in zip(owed, made, strict=True):
        line.accrual = line.accrual or accrual
    posting.save(lines)


def _arrived(line: ReceiptLine, opened: Held) -> Iterator[Arrived]:
    if not line.is_ours or not line.order_line.commitment_id or not posting.received(line):
        return
    commitment = line.order_line.commitment_id
    over = opened.get((line.order_line_id, "receipt_over")) if line.over_held else None
    yield Arrived(commitment, posting.received(line), line.over_held, over)
    if line.held > line.over_held:
        papers = opened.get((line.order_line_id, "receipt_document"))
        yield Arrived(commitment, Decimal(0), line.held - line.over_held, papers)
    if line.damaged:
        yield Arrived(commitment, Decimal(0), line.damaged, opened.get((line.order_line_id, "receipt_damaged")))


def _received(receipt: Receipt, lines: list[ReceiptLine], numbers: list[str]) -> GoodsReceived:
    return GoodsReceived(
        subject=receipt.subject,
        number=receipt.number,
        site_id=receipt.site_id,
        supplier_id=receipt.supplier_id,
        lines=len(lines),
        discrepancies=sum(len(line.discrepancies) for line in lines),
        orders=numbers,
        items=[[line.item_id, line.accepted - line.held] for line in lines if line.item_id],
    )
