"""ShipNoticeRequest: what is on the truck, order by order. Each line names the units that it is in.

A notice says nothing of what is still to come, and an order without lines in it is all of that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.faults import Level
from integration.canon.packing import sscc_of
from integration.canon.parts import OrderReference
from integration.canon.ship_notices import HandlingUnit, ShipNotice
from integration.cxml import names, parts
from integration.xml.packing import PlacedLine, packed, placed
from integration.xml.tables import (
    OWN,
    Map,
    Nest,
    Say,
    Values,
    count,
    dec,
    inside,
    is_,
    moment,
    puts,
    text,
)  # fmt: skip

NEW, UPDATE, DELETE = "new", "update", "delete"
DEPTH = 4
"""Units inside units that a line names."""


@dataclass(frozen=True, kw_only=True)
class Portion:
    """What comes of one order."""

    number: str = ""
    ordered_on: Any = None
    lines: tuple[PlacedLine, ...] = ()


PACKAGING = inside(
    "Packaging",
    inside("PackagingCode", puts("@xml:lang", names.LANGUAGE), text(OWN, "package")),
    text("ShippingContainerSerialCode", "sscc"),
    text("ShippingContainerSerialCodeReference", "outer"),
    field="packagings",
    is_always=True,
)


def _heard_line(found: Values, say: Say) -> Values:
    """The units, the innermost first; the last may name one around it that has no element here."""
    units = []
    packagings = found.pop("packagings", [])
    for each in packagings:
        package = names.PACKAGES.get(each.get("package", "").lower(), each.get("package", ""))
        units.append(HandlingUnit(sscc=sscc_of(each.get("sscc", "")), package=package))
    outer = sscc_of(packagings[-1].get("outer", "")) if packagings else ""
    if outer and outer not in {unit.sscc for unit in units}:
        units.append(HandlingUnit(sscc=outer))
    found["around"] = units[::-1]
    return found


def _told_line(line: PlacedLine) -> Values:
    units = line.around[::-1]
    packagings = [
        {"package": unit.package, "sscc": unit.sscc, "outer": units[place].sscc if place < len(units) else ""}
        for place, unit in enumerate(units, 1)
    ]
    return {"packagings": packagings}


LINES = inside(
    "ShipNoticeItem",
    dec("@quantity", "quantity", needed="quantity"),
    text("@lineNumber", "order.line", needed="number of the order line"),
    text("@shipNoticeLineNumber", "number"),
    parts.item_id(),
    inside(
        "ShipNoticeItemDetail",
        parts.described("Description", "item.description"),
        text("ManufacturerPartID", "item.maker_number"),
    ),
    text("UnitOfMeasure", "unit"),
    PACKAGING,
    inside("Batch", moment("@expirationDate", "expires_on"), text("SupplierBatchID", "lot")),
    field="lines",
    shape=PlacedLine,
    heard=_heard_line,
    told=_told_line,
)
PORTIONS = inside(
    "ShipNoticePortion",
    inside(
        "OrderReference",
        text("@orderID", "number"),
        moment("@orderDate", "ordered_on"),
        inside("DocumentReference", text("@payloadID", "/refers_to", is_told=True), is_always=True),
    ),
    LINES,
    field="portions",
    shape=Portion,
)


def _carrier(domain: str, field: str) -> Nest:
    return inside("CarrierIdentifier", is_("@domain", domain), text(OWN, field))


CONTROL = inside(
    "ShipControl",
    _carrier("companyName", "carrier"),
    _carrier("SCAC", "carrier_code"),
    inside("ShipmentIdentifier", is_("@domain", "billOfLading"), text(OWN, "bill_of_lading")),
    inside("ShipmentIdentifier", is_("@domain", "trackingNumber", ""), text(OWN, "tracking")),
)
WEIGHT = inside(
    "Packaging",
    inside(
        "Dimension",
        dec("@quantity", "gross_weight"),
        is_("@type", "grossWeight"),
        text("UnitOfMeasure", "weight_unit", is_beside=True),
    ),
)


def _heard_notice(found: Values, say: Say) -> Values:
    parts.heard_comments(found)
    parts.heard_parties(found)
    portions: list[Portion] = found.pop("portions", [])
    for each in portions:
        if not each.lines:
            sentence = _("All of order %(number)s is coming, but no line says so: take them from the order.")
            say(Level.HOLD, "whole_order", sentence % {"number": each.number or "?"})
    found["lines"], found["units"] = packed(_ordered(line, each) for each in portions for line in each.lines)
    if len(portions) == 1 and portions[0].number:
        found["order"] = OrderReference(number=portions[0].number, ordered_on=portions[0].ordered_on)
    operation = found.pop("operation", NEW)
    found["is_cancelled"] = operation == DELETE
    if operation != NEW:
        found["replaces"] = found.get("number", "")
    return found


def _ordered(line: PlacedLine, portion: Portion) -> PlacedLine:
    number = line.order.line if line.order else ""
    if not (number or portion.number):
        return line
    order = OrderReference(number=portion.number, ordered_on=portion.ordered_on, line=number)
    return replace(line, order=order)


def _told_notice(notice: ShipNotice) -> Values:
    operation = DELETE if notice.is_cancelled else UPDATE if notice.replaces else NEW
    return {
        "operation": operation,
        "comments": parts.told_comments(notice.notes),
        "portions": _portions(notice),
        **parts.told_parties(notice),
    }


def _portions(notice: ShipNotice) -> Sequence[Portion]:
    """The lines by the orders that they name, in the order in which they are named first."""
    found: dict[tuple[str, Any], list[PlacedLine]] = {}
    for line in placed(notice, DEPTH):
        order = line.order or OrderReference()
        found.setdefault((order.number, order.ordered_on), []).append(line)
    if not found and notice.order:
        found[notice.order.number, notice.order.ordered_on] = []
    return [Portion(number=number, ordered_on=on, lines=tuple(lines)) for (number, on), lines in found.items()]


def _sayable(notice: ShipNotice) -> Any:
    portions = _portions(notice)
    lines, units = packed(_ordered(line, each) for each in portions for line in each.lines)
    order = None
    if len(portions) == 1 and portions[0].number:
        order = OrderReference(number=portions[0].number, ordered_on=portions[0].ordered_on)
    whole = replace(
        notice,
        order=order,
        lines=lines,
        units=units,
        notes=parts.sayable_notes(notice.notes),
        weight_unit=notice.weight_unit if notice.gross_weight is not None else "",
    )
    return parts.with_parties(whole)


NOTICE = Map(
    kind="ShipNoticeRequest",
    document=ShipNotice,
    rows=(
        inside(
            "ShipNoticeHeader",
            text("@shipmentID", "number", needed="number"),
            text("@operation", "operation"),
            moment("@noticeDate", "issued_on", needed="date"),
            moment("@shipmentDate", "ships_on"),
            moment("@deliveryDate", "arrives_on"),
            parts.contact(),
            parts.COMMENTS,
            WEIGHT,
            parts.extrinsic("packageCount", count(OWN, "package_count")),
        ),
        CONTROL,
        PORTIONS,
    ),
    heard=_heard_notice,
    told=_told_notice,
    sayable=_sayable,
    passed=frozenset(
        {"DocumentReference", "ServiceLevel", "TermsOfDelivery", "TermsOfTransport", "Hazard", "UnitPrice"}
    ),
)
MAPS = (NOTICE,)
