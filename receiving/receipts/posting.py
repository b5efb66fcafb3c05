"""The steps of posting: judge each line, say where its goods go, tell the notice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import connection

from finance.accruals.actions import Arrived
from foundation.door import deciding
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.values.actor import Actor
from procurement.orders.models import PurchaseOrder
from receiving.arrivals import actions as arrivals
from receiving.notices.events import NoticeReceived
from receiving.receipts import rules
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.stock.actions import Moved
from receiving.stock.models import StockStatus

ON_NOTICE = """
update receiving_shipnoticeline n set received = n.received + a.quantity
from unnest(%s::bigint[], %s::numeric[]) as a(line, quantity) where n.id = a.line"""


def orders_of(receipt: Receipt) -> list[PurchaseOrder]:
    """Every order that the counted lines touch."""
    everywhere = PurchaseOrder.objects.everywhere(because="the receipt's own orders, whoever counts")
    touched = receipt.lines.filter(order_line__isnull=False).values("order_line__order_id")
    return list(everywhere.filter(pk__in=touched).order_by("pk"))


def full_lines(receipt: Receipt) -> list[ReceiptLine]:
    related = ["item", "order_line", "accrual__commitment", "notice_line"]
    return list(receipt.lines.select_related(*related).order_by("number"))


def judge(receipt: Receipt, lines: list[ReceiptLine]) -> None:
    """Hold what is beyond tolerance, and say every difference. Order counters were read under the order's lock."""
    left: dict[int, Decimal] = {}
    for line in lines:
        open_ = left.get(line.order_line_id, line.order_line.open) if line.order_line else Decimal(0)
        verdict = rules.compare(
            open_=open_,
            expected=line.expected,
            accepted=line.accepted,
            damaged=line.damaged,
            refused=line.refused,
            ordered=line.order_line is not None,
            over_percent=receipt.site.over_percent,
            under_percent=receipt.site.under_percent,
        )
        line.held = verdict.held
        line.discrepancies = [found.as_dict() for found in verdict.discrepancies]
        if line.order_line:
            left[line.order_line_id] = max(open_ - line.accepted - line.damaged, Decimal(0))


def received(line: ReceiptLine) -> Decimal:
    """What stands on our floor of this line."""
    return line.accepted + line.damaged


def counted(lines: Iterable[ReceiptLine], order: PurchaseOrder) -> dict[int, Decimal]:
    """Order line -> received quantity, for one order."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.order_line and line.order_line.order_id == order.pk and received(line):
            sums[line.order_line_id] += received(line)
    return dict(sums)


def stock_of(line: ReceiptLine) -> list[Moved]:
    """Where the goods of a line stand: available (or in inspection), on hold, damaged."""
    if not line.item_id:
        return []
    good = StockStatus.INSPECTION if line.item.needs_inspection else StockStatus.AVAILABLE
    placed = [
        (good, line.accepted - line.held if line.order_line_id else Decimal(0)),
        (StockStatus.HOLD, line.held if line.order_line_id else line.accepted),
        (StockStatus.DAMAGED, line.damaged),
    ]
    return [Moved(line.item_id, status, quantity, line.lot) for status, quantity in placed if quantity]


def arrived(line: ReceiptLine, case_id: int | None) -> Arrived:
    """As finance sees the line: damaged and over goods are on our floor and not payable yet."""
    return Arrived(line.order_line.commitment_id, received(line), line.held + line.damaged, case_id)


def save(lines: list[ReceiptLine]) -> None:
    ReceiptLine.objects.everywhere(because="lines of a held receipt").bulk_update(
        lines, ["held", "discrepancies", "accrual"], batch_size=2000
    )


def complete_notice(receipt: Receipt, lines: list[ReceiptLine], *, by: Actor, at: datetime) -> None:
    """The truck is unloaded: what did not come on it will not come on it."""
    with deciding(receipt.notice, by=by) as notice:
        move(notice.complete)
        note_on_notice(lines, sign=1)
        journal.record(NoticeReceived(subject=notice.subject, number=notice.number, receipt=receipt.number), at=at)
    arrivals.refresh_announced(line.order_line_id for line in lines if line.order_line_id)


def note_on_notice(lines: Iterable[ReceiptLine], *, sign: int) -> None:
    told = [(line.notice_line_id, sign * received(line)) for line in lines if line.notice_line_id]
    with connection.cursor() as cursor:
        cursor.execute(ON_NOTICE, [[pk for pk, _q in told], [quantity for _pk, quantity in told]])
