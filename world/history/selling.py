"""What suppliers do: confirm (or not), send trucks, send invoices. Every word of theirs is a submission."""

from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from foundation.values.exact import half_up
from foundation.values.money import line_amount
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from receiving.notices.models import ShipNotice
from suppliers.submissions import actions as submissions
from suppliers.submissions.models import Submission
from world.history import docks
from world.history.story import Story, working_hour
from world.scene import at, working_days

ANSWERS = {
    "as_ordered": 68, "late": 9, "less": 5, "dearer": 5, "split": 4, "acknowledged": 3, "rejected": 2, "silent": 4,
}  # fmt: skip
BILLS = {
    "right": 78,
    "dearer": 7,
    "as_ordered": 4,
    "wrong_sum": 2,
    "freight": 3,
    "wrong_tax": 2,
    "twice": 2,
    "dollars": 2,
}
CARRIERS = ["Rhenus", "DB Schenker", "DHL Freight", "DPD", "own truck", "Palletways"]
WITHOUT_LABELS = 3
"""Of ten orders so many come on trucks of which nobody says what stands on which pallet."""
BECAUSE = "the demo's own history"
REASONS = [
    "Raw material is late.",
    "Production line is fully booked.",
    "Old price list no longer valid.",
    "Out of stock.",
]
TAX = {"NL01": Decimal(21), "UK01": Decimal(20)}


def hear(story: Story, when: datetime, order: PurchaseOrder) -> None:
    """An order came in: plan the answer and the truck."""
    answer = story.draw(ANSWERS)
    if answer != "silent":
        slow = story.chance(0.15)
        story.plan(story.later(when, 30 if slow else 1, 90 if slow else 26), confirm, order.pk, answer)
    story.plan(_departure(story, when, order), send, order.pk)


def submit(story: Story, when: datetime, order: PurchaseOrder, kind: str, body: dict[str, Any]) -> Submission:
    person = story.scene.portal[order.supplier_id]
    return submissions.submit(
        supplier=order.supplier,
        kind=kind,
        about=order.public_id,
        channel=order.supplier.channel,
        body=body,
        by=story.actor(person),
        at=when,
        key=story.key(),
    )


def confirm(story: Story, when: datetime, pk: int, answer: str) -> None:
    order = order_of(pk)
    if order.status != "issued":
        return
    lines = list(order.lines.order_by("number"))
    header = {"acknowledged": "acknowledged", "rejected": "rejected"}.get(answer, "answered")
    odd = story.random.choice(lines)
    said = [_said(story, line, answer if line is odd else "as_ordered") for line in lines if not line.closed_short]
    body = {
        "revision": order.revision,
        "header": header,
        "reference": f"AB-{story.random.randint(100000, 999999)}",
        "lines": said if header == "answered" else [],
    }
    submit(story, when, order, "confirmation", body)
    if answer == "acknowledged":
        story.plan(story.later(when, 20, 60), confirm, pk, "as_ordered")


def _said(story: Story, line: PurchaseOrderLine, answer: str) -> dict[str, Any]:
    said: dict[str, Any] = {"line": line.number}
    packs = units(line, line.ordered - line.cancelled)
    reason = story.random.choice(REASONS)
    if answer == "late":
        on = working_days(line.need_by + timedelta(days=story.random.randint(4, 21)), 0)
        return said | {"quantity": plain(packs), "on": on.isoformat(), "reason": reason}
    if answer == "less" and packs > 1:
        less = max(Decimal(1), (packs * Decimal("0.7")).quantize(Decimal(1)))
        return said | {"quantity": plain(less), "on": line.need_by.isoformat(), "reason": reason}
    if answer == "dearer":
        price = half_up(line.price * line.numerator / line.denominator * Decimal("1.08"), 2)
        return said | {"price": plain(price), "reason": reason}
    if answer == "split" and packs > 1:
        first = (packs / 2).quantize(Decimal(1))
        rest = working_days(line.need_by + timedelta(days=7), 0)
        split = [(first, line.need_by), (packs - first, rest)]
        return said | {
            "split": [{"quantity": plain(q), "on": on.isoformat()} for q, on in split if q],
            "reason": reason,
        }
    return said


def _departure(story: Story, when: datetime, order: PurchaseOrder) -> datetime:
    """A day or two before it is due; one in five is late."""
    due = order.need_by or when.date()
    late = story.random.randint(1, 6) if story.chance(0.2) else 0
    day = max(working_days(due + timedelta(days=late), -2), working_days(when.date(), 1))
    return at(day, 9 + 4 * story.random.random())


def send(story: Story, when: datetime, pk: int) -> None:
    """Load a truck with what is open, or most of it, and say so beforehand (not everybody does)."""
    order = order_of(pk)
    if order.status != "issued" or order.confirmed == "rejected":
        return
    lines = [line for line in order.lines.select_related("item").order_by("number") if line.open]
    promised = max((line.promised_on or line.need_by for line in lines), default=when.date())
    if promised > working_days(when.date(), 4):
        story.plan(at(working_days(promised, -2), 10), send, pk)
        return
    loaded = {line.number: units(line, line.open) for line in lines}
    if story.chance(0.12):
        loaded = {n: max(Decimal(1), (q * Decimal("0.7")).quantize(Decimal(1))) for n, q in loaded.items()}
        story.plan(at(working_days(when.date(), story.random.randint(3, 9)), 10), send, pk)
    if not loaded:
        return
    arrival = working_hour(when + timedelta(days=story.random.choice([1, 1, 2])), story.random.random())
    if not story.chance(0.78):
        story.plan(arrival, docks.unload, pk, "", "")
        return
    reference = f"DN-{story.random.randint(100000, 999999)}"
    announce(story, when, order, lines, loaded, reference, arrival.date())
    story.plan(arrival, docks.unload, pk, reference, "")
    if story.chance(0.06):
        story.plan(story.later(when, 1, 8), bill, pk, {}, "right")


