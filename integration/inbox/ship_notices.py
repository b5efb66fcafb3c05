"""From a ship notice to submissions: one for each order on the truck."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.parts import OrderReference
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.inbox.matching import Doubts, Lines, Wanted, order_of, unit_fits, written
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Supplier

Loaded = tuple[PurchaseOrderLine, dict[str, Any]]


def ship_notices(notice: ShipNotice, supplier: Supplier, doubts: Doubts) -> list[Wanted]:
    """What is on the truck, order by order, or doubts. All of it is booked or none."""
    if notice.is_cancelled or notice.replaces:
        sentence = _("It takes back or replaces ship notice %(number)s: cancel that one first, then read this again.")
        doubts.hold("notice_replaced", "replaces", sentence, number=notice.replaces or notice.number)
        return []
    found: dict[int, tuple[Lines, list[Loaded]]] = {}
    by_number: dict[str, PurchaseOrder | None] = {}
    for line, around in notice.every_line():
        where = f"lines[{line.number or (line.order.line if line.order else '')}]"
        reference = OrderReference.of(line.order, notice.order)
        number = reference.number if reference else ""
        if number not in by_number:
            by_number[number] = order_of(reference, supplier, f"{where}.order", doubts)
        if order := by_number[number]:
            rows, loaded = found.setdefault(order.pk, (Lines(order), []))
            if packed := _loaded(line, reference, around, rows, where, doubts):
                loaded.append(packed)
    ships_on = notice.ships_on or notice.issued_on
    if ships_on is None:
        doubts.hold("date_missing", "ships_on", _("It does not say when it ships: ask for the day."))
        return []
    return [
        Wanted(SubmissionKind.SHIP_NOTICE, rows.order, _body(notice, loaded, ships_on, doubts))
        for rows, loaded in found.values()
    ]


def _loaded(
    line: NoticeLine,
    reference: OrderReference | None,
    around: tuple[HandlingUnit, ...],
    rows: Lines,
    where: str,
    doubts: Doubts,
) -> Loaded | None:
    """The order's line number counts over the supplier's own."""
    row = rows.find((reference.line if reference else "") or line.number, line.item, where, doubts)
    if row is None or not unit_fits(row, line.unit, where, doubts):
        return None
    said: dict[str, Any] = {"line": row.number, "quantity": written(line.quantity)}
    label = next((unit.sscc for unit in reversed(around) if unit.sscc), "")
    if label:
        said["sscc"] = label
    if line.lot:
        said["lot"] = line.lot
    if line.expires_on:
        said["expires_on"] = line.expires_on.isoformat()
    return row, said


def _body(notice: ShipNotice, loaded: list[Loaded], ships_on: date, doubts: Doubts) -> dict[str, Any]:
    return {
        "reference": notice.number,
        "ships_on": ships_on.isoformat(),
        "arrives_on": _arrival(notice, loaded, ships_on, doubts).isoformat(),
        "carrier": notice.carrier or notice.carrier_code,
        "tracking": notice.tracking or notice.bill_of_lading,
        "packages": str(notice.package_count or max(1, len(notice.units))),
        "lines": [said for _row, said in loaded],
    }


def _arrival(notice: ShipNotice, loaded: list[Loaded], ships_on: date, doubts: Doubts) -> date:
    """The day said; else the day promised or wanted, but not before it ships."""
    if notice.arrives_on:
        return notice.arrives_on
    day = max([ships_on, *(row.promised_on or row.need_by for row, _said in loaded)])
    sentence = _("It does not say when it arrives: %(day)s is expected, as promised or wanted.")
    doubts.warn("arrival_missing", "arrives_on", sentence, day=day.isoformat())
    return day
