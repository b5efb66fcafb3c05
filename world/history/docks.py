"""Trucks come; people count what is on them. Mostly it is what was expected."""

from datetime import datetime, timedelta
from decimal import Decimal

from procurement.orders.models import PurchaseOrder
from receiving.notices.models import ShipNotice
from receiving.receipts import actions as receipts
from receiving.receipts.models import Receipt
from world.history import selling
from world.history.story import Story

FINDS = {
    "right": 80, "short": 6, "over": 4, "damaged": 4, "refused": 1.5, "unordered": 1.5, "wrong_item": 1.5,
    "miscounted": 1.5,
}  # fmt: skip
DAMAGE = ["Crushed corner", "Wet packing", "Dented, oil outside", "Box open, pieces scratched"]


def unload(story: Story, when: datetime, pk: int, reference: str, finds: str, number: int = 0) -> None:
    """Start a receipt from the ship notice if there is one, count every line, post an hour later.

    ``number`` names the line that is odd; else any.
    """
    order = selling.order_of(pk)
    if order.status != "issued" or not order.open_line_count:
        return
    notice = _notice(order, reference)
    by = story.doing("Receiver", order.site)
    receipt = receipts.start(
        site=order.site,
        supplier=order.supplier,
        orders=[] if notice else [order],
        notice=notice,
        delivery_note=reference or f"DN-{story.random.randint(100000, 999999)}",
        by=by,
        at=when,
        key=story.key(),
    )
    finds = finds or story.draw(FINDS)
    lines = list(receipt.lines.select_related("item", "order_line").order_by("number"))
    odd = next((line for line in lines if line.order_line and line.order_line.number == number), None)
    odd = odd or story.random.choice(lines)
    left = len(lines)
    for line in lines:
        unnamed = line.item is not None and line.item.tracks_lots and not line.lot
        if (line is not odd or finds == "right") and not unnamed:
            continue
        counted = _count(story, line.expected, finds if line is odd else "right")
        receipt = receipts.count(
            receipt=receipt, line_number=line.number, by=by, at=when, key=story.key(),
            note=story.random.choice(DAMAGE) if counted.get("damaged") else "",
            lot=f"L{story.random.randint(1000, 9999)}" if unnamed else line.lot, **counted,
        )  # fmt: skip
        left -= 1
    if left:
        receipt = receipts.as_announced(receipt=receipt, by=by, at=when, key=story.key())
    if finds in ("unordered", "wrong_item"):
        item = story.random.choice([item for item in story.scene.items if not item.tracks_lots and item != odd.item])
        meant = odd.order_line if finds == "wrong_item" else None
        receipt = receipts.add_line(
            receipt=receipt, item=item, order_line=meant, accepted=Decimal(4), by=by, at=when, key=story.key()
        )
    story.plan(when + timedelta(minutes=story.random.randint(15, 80)), post, receipt.pk, finds)


def _notice(order: PurchaseOrder, reference: str) -> ShipNotice | None:
    if not reference:
        return None
    rows = ShipNotice.objects.everywhere(because="the truck is here").select_related("site", "supplier")
    return rows.filter(supplier=order.supplier_id, reference=reference, status__in=["accepted", "flagged"]).first()


def _count(story: Story, expected: Decimal, finds: str) -> dict[str, Decimal]:
    some = max(Decimal(1), (expected * Decimal("0.15")).quantize(Decimal(1)))
    if finds in ("short", "wrong_item"):
        return {"accepted": max(expected - some, Decimal(0))}
    if finds == "over":
        return {"accepted": expected + some}
    if finds == "damaged":
        some = min(some, expected)
        return {"accepted": expected - some, "damaged": some}
    if finds == "refused":
        some = min(some, expected)
        return {"accepted": expected - some, "refused": some}
    if finds == "miscounted":
        return {"accepted": (expected * 2).quantize(Decimal(1))}
    return {"accepted": expected}


def post(story: Story, when: datetime, pk: int, finds: str) -> None:
    receipt = Receipt._base_manager.select_related("site").get(pk=pk)
    by = story.doing("Receiver", receipt.site)
    receipt = receipts.post(receipt=receipt, by=by, at=when, seen=receipt.version, key=story.key())
    if finds == "miscounted":
        story.plan(story.later(when, 0.5, 4), take_back, pk)
        return
    for order, arrived in _arrived(receipt).items():
        how = story.draw(selling.BILLS)
        if not story.chance(0.04):
            story.plan(story.later(when, 16, 130), selling.bill, order, arrived, how)


def take_back(story: Story, when: datetime, pk: int) -> None:
    """It was counted wrongly: reverse it and count again."""
    receipt = Receipt._base_manager.select_related("site").get(pk=pk)
    orders = list(_arrived(receipt))
    by = story.doing("Warehouse supervisor", receipt.site)
    receipts.reverse(
        receipt=receipt, reason="Two pallets were counted twice.", by=by, at=when, seen=receipt.version, key=story.key()
    )
    for order in orders:
        story.plan(when + timedelta(minutes=30), unload, order, "", "right")


def _arrived(receipt: Receipt) -> dict[int, dict[int, Decimal]]:
    """Order -> line number -> what came of it."""
    found: dict[int, dict[int, Decimal]] = {}
    for line in receipt.lines.select_related("order_line").order_by("number"):
        if line.order_line and line.accepted + line.damaged:
            of = found.setdefault(line.order_line.order_id, {})
            of[line.order_line.number] = of.get(line.order_line.number, Decimal(0)) + line.accepted + line.damaged
    return found
