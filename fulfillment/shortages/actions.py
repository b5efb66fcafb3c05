"""Goods that did not come: one delivery, three people who must act at the same time."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from foundation.door import opening, verb
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from foundation.values.exact import plain
from fulfillment.allocations import actions as allocations
from fulfillment.demand.models import DemandLine
from governance.cases import actions as cases
from receiving.receipts.models import Receipt, ReceiptLine
from receiving.stock.models import StockBalance, StockStatus

SHORT = "receipt_short"
BECAUSE = "a shortage looks at all demand and all stock of the item"


def raise_tasks(*, receipt_number: str, by: Actor, at: datetime, key: str) -> None:
    """For every short item that customers wait for: tell them, look for it elsewhere, tell finance.

    Three cases, each with its own owner and clock; nothing to do where nobody waits.
    """
    receipts = Receipt.objects.everywhere(because=BECAUSE).select_related("site__entity", "supplier__party")
    receipt = receipts.get(number=receipt_number)
    lines = [line for line in receipt.lines.select_related("item", "order_line") if _short(line) and line.item_id]
    hurt = [(line, waiting) for line in lines if (waiting := _waiting(receipt.site_id, line.item_id))]
    if hurt:
        _raise(receipt=receipt, hurt=[(line.pk, waiting) for line, waiting in hurt], by=by, at=at, key=key)


@verb
def _raise(*, receipt: Receipt, hurt: list, by: Actor, at: datetime, key: str) -> Any:
    lines = ReceiptLine.objects.everywhere(because=BECAUSE).select_related("item", "order_line__commitment")
    with opening(by=by, key=key):
        for pk, waiting in hurt:
            line = lines.get(pk=pk)
            for kind, summary, facts in _tasks(receipt, line, waiting):
                opened = cases.open_(
                    kind=kind,
                    about=receipt,
                    about_title=f"{line.description}: {receipt.number}"[:200],
                    about_url=f"/receipts/{receipt.number}/",
                    cause=str(line.number),
                    summary=summary[:300],
                    entity_id=receipt.site.entity_id,
                    site_id=receipt.site_id,
                    supplier_id=receipt.supplier_id,
                    stake=_short(line) * (line.order_line.price if line.order_line else line.item.standard_price),
                    currency=_currency(line, receipt),
                    facts=facts,
                    by=by,
                    at=at,
                )
    return opened


def serve_receipt_line(*, about: str, cause: str, by: Actor, at: datetime, key: str) -> None:
    """Goods of one receipt line became available after all."""
    receipt = fetch(about)
    line = receipt.lines.get(number=int(cause))
    why = f"{receipt.number} line {cause} was released"
    allocations.allocate(site_id=receipt.site_id, item_ids=[line.item_id], why=why, by=by, at=at, key=key)


def elsewhere(site_id: int, item_id: int) -> list[tuple[str, Decimal]]:
    """Where else the item is free: (site code, quantity), most first. The transfer to suggest."""
    rows = StockBalance.objects.everywhere(because=BECAUSE).filter(
        item=item_id, status=StockStatus.AVAILABLE, quantity__gt=F("allocated")
    )
    found = rows.exclude(site=site_id).annotate(free=F("quantity") - F("allocated")).order_by("-free", "site__code")
    return list(found.values_list("site__code", "free"))


def _tasks(receipt: Receipt, line: ReceiptLine, waiting: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    said = {
        "short": plain(_short(line)),
        "item": line.item.sku,
        "orders": waiting["orders"],
        "wanted": plain(waiting["wanted"]),
    }
    others = elsewhere(receipt.site_id, line.item_id)
    offer = ", ".join(f"{site}: {plain(quantity)}" for site, quantity in others[:3])
    transfer = _("Free elsewhere: %(offer)s.") % {"offer": offer} if offer else _("It is free nowhere else.")
    facts = {"line": line.number, "item": line.item_id, "orders": waiting["numbers"]}
    return [
        (
            "customer_impact",
            _("%(short)s of %(item)s did not come; %(orders)d customer orders wait for %(wanted)s. Tell them.") % said,
            facts,
        ),
        (
            "stock_shortage",
            _("%(short)s of %(item)s are missing here.") % said + " " + transfer,
            facts | {"elsewhere": [[site, str(quantity)] for site, quantity in others]},
        ),
        (
            "commitment_shift",
            _("%(short)s of %(item)s will be billed later than planned: move the commitment.") % said,
            facts,
        ),
    ]


def _short(line: ReceiptLine) -> Decimal:
    return next((Decimal(found["quantity"]) for found in line.discrepancies if found["kind"] == SHORT), Decimal(0))


def _waiting(site_id: int, item_id: int) -> dict[str, Any] | None:
    rows = DemandLine.objects.everywhere(because=BECAUSE).filter(
        order__site=site_id, item=item_id, quantity__gt=F("allocated") + F("shipped") + F("cancelled")
    )
    total = rows.aggregate(q=Sum("quantity"), gone=Sum(F("allocated") + F("shipped") + F("cancelled")))
    numbers = sorted(set(rows.values_list("order__number", flat=True)))
    if not numbers:
        return None
    return {"orders": len(numbers), "numbers": numbers[:50], "wanted": total["q"] - total["gone"]}


def _currency(line: ReceiptLine, receipt: Receipt) -> str:
    commitment = line.order_line.commitment if line.order_line else None
    return commitment.currency if commitment else receipt.site.entity.currency
