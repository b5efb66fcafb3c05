"""What is on the truck: 856, a tree of shipment, orders, tares, packs and items."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from integration.canon.packing import OUTERMOST, Load, parents, sscc_of
from integration.canon.parts import Item, OrderReference, Party
from integration.canon.ship_notices import CARTON, PALLET, HandlingUnit, NoticeLine, ShipNotice
from integration.edi import codes
from integration.edi.signs import X12
from integration.edi.tables import (
    DETAIL,
    SUMMARY,
    Cell,
    Map,
    Pairs,
    adds,
    code,
    counts,
    day,
    dec,
    is_,
    loop,
    passed,
    puts,
    row,
    section,
    text,
    whole,
)
from integration.edi.x12.parts import DESCRIPTION, PARTIES, date_of, reference, unit

SHIPMENT, ORDER, TARE, PACK, ITEM = "S", "O", "T", "P", "I"
PACKAGES = {TARE: PALLET, PACK: CARTON}
SHIPS, REPLACES, CANCELS = "00", "05", "01"
PURPOSES = {SHIPS: SHIPS, "14": SHIPS, "06": SHIPS, REPLACES: REPLACES, "04": REPLACES, CANCELS: CANCELS, "03": CANCELS}
"""Element 353; 14 and 06 announce and confirm."""


@dataclass(frozen=True, kw_only=True)
class HL:
    """One level with whatever stands on it."""

    id: str = ""
    parent: str = ""
    kind: str = ""
    order: OrderReference | None = None
    package_count: int | None = None
    gross_weight: Decimal | None = None
    weight_unit: str = ""
    carrier: str = ""
    carrier_code: str = ""
    tracking: str = ""
    bill_of_lading: str = ""
    ships_on: date | None = None
    arrives_on: date | None = None
    labels: tuple[str, ...] = ()
    line: str = ""
    number: str = ""
    item: Item | None = None
    quantity: Decimal | None = None
    unit: str = ""
    to_date: Decimal | None = None
    ordered: Decimal | None = None
    lot: str = ""
    expires_on: date | None = None
    parties: tuple[Party, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Notice856:
    """A ship notice as 856 writes it."""

    number: str
    purpose: str = SHIPS
    issued_on: date | None = None
    levels: tuple[HL, ...] = ()


def heard_notice(said: Notice856) -> ShipNotice:
    around = parents(said.levels)
    orders: list[OrderReference | None] = []
    units: list[int] = []
    load, shipment = Load(), HL()
    for place, (level, outer) in enumerate(zip(said.levels, around, strict=True)):
        orders.append(level.order if level.kind == ORDER else orders[outer] if outer != OUTERMOST else None)
        units.append(units[outer] if outer != OUTERMOST else OUTERMOST)
        if level.kind == SHIPMENT:
            shipment = level if shipment.kind != SHIPMENT else shipment
        elif level.kind == ITEM:
            load.line(units[place], _line(level, orders[place]))
        elif level.kind != ORDER:
            load.labelled(place, units[place], level.labels, PACKAGES.get(level.kind, level.kind))
            units[place] = place
    return ShipNotice(
        number=said.number,
        issued_on=said.issued_on,
        order=shipment.order,
        replaces=said.number if said.purpose in (REPLACES, CANCELS) else "",
        is_cancelled=said.purpose == CANCELS,
        ships_on=shipment.ships_on,
        arrives_on=shipment.arrives_on,
        carrier=shipment.carrier,
        carrier_code=shipment.carrier_code,
        tracking=shipment.tracking,
        bill_of_lading=shipment.bill_of_lading,
        package_count=shipment.package_count,
        gross_weight=shipment.gross_weight,
        weight_unit=shipment.weight_unit,
        parties=shipment.parties,
        notes=shipment.notes,
        lines=load.lines(),
        units=load.units(),
    )


def _line(level: HL, order: OrderReference | None) -> NoticeLine:
    """The line of an item level. What was ordered less what was shipped to date is outstanding, where both are said."""
    known = level.ordered is not None and level.to_date is not None
    if order or level.line:
        order = replace(order or OrderReference(), line=level.line)
    return NoticeLine(
        number=level.number,
        item=level.item or Item(),
        quantity=level.quantity or Decimal(0),
        unit=level.unit,
        order=order,
        lot=level.lot,
        expires_on=level.expires_on,
        outstanding=level.ordered - level.to_date if known else None,  # type: ignore[operator]
    )


def told_notice(notice: ShipNotice) -> Notice856:
    top = HL(
        id="1",
        kind=SHIPMENT,
        order=notice.order,
        package_count=notice.package_count,
        gross_weight=notice.gross_weight,
        weight_unit=notice.weight_unit,
        carrier=notice.carrier,
        carrier_code=notice.carrier_code,
        tracking=notice.tracking,
        bill_of_lading=notice.bill_of_lading,
        ships_on=notice.ships_on,
        arrives_on=notice.arrives_on,
        parties=notice.parties,
        notes=notice.notes,
    )
    levels = [top]
    _tell(levels, notice.lines, notice.units, "1", None)
    purpose = CANCELS if notice.is_cancelled else REPLACES if notice.replaces else SHIPS
    return Notice856(number=notice.number, purpose=purpose, issued_on=notice.issued_on, levels=tuple(levels))


def _tell(
    levels: list[HL],
    lines: tuple[NoticeLine, ...],
    units: tuple[HandlingUnit, ...],
    parent: str,
    within: OrderReference | None,
) -> None:
    """Lines and units below a level. A level of its own names the order where that is another than around."""
    order, around = within, parent
    for part in (*lines, *units):
        wanted = _order_of(part)
        if wanted != order:
            order, around = wanted, parent
            if wanted is not None and wanted != within:
                around = str(len(levels) + 1)
                levels.append(HL(id=around, parent=parent, kind=ORDER, order=wanted))
        place = str(len(levels) + 1)
        if isinstance(part, NoticeLine):
            levels.append(_item(part, place, around))
        else:
            kind = next((kind for kind, package in PACKAGES.items() if package == part.package), part.package or PACK)
            levels.append(HL(id=place, parent=around, kind=kind, labels=(part.sscc,) if part.sscc else ()))
            _tell(levels, part.lines, part.units, place, order)


def _order_of(part: NoticeLine | HandlingUnit) -> OrderReference | None:
    """The one order of a line or of all lines of a unit."""
    if isinstance(part, NoticeLine):
        return replace(part.order, line="") if part.order else None
    orders = {_order_of(inner) for inner in (*part.lines, *part.units)}
    return orders.pop() if len(orders) == 1 else None


def _item(line: NoticeLine, place: str, parent: str) -> HL:
    is_open = line.outstanding is not None
    return HL(
        id=place,
        parent=parent,
        kind=ITEM,
        line=line.order.line if line.order else "",
        number=line.number,
        item=line.item,
        quantity=line.quantity,
        unit=line.unit,
        to_date=line.quantity if is_open else None,
        ordered=line.quantity + line.outstanding if line.outstanding is not None else None,
        lot=line.lot,
        expires_on=line.expires_on,
    )


def _label(sscc: str) -> str:
    return f"00{sscc}" if len(sscc) == 18 else sscc


LEVEL = [
    row("PRF", {1: text("order.number", 22), 2: whole("order.revision"), 4: day("order.ordered_on")}),
    row("LIN", {1: text("line", 20)}, pairs=Pairs(start=2, fields=codes.X12_ITEMS | {"LT": "lot"})),
    row("SN1", {1: text("number", 20), 2: dec("quantity"), 3: unit(), 4: dec("to_date"), 5: dec("ordered")}),
    *passed("SLN PO4"),
    DESCRIPTION,
    *passed("MEA PWK PKG"),
    row(
        "TD1",
        {
            2: whole("package_count"),
            6: puts("G", beside="gross_weight"),
            7: dec("gross_weight"),
            8: code("weight_unit", codes.X12_UNITS),
        },
    ),
    row(
        "TD5",
        {1: puts("B"), 2: puts("2", beside="carrier_code"), 3: text("carrier_code", 80), 5: text("carrier", 35)},
    ),
    *passed("TD3 TD4"),
    reference("bill_of_lading", "BM"),
    reference("tracking", "CN", "2I"),
    *passed("REF PER"),
    row("MAN", {1: is_("GM", "SM", "UC"), 2: Cell(field="labels", read=sscc_of, write=_label, is_many=True)}),
    *passed("MAN"),
    date_of("ships_on", "011"),
    date_of("arrives_on", "017", "067", "002"),
    date_of("expires_on", "036"),
    *passed("DTM FOB PAL"),
    PARTIES,
    *passed("SDQ ETD CUR SAC ITA"),
    row("NTE", {1: puts("GEN"), 2: adds("notes", 80)}),
]
MAPS = [
    Map(
        syntax=X12,
        kind="856",
        document=ShipNotice,
        shape=Notice856,
        rows=[
            row("BSN", {1: code("purpose", PURPOSES), 2: text("number", 30), 3: day("issued_on"), 5: puts("0001")}),
            *passed("DTM"),
            loop(
                "levels",
                HL,
                row("HL", {1: text("id", 12), 2: text("parent", 12), 3: text("kind", 2)}),
                *LEVEL,
                area=DETAIL,
            ),
            section(row("CTT", {1: counts("levels")}), area=SUMMARY),
        ],
        heard=heard_notice,
        told=told_notice,
    )
]
