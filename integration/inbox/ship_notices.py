"""From a ship notice to a submission: one truck to one site, of as many orders as it carries."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.parts import OrderReference
from integration.canon.plain import digits
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.inbox.matching import Doubts, Lines, Orders, Wanted, unit_fits
from procurement.orders.models import PurchaseOrderLine
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Supplier

Loaded = tuple[PurchaseOrderLine, dict[str, Any]]


def ship_notice(notice: ShipNotice, supplier: Supplier, doubts: Doubts) -> list[Wanted]:
    """One submission in the name of its first order, each line with its own, or doubts."""
    if notice.is_cancelled or notice.replaces:
        sentence = _(
            "It takes back or replaces ship notice %(number)s: cancel that one first, then enter this by hand."
        )
        doubts.hold("notice_replaced", "replaces", sentence, number=notice.replaces or notice.number)
        return []
    orders, loaded = Orders(notice.order, supplier, doubts), list[Loaded]()
    for line, around in notice.every_line():
        where = f"lines[{line.number or (line.order.line if line.order else '')}]"
        if rows := orders.of(line.order, where):
            loaded += _loaded(line, notice, around, rows, where, doubts)
    ships_on = notice.ships_on or notice.issued_on
    if ships_on is None:
        doubts.hold("date_missing", "ships_on", _("It does not say when it ships: ask for the day."))
    if not orders.found or ships_on is None:
        return []
    order = orders.found[0].order
    if any(rows.order.site_id != order.site_id for rows in orders.found):
        sentence = _("Its orders go to several sites of ours: ask for one notice for each.")
        doubts.hold("sites_differ", "lines", sentence)
    found = [rows.order for rows in orders.found]
    return [Wanted(SubmissionKind.SHIP_NOTICE, found, _body(notice, loaded, ships_on, doubts))]


def _loaded(
    line: NoticeLine, notice: ShipNotice, around: tuple[HandlingUnit, ...], rows: Lines, where: str, doubts: Doubts
) -> list[Loaded]:
    """The order's line number counts over the supplier's own."""
    reference = OrderReference.of(line.order, notice.order)
    row = rows.find((reference.line if reference else "") or line.number, line.item, where, doubts)
    if row is None or not unit_fits(row, line.unit, where, doubts):
        return []
    said: dict[str, Any] = {"line": row.number, "order": rows.order.number, "quantity": digits(line.quantity)}
    if label := next((unit.sscc for unit in reversed(around) if unit.sscc), ""):
        said["sscc"] = label
    if line.lot:
        said["lot"] = line.lot
    if line.expires_on:
        said["expires_on"] = line.expires_on.isoformat()
    return [(row, said)]


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
