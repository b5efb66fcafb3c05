"""Bar 7: a receipt of a thousand lines is posted."""

import time
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from bench import floor
from bench.measure import Figure, Stopwatch
from bench.server import Client
from bench.stage import current, everywhere
from bench.workloads import Run, workload
from finance.accruals.models import Accrual
from foundation.journal.models import Entry
from procurement.orders.models import PurchaseOrder
from receiving.receipts.lifecycle import ReceiptState
from receiving.receipts.models import Receipt
from receiving.stock.models import StockMovement

SHORT = 5
"""Lines that come short, in the second half of the samples: each one opens a case."""


@workload
def receipt_1000(run: Run) -> Iterable[Figure]:
    """Tolerances, order counters, ledger, balances, accruals, cases, journal: one POST, beside bare set-based SQL."""
    client = run.client(run.stage.person("receive"))
    clean, short, bare = Stopwatch(), Stopwatch(), Stopwatch()
    spend = Decimal(run.lines) * 20
    samples = max(1, run.samples // 4)
    for number in range(samples + (samples > 1)):
        warm = samples > 1 and number == 0
        took = post(run, client, spend, missing=0)
        floor_took = floor.seconds(run.lines)
        if not warm:
            clean.append(took)
            bare.append(floor_took)
    for _ in range(max(1, samples // 2)):
        short.append(post(run, client, spend, missing=min(SHORT, run.lines // 2)))
    peer = run.peer.seconds("receipt", run.lines) if run.peer else []
    against = {"floor_ms": round(bare.median, 2)} | ({"tryton_ms": round(peer[0] * 1e3, 1)} if peer else {})
    yield from clean.figures("receipt_1000", beside=against)
    yield from short.figures("receipt_1000", f"{SHORT}_short")[:1]
    yield Figure("receipt_1000", "lines_per_s", round(run.lines / clean.median * 1e3), "/s", len(clean))


def post(run: Run, client: Client, spend: Decimal, *, missing: int) -> float:
    order = run.stage.ordered(run.lines, spend=spend)
    receipt = run.stage.counted(order)
    for line in receipt.lines.order_by("number")[:missing]:
        line.accepted = Decimal(0)
        line.save(update_fields=["accepted"])
    seen = current(receipt).version
    begun = time.perf_counter()
    client.post(f"/receipts/{receipt.number}/post/", {"version": seen})
    took = time.perf_counter() - begun
    check(receipt, order, missing)
    return took


def check(receipt: Receipt, order: PurchaseOrder, missing: int) -> None:
    """Stock, order, accruals and journal say the same as what was counted."""
    receipt, order = current(receipt), current(order)
    assert receipt.status == ReceiptState.POSTED
    lines = list(receipt.lines.all())
    counted = sum((line.accepted for line in lines), Decimal(0))
    moved = everywhere(StockMovement).filter(reference=receipt.number).aggregate(all=Sum("quantity"))["all"]
    accrued = Accrual.objects.filter(receipt_number=receipt.number).aggregate(all=Sum("quantity"))["all"]
    received = order.lines.aggregate(all=Sum("received"))["all"]
    assert counted == moved == accrued == received, f"{counted} counted, {moved} moved, {accrued} owed."
    assert order.open_line_count == missing
    assert sum(len(line.discrepancies) for line in lines) == missing
    assert Entry.objects.filter(subject=receipt.subject, name__endswith=".GoodsReceived").count() == 1
