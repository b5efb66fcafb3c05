"""The steps of posting: judge each line, say where its goods go, tell the notice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import connection

from foundation.door import deciding
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.values.actor import Actor
from governance.cases import actions as cases
from procurement.orders.models import PurchaseOrder
from receiving.arrivals import actions as arrivals
from receiving.notices.events import NoticeReceived
from receiving.receipts import differences, rules
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.receipts.rules import Counted, Expected, Kind, Tolerance
from receiving.stock.actions import Moved
from receiving.stock.models import StockStatus

NONE = Decimal(0)
CERTIFICATE = "certificate"
ON_NOTICE = """
update receiving_shipnoticeline n set received = n.received + a.quantity
from (select line, sum(quantity) as quantity from unnest(%s::bigint[], %s::numeric[]) as u(line, quantity)
      group by line) as a where n.id = a.line"""
SAVE = """
update receiving_receiptline l set held = a.held, discrepancies = a.discrepancies::jsonb, accrual_id = a.accrual
from unnest(%s::bigint[], %s::numeric[], %s::text[], %s::bigint[]) as a(line, held, discrepancies, accrual)
where l.id = a.line"""


def orders_of(receipt: Receipt) -> list[PurchaseOrder]:
    """Every order that the counted lines touch."""
    everywhere = PurchaseOrder.objects.everywhere(because="the receipt's own orders, whoever counts")
    touched = receipt.lines.filter(order_line__isnull=False).values("order_line__order_id")
    return list(everywhere.filter(pk__in=touched).order_by("pk"))


def full_lines(receipt: Receipt) -> list[ReceiptLine]:
    """A thousand lines share a few orders: those are read once, not joined to every line."""
    lines = receipt.lines.select_related("item", "order_line").prefetch_related("order_line__order")
    return list(lines.order_by("number"))


def judge(receipt: Receipt, lines: list[ReceiptLine]) -> None:
    """Hold what is beyond tolerance, and say every difference. Order counters were read under the order's lock."""
    ours: dict[int, list[ReceiptLine]] = defaultdict(list)
    strange: dict[tuple[int | None, int], list[ReceiptLine]] = defaultdict(list)
    for line in lines:
        line.held, line.over_held, line.discrepancies = NONE, NONE, []
        if line.is_ours:
            ours[line.order_line_id].append(line)
        else:
            line.held = line.accepted
            strange[line.order_line_id, _item(line)].append(line)
    firsts = {key: group[0] for (key, _item_id), group in strange.items() if key}
    firsts |= {key: group[0] for key, group in ours.items()}
    verdict = rules.compare(
        [_expected(receipt, ours[key], first) for key, first in firsts.items()], [_counted(line) for line in lines]
    )
    for placed in verdict.dispositions:
        if placed.line is not None:
            _share(placed.hold, ours[placed.line], "held")
    for found in verdict.discrepancies:
        key = found.line, found.item
        group = strange[key] if found.kind in differences.STRANGERS else ours[found.line] or [firsts[found.line]]
        if found.kind == Kind.OVER:
            _share(found.hold, group, "over_held")
        group[-1].discrepancies += differences.said(found, group)


def _expected(receipt: Receipt, group: list[ReceiptLine], first: ReceiptLine) -> Expected:
    ordered = first.order_line
    announced = sum((line.expected for line in group or [first]), NONE)
    return Expected(
        line=ordered.pk,
        item=ordered.item_id or 0,
        ordered=ordered.ordered,
        open=ordered.open,
        over=ordered.over,
        announced=announced or None,
        documents=_papers(bool(first.item and first.item.needs_certificate)),
        tolerance=Tolerance(receipt.site.over_percent, receipt.site.under_percent),
    )


def _counted(line: ReceiptLine) -> Counted:
    papers = _papers(line.has_certificate)
    return Counted(line.order_line_id, _item(line), line.accepted, line.damaged, line.refused, papers)


def _papers(with_certificate: bool) -> frozenset[str]:
    return frozenset({CERTIFICATE}) if with_certificate else frozenset()


def _item(line: ReceiptLine) -> int:
    """Things without an item are told apart by their line; those of an order line are that order line's."""
    return line.item_id or (0 if line.order_line_id else -line.number)


def _share(quantity: Decimal, group: list[ReceiptLine], name: str) -> None:
    """Several counts of one order line: the last ones are those too many."""
    for line in reversed(group):
        mine = min(quantity, line.accepted)
        setattr(line, name, mine)
        quantity -= mine


def received(line: ReceiptLine) -> Decimal:
    """What stands on our floor of this line."""
    return line.accepted + line.damaged


def counted(lines: Iterable[ReceiptLine], order: PurchaseOrder) -> dict[int, Decimal]:
    """Order line -> received quantity, for one order. The wrong item is not received, whatever it was meant for."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.is_ours and line.order_line.order_id == order.pk and received(line):
            sums[line.order_line_id] += received(line)
    return dict(sums)


def stock_of(line: ReceiptLine) -> list[Moved]:
    """Where the goods of a line stand: available (or in inspection), on hold, damaged."""
    if not line.item_id:
        return []
    good = StockStatus.INSPECTION if line.item.needs_inspection else StockStatus.AVAILABLE
    placed = [(good, line.accepted - line.held), (StockStatus.HOLD, line.held), (StockStatus.DAMAGED, line.damaged)]
    return [Moved(line.item_id, status, quantity, line.lot) for status, quantity in placed if quantity]


def save(lines: list[ReceiptLine]) -> None:
    """All lines in one statement."""
    columns = [
        [line.pk for line in lines],
        [line.held for line in lines],
        [differences.as_json(line.discrepancies) for line in lines],
        [line.accrual_id for line in lines],
    ]
    with connection.cursor() as cursor:
        cursor.execute(SAVE, columns)


def complete_notice(receipt: Receipt, lines: list[ReceiptLine], *, by: Actor, at: datetime) -> None:
    """The truck is unloaded: what did not come on it will not come on it."""
    with deciding(receipt.notice, by=by) as notice:
        move(notice.complete)
        note_on_notice(lines, sign=1)
        journal.record(NoticeReceived(subject=notice.subject, number=notice.number, receipt=receipt.number), at=at)
    cases.auto_resolve(kind="notice_mismatch", about=receipt.notice.subject, cause="check", by=by, at=at)
    arrivals.refresh_announced(line.order_line_id for line in lines if line.order_line_id)


def note_on_notice(lines: Iterable[ReceiptLine], *, sign: int) -> None:
    told = [(line.notice_line_id, sign * received(line)) for line in lines if line.notice_line_id]
    with connection.cursor() as cursor:
        cursor.execute(ON_NOTICE, [[pk for pk, _q in told], [quantity for _pk, quantity in told]])
