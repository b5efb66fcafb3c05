"""From a ship notice to a submission: one truck to one site, of as many orders as it carries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.checks import is_label
from integration.canon.parts import OrderReference
from integration.canon.plain import digits
from integration.canon.ship_notices import CARTON, PALLET, HandlingUnit, NoticeLine, ShipNotice
from integration.inbox.matching import Doubts, Lines, Orders, Wanted, unit_fits
from procurement.orders.models import PurchaseOrderLine
from receiving.notices import rules
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Supplier

PACKAGES = {PALLET: rules.PALLET, CARTON: rules.CARTON}


@dataclass
class Truck:
    """What is on it, as a submission says it: lines by order line and lot, and the units that hold parts of them."""

    rows: list[PurchaseOrderLine] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)
    places: dict[tuple[Any, ...], int] = field(default_factory=dict)
    """(order line, lot, best before, whether on a unit) -> its place among the lines."""

    def stand(self, unit: HandlingUnit, around: int | None) -> int:
        code = PACKAGES.get(unit.package, unit.package)
        said: dict[str, Any] = {"package": code if rules.is_package(code) else rules.PACKAGE, "holds": []}
        self.units.append(
            said | ({"sscc": unit.sscc} if is_label(unit.sscc) else {}) | ({"in": around} if around else {})
        )
        return len(self.units)

    def load(self, line: NoticeLine, row: PurchaseOrderLine, order: str, unit: int | None) -> None:
        """Another part of the same lot makes one line with it."""
        key = (row.pk, line.lot, line.expires_on, unit is not None)
        if key not in self.places:
            said: dict[str, Any] = {"line": row.number, "order": order, "quantity": "0"}
            if line.lot:
                said["lot"] = line.lot
            if line.expires_on:
                said["expires_on"] = line.expires_on.isoformat()
            self.lines.append(said)
            self.rows.append(row)
            self.places[key] = len(self.lines)
        place = self.places[key]
        _add(self.lines[place - 1], line.quantity)
        if unit is not None:
            holds = self.units[unit - 1]["holds"]
            held = next((held for held in holds if held["line"] == place), None)
            if held is None:
                holds.append(held := {"line": place, "quantity": "0"})
            _add(held, line.quantity)


def ship_notice(notice: ShipNotice, supplier: Supplier, doubts: Doubts) -> list[Wanted]:
    """One submission in the name of its first order, each line with its own, or doubts."""
    if notice.is_cancelled or notice.replaces:
        sentence = _(
            "It takes back or replaces ship notice %(number)s: cancel that one first, then enter this by hand."
        )
        doubts.hold("notice_replaced", "replaces", sentence, number=notice.replaces or notice.number)
        return []
    orders, truck = Orders(notice.order, supplier, doubts), Truck()
    for line, unit in _walked(notice, truck):
        where = f"lines[{line.number or (line.order.line if line.order else '')}]"
        if (rows := orders.of(line.order, where)) and (row := _row(line, notice, rows, where, doubts)):
            truck.load(line, row, rows.order.number, unit)
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
    return [Wanted(SubmissionKind.SHIP_NOTICE, found, _body(notice, truck, ships_on, doubts))]


def _walked(notice: ShipNotice, truck: Truck) -> Iterator[tuple[NoticeLine, int | None]]:
    """Each line with the number of the unit it stands on; units are told from the outside inwards."""
    yield from ((line, None) for line in notice.lines)
    waiting: list[tuple[HandlingUnit, int | None]] = [(unit, None) for unit in reversed(notice.units)]
    while waiting:
        unit, around = waiting.pop()
        number = truck.stand(unit, around)
        yield from ((line, number) for line in unit.lines)
        waiting += [(inner, number) for inner in reversed(unit.units)]


def _row(line: NoticeLine, notice: ShipNotice, rows: Lines, where: str, doubts: Doubts) -> PurchaseOrderLine | None:
    """The order's line number counts over the supplier's own."""
    reference = OrderReference.of(line.order, notice.order)
    row = rows.find((reference.line if reference else "") or line.number, line.item, where, doubts)
    return row if row is not None and unit_fits(row, line.unit, where, doubts) else None


def _add(said: dict[str, Any], quantity: Decimal) -> None:
    said["quantity"] = digits(Decimal(said["quantity"]) + quantity)


def _body(notice: ShipNotice, truck: Truck, ships_on: date, doubts: Doubts) -> dict[str, Any]:
    return {
        "reference": notice.number,
        "ships_on": ships_on.isoformat(),
        "arrives_on": _arrival(notice, truck, ships_on, doubts).isoformat(),
        "carrier": notice.carrier or notice.carrier_code,
        "tracking": notice.tracking or notice.bill_of_lading,
        "packages": str(notice.package_count or max(1, len(notice.units))),
        "lines": truck.lines,
        "units": truck.units,
    }


def _arrival(notice: ShipNotice, truck: Truck, ships_on: date, doubts: Doubts) -> date:
    """The day said; else the day promised or wanted, but not before it ships."""
    if notice.arrives_on:
        return notice.arrives_on
    day = max([ships_on, *(row.promised_on or row.need_by for row in truck.rows)])
    sentence = _("It does not say when it arrives: %(day)s is expected, as promised or wanted.")
    doubts.warn("arrival_missing", "arrives_on", sentence, day=day.isoformat())
    return day
