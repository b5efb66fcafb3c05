"""What speaks against taking a receipt back, and what taking it back does: asked for the preview and under the lock."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from finance.accruals.models import Accrual
from foundation.values.exact import plain
from governance.cases.lifecycle import CaseState
from governance.cases.models import Case
from receiving.receipts import posting
from receiving.receipts.lifecycle import ReceiptState
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.stock.models import StockBalance

CHANGES_NOTHING = {"expect_remainder", "noted", "close_short"}
"""Ways out of a case that leave the goods where they stood."""


def accruals_of(receipt: Receipt) -> list[Accrual]:
    """What posting made finance owe, without what cases booked later under their own number."""
    return list(Accrual.objects.filter(receipt_number=receipt.number).select_related("commitment").order_by("pk"))


def objections(receipt: Receipt) -> list[str]:
    """Sentences that speak against a reversal now. Three queries, whatever the size of the receipt."""
    return [*_billed(receipt), *_settled(receipt), *_moved_on(receipt)]


def preview(receipt: Receipt, lines: list[ReceiptLine]) -> list[dict[str, Any]]:
    """Line by line, what leaves stock and what the order expects again."""
    return [
        {
            "line": line,
            "leaves": [(m.status, m.quantity) for m in posting.stock_of(line)],
            "reopens": posting.received(line) if line.is_ours else Decimal(0),
        }
        for line in lines
    ]


def _billed(receipt: Receipt) -> list[str]:
    left: dict[int, Decimal] = defaultdict(Decimal)
    rows = {}
    for accrual in accruals_of(receipt):
        rows[accrual.commitment_id] = accrual.commitment
        left[accrual.commitment_id] += accrual.quantity
    billed = [rows[pk] for pk, quantity in left.items() if rows[pk].billed > rows[pk].received - quantity]
    return [
        _("%(quantity)s of %(line)s were billed already: ask for a credit note first.")
        % {"quantity": plain(row.billed), "line": row}
        for row in billed
    ]


def _settled(receipt: Receipt) -> list[str]:
    rows = Case.objects.everywhere(because="whatever was settled about the receipt in hand")
    done = rows.filter(about=receipt.subject, status__in=[CaseState.RESOLVED, CaseState.CLOSED])
    settled = done.filter(kind__startswith="receipt_").exclude(resolution__in=CHANGES_NOTHING)
    return [
        _("%(case)s settled a part of it already; correct what is left with a stock change.") % {"case": case.number}
        for case in settled.order_by("pk")[:5]
    ]


def _moved_on(receipt: Receipt) -> list[str]:
    """Goods that are no longer there or are promised. Reversed receipts have none to give back."""
    if receipt.status not in (ReceiptState.POSTED, ReceiptState.REVERSED):
        return []
    needed: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    names: dict[int, str] = {}
    for line in posting.full_lines(receipt):
        for moved in posting.stock_of(line):
            needed[moved.item_id, moved.status] += moved.quantity
            names[moved.item_id] = line.item.sku
    rows = StockBalance.objects.everywhere(because="the goods of the receipt in hand")
    there = rows.filter(site=receipt.site_id, item__in=names).annotate(free=F("quantity") - F("allocated"))
    free = {(item, status): left for item, status, left in there.values_list("item_id", "status", "free")}
    return [
        _("%(short)s of %(item)s have moved on or are promised to customers: free them first.")
        % {"short": plain(wanted - free.get(place, Decimal(0))), "item": names[place[0]]}
        for place, wanted in needed.items()
        if free.get(place, Decimal(0)) < wanted
    ]
