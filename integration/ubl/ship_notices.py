"""What is on the truck: DespatchAdvice (T16). Each line names the unit that it is in, from the outermost inwards."""

from collections.abc import Sequence
from dataclasses import replace

from integration.canon.packing import sscc_of
from integration.canon.parts import Party
from integration.canon.ship_notices import HandlingUnit, ShipNotice
from integration.ubl import names, parts
from integration.ubl.parties import party, with_parties
from integration.xml.packing import PlacedLine, packed, placed
from integration.xml.tables import (
    OWN,
    Map,
    Nest,
    Row,
    Say,
    Values,
    count,
    day,
    dec,
    heard,
    heard_quantity,
    inside,
    is_,
    many,
    puts,
    quantity,
    text,
)  # fmt: skip

ROLES = ("ship_from", "ship_to", "buyer", "supplier", "ultimate")
CANCELLED = "Cancelled"
"""UBL document state."""
UNKNOWN = "NA"
"""What Peppol writes where the schema wants a number that nobody has."""
DEPTH = 4
"""Units inside units that a line names."""
_PACKAGES = {word: code for code, word in reversed(names.PACKAGES.items())}


def _package(tag: str, depth: int) -> Nest:
    inner: tuple[Row, ...] = (_package("cac:ContainedPackage", depth - 1),) if depth else ()
    rows = (text("cbc:ID", "sscc"), text("cbc:PackagingTypeCode", "package"), *inner)
    return inside(tag, *rows, field="inner", is_one=True, is_always=True)


UNIT = inside(
    "cac:Shipment",
    text("cbc:ID", "shipment", is_beside=True, needed="number"),
    inside(
        "cac:TransportHandlingUnit",
        text("cbc:ID", "sscc"),
        text("cbc:TransportHandlingUnitTypeCode", "package"),
        _package("cac:Package", DEPTH - 2),
        field="handling",
        is_one=True,
        is_always=True,
    ),
)


def _heard_line(found: Values, say: Say) -> Values:
    parts.described(found)
    found.pop("shipment", None)
    around: list[HandlingUnit] = []
    each = found.pop("handling", None)
    while each is not None:
        sscc, package = sscc_of(each.get("sscc", "")), each.get("package", "")
        around.append(HandlingUnit(sscc=sscc, package=names.PACKAGES.get(package, package)))
        each = each.get("inner")
    found["around"] = around
    if reasons := found.pop("reasons", []):
        found["outstanding_reason"] = " ".join(reasons)
    return found


def _told_line(line: PlacedLine) -> Values:
    handling: Values | None = None
    for unit in reversed(line.around):
        handling = {"sscc": unit.sscc, "package": _PACKAGES.get(unit.package, unit.package), "inner": handling}
    reasons = [line.outstanding_reason] if line.outstanding_reason else []
    return {"handling": handling, "shipment": UNKNOWN, "reasons": reasons}


LINES = inside(
    "cac:DespatchLine",
    text("cbc:ID", "number", needed="number"),
    quantity("cbc:DeliveredQuantity", "quantity"),
    heard_quantity("cbc:BackorderQuantity", "outstanding"),
    heard(many("cbc:BackorderReason", "reasons")),
    quantity("cbc:OutstandingQuantity", "outstanding"),
    many("cbc:OutstandingReason", "reasons"),
    parts.order_line_reference(needed="number of the order line"),
    parts.item(parts.LOT),
    UNIT,
    field="lines",
    shape=PlacedLine,
    needed="line",
    heard=_heard_line,
    told=_told_line,
)
SHIPMENT = inside(
    "cac:Shipment",
    puts("cbc:ID", UNKNOWN),
    inside("cbc:GrossWeightMeasure", text("@unitCode", "weight_unit", is_beside=True), dec(OWN, "gross_weight")),
    inside(
        "cac:Consignment",
        puts("cbc:ID", UNKNOWN),
        count("cbc:TotalPackagesQuantity", "package_count"),
        inside(
            "cac:CarrierParty",
            inside("cac:PartyIdentification", text("cbc:ID", "carrier_code")),
            inside("cac:PartyName", text("cbc:Name", "carrier")),
        ),
    ),
    inside(
        "cac:Delivery",
        text("cbc:TrackingID", "tracking"),
        parts.period("cac:EstimatedDeliveryPeriod", "arrives_on"),
        inside(
            "cac:Despatch", heard(day("cbc:EstimatedDespatchDate", "leaves")), day("cbc:ActualDespatchDate", "ships_on")
        ),
    ),
)


def _heard_notice(found: Values, say: Say) -> Values:
    found["arrives_on"] = parts.end_of(found, "arrives_on")
    leaves = found.pop("leaves", None)
    found.setdefault("ships_on", leaves)
    found["is_cancelled"] = found.pop("state", "") == CANCELLED
    found["lines"], found["units"] = packed(found.get("lines", []))
    found["parties"] = _stood_in(found.get("parties", []))
    return found


def _stood_in(parties: Sequence[Party]) -> list[Party]:
    """Who sends is the supplier and who receives the buyer, as long as nobody else is."""
    roles = {who.role for who in parties}
    stands = {"ship_from": "supplier", "ship_to": "buyer"}
    known = [
        replace(who, role=stands[who.role]) if who.role in stands and stands[who.role] not in roles else who
        for who in parties
    ]
    return sorted(known, key=lambda who: ROLES.index(who.role))


def _told_notice(notice: ShipNotice) -> Values:
    roles = {who.role for who in notice.parties}
    stands = {"supplier": "ship_from", "buyer": "ship_to"}
    return {
        "parties": [
            replace(who, role=stands[who.role]) if who.role in stands and stands[who.role] not in roles else who
            for who in notice.parties
        ],
        "state": CANCELLED if notice.is_cancelled else None,
        "lines": placed(notice, DEPTH),
    }


def _sayable(notice: ShipNotice) -> ShipNotice:
    """Units that hold nothing are not named by any line."""
    lines, units = packed(placed(notice, DEPTH))
    order = parts.sayable_reference(notice.order)
    weight = notice.weight_unit if notice.gross_weight is not None else ""
    return with_parties(replace(notice, order=order, lines=lines, units=units, weight_unit=weight), ROLES)  # type: ignore[no-any-return]


def _reference(field: str, *codes: str) -> Nest:
    return inside("cac:AdditionalDocumentReference", text("cbc:ID", field), is_("cbc:DocumentTypeCode", *codes))


NOTICE = Map(
    kind="DespatchAdvice",
    namespace=names.ROOT.format("DespatchAdvice"),
    document=ShipNotice,
    rows=(
        *parts.head(names.DESPATCH_ADVICE),
        text("cbc:DocumentStatusCode", "state"),
        many("cbc:Note", "notes"),
        parts.order_reference(),
        _reference("replaces", names.NOTICE_TYPE),
        _reference("bill_of_lading", names.LADING_TYPE),
        party("cac:DespatchSupplierParty", "ship_from", needed=True),
        party("cac:DeliveryCustomerParty", "ship_to", needed=True),
        party("cac:BuyerCustomerParty", "buyer"),
        party("cac:SellerSupplierParty", "supplier"),
        party("cac:OriginatorCustomerParty", "ultimate"),
        SHIPMENT,
        LINES,
    ),
    heard=_heard_notice,
    told=_told_notice,
    sayable=_sayable,
    passed=parts.PASSED | {"DespatchAdviceTypeCode", "RequestedDeliveryPeriod"},
)
MAPS = (NOTICE,)