def announce(
    story: Story,
    when: datetime,
    order: PurchaseOrder,
    lines: list[PurchaseOrderLine],
    loaded: dict[int, Decimal],
    reference: str,
    arrives_on: date,
) -> None:
    listed = [{"line": line.number, "quantity": plain(loaded[line.number]), **_papers(story, line)} for line in lines]
    pallets = 0 if order.pk % 10 < WITHOUT_LABELS else min(len(lines), 1 + order.pk % 4)
    body = {
        "reference": reference,
        "ships_on": when.date().isoformat(),
        "arrives_on": arrives_on.isoformat(),
        "carrier": story.random.choice(CARRIERS),
        "tracking": f"{story.random.randint(10**9, 10**10 - 1)}",
        "packages": story.random.randint(1, 6),
        "lines": listed,
    }
    if pallets:
        body |= {"units": _pallets(listed, pallets), "number_units": True}
    submit(story, when, order, "ship_notice", body)


def _papers(story: Story, line: PurchaseOrderLine) -> dict[str, str]:
    said = {}
    if line.item and line.item.tracks_lots:
        said["lot"] = f"L{story.random.randint(1000, 9999)}"
    if line.item and line.item.needs_certificate:
        said["certificate"] = f"3.1-{line.pk}"
    return said


def _pallets(listed: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Line after line onto the pallets in turn."""
    held = [{"line": place, "quantity": said["quantity"]} for place, said in enumerate(listed, start=1)]
    return [{"package": "PX", "gross_weight": str(180 + 35 * n), "holds": held[n::count]} for n in range(count)]


def depart(story: Story, when: datetime, pk: int) -> None:
    """The truck of an order is loaded and leaves."""
    order = order_of(pk)
    rows = ShipNotice.objects.everywhere(because=BECAUSE).filter(lines__order_line__order=order)
    if (notice := rows.order_by("-pk").first()) is None:
        return
    for milestone, hours in (("ready", 4), ("picked_up", 2), ("departed", 1)):
        happened_at = when - timedelta(hours=hours)
        body = {"shipment": str(notice.public_id), "milestone": milestone, "at": happened_at.isoformat()}
        submit(story, when, order, "notice_update", body)


def bill(story: Story, when: datetime, pk: int, arrived: dict[int, Decimal], how: str) -> None:
    """Bill what was delivered (nothing given: what was ordered), rightly or not."""
    order = order_of(pk)
    if order.status not in ("issued", "closed"):
        return
    rows = [line for line in order.lines.order_by("number") if arrived.get(line.number, line.ordered - line.cancelled)]
    counted = {} if how == "as_ordered" else arrived
    tax = TAX[order.entity.code]
    lines = [
        _billed(line, counted.get(line.number, line.ordered - line.cancelled), order.currency, tax) for line in rows
    ]
    if not lines:
        return
    _spoil(story, lines, how, order.currency)
    net = sum(Decimal(line["amount"]) for line in lines)
    due = sum(half_up(Decimal(line["amount"]) * Decimal(line["tax"]) / 100, 6) for line in lines)
    vat = half_up(due, 2) + (Decimal("3.10") if how == "wrong_tax" else 0)
    body = {
        "number": f"{order.supplier.party.name[:2].upper()}{story.random.randint(10000, 99999)}",
        "date": when.date().isoformat(),
        "order": order.number,
        "currency": "USD" if how == "dollars" and order.currency != "USD" else order.currency,
        "tax": plain(vat),
        "total": plain(net + vat),
        "lines": lines,
    }
    submit(story, when, order, "invoice", body)
    if how == "twice":
        story.plan(story.later(when, 24, 60), repeat_bill, pk, body)


def repeat_bill(story: Story, when: datetime, pk: int, body: dict[str, Any]) -> None:
    submit(story, when, order_of(pk), "invoice", body)


def _billed(line: PurchaseOrderLine, quantity: Decimal, currency: str, tax: Decimal) -> dict[str, Any]:
    return {
        "line": line.number,
        "description": line.description,
        "quantity": plain(quantity),
        "price": plain(line.price),
        "amount": plain(line_amount(quantity, line.price, currency).amount),
        "tax": plain(tax),
    }


def _spoil(story: Story, lines: list[dict[str, Any]], how: str, currency: str) -> None:
    odd = story.random.choice(lines)
    if how == "dearer":
        price = half_up(Decimal(odd["price"]) * Decimal("1.06") + Decimal("0.06"), 6)
        odd |= {"price": plain(price), "amount": plain(line_amount(Decimal(odd["quantity"]), price, currency).amount)}
    elif how == "wrong_sum":
        odd["amount"] = plain(Decimal(odd["amount"]) + 18)
    elif how == "freight":
        cost = Decimal(story.random.choice([18, 35, 62]))
        freight = {"description": "Freight", "quantity": "1", "price": plain(cost), "amount": plain(cost)}
        lines.append(freight | {"tax": odd["tax"]})


def order_of(pk: int) -> PurchaseOrder:
    return PurchaseOrder._base_manager.select_related("supplier__party", "entity", "site").get(pk=pk)


def units(line: PurchaseOrderLine, base: Decimal) -> Decimal:
    """Base units as the supplier counts them: he opens no pack for a remainder."""
    return (base * line.denominator / line.numerator).to_integral_value(ROUND_CEILING)


def plain(value: Decimal) -> str:
    """As a file writes it: digits and a point."""
    return f"{value.normalize():f}"
