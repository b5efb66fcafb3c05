"""What is on the truck: DESADV, consignment levels (CPS) with packages (PAC), labels (GIN) and lines (LIN)."""

from dataclasses import dataclass

from integration.canon.packing import OUTERMOST, Load, parents, sscc_of
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.edi import codes
from integration.edi.edifact.parts import (
    GENERATIONS,
    PIA,
    Directory,
    description,
    dtm,
    lin,
    notes,
    order_reference,
    parties,
    qty,
    rff,
    unit,
)
from integration.edi.signs import EDIFACT
from integration.edi.tables import (
    DETAIL,
    SUMMARY,
    Cell,
    Loop,
    Map,
    Place,
    code,
    comma,
    counts,
    heard,
    is_,
    loop,
    passed,
    puts,
    row,
    section,
    text,
    whole,
)

ORIGINAL, REPLACES, CANCELS = "9", "5", "1"
PURPOSES = {ORIGINAL: ORIGINAL, "7": ORIGINAL, "31": ORIGINAL, REPLACES: REPLACES, "4": REPLACES, CANCELS: CANCELS}
"""UNCL1225; 7 is a duplicate and 31 a copy of an original."""


HEADING = (
    "number", "issued_on", "order", "ships_on", "arrives_on", "carrier", "carrier_code", "tracking", "bill_of_lading",
    "gross_weight", "weight_unit", "parties", "notes",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Packs:
    """One PAC: so many packages of one kind, with the labels of those that have one."""

    count: int | None = None
    package: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CPS:
    """One level of the consignment."""

    id: str = ""
    parent: str = ""
    packs: tuple[Packs, ...] = ()
    lines: tuple[NoticeLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Despatch(ShipNotice):
    """A ship notice as DESADV writes it."""

    purpose: str = ORIGINAL
    levels: tuple[CPS, ...] = ()


def heard_notice(said: Despatch) -> ShipNotice:
    load, around, units = Load(), parents(said.levels), list[int]()
    count = None
    for place, (level, outer) in enumerate(zip(said.levels, around, strict=True)):
        labels = [label for packs in level.packs for label in packs.labels]
        here = units[outer] if outer != OUTERMOST else OUTERMOST
        if outer == OUTERMOST and not labels:  # the consignment itself
            count = level.packs[0].count if level.packs else count
        else:
            package = next((packs.package for packs in level.packs if packs.labels or not labels), "")
            load.labelled(place, here, labels, package)
            here = place
        units.append(here)
        for line in level.lines:
            load.line(here, line)
    return ShipNotice(
        **{each: getattr(said, each) for each in HEADING},
        package_count=count,
        replaces=said.number if said.purpose in (REPLACES, CANCELS) else "",
        is_cancelled=said.purpose == CANCELS,
        lines=load.lines(),
        units=load.units(),
    )


def told_notice(notice: ShipNotice) -> Despatch:
    total = (Packs(count=notice.package_count),) if notice.package_count is not None else ()
    levels = [CPS(id="1", packs=total, lines=notice.lines)]
    _tell(levels, notice.units, "1")
    purpose = CANCELS if notice.is_cancelled else REPLACES if notice.replaces else ORIGINAL
    kept = {each: getattr(notice, each) for each in HEADING}
    return Despatch(**kept, purpose=purpose, levels=tuple(levels))


def _tell(levels: list[CPS], units: tuple[HandlingUnit, ...], parent: str) -> None:
    for each in units:
        place = str(len(levels) + 1)
        packs = Packs(count=1, package=each.package, labels=(each.sscc,) if each.sscc else ())
        levels.append(CPS(id=place, parent=parent, packs=(packs,), lines=each.lines))
        _tell(levels, each.units, place)


def figures(notice: ShipNotice) -> dict[str, str]:
    return {"#lines": str(sum(1 for _line in notice.every_line()))}


LABELS: dict[Place, Cell] = {(element, 1): Cell(field="labels", read=sscc_of, is_many=True) for element in range(2, 7)}
"""Five of them in one GIN."""


def _line(directory: Directory) -> Loop:
    return loop(
        "lines",
        NoticeLine,
        lin({1: text("number", 6)}),
        *PIA,
        description(directory),
        *passed("IMD MEA ALI"),
        qty(directory, "quantity", "12"),
        qty(directory, "outstanding", "83"),
        *passed("QTY"),
        row("FTX", {1: is_("CHG"), (4, 1): text("outstanding_reason", directory.note)}),
        *passed("FTX DTM MOA GIR DLM LOC QVR"),
        order_reference(),
        *passed("RFF"),
        section(
            row("PCI", {1: puts("17")}),
            dtm("expires_on", "36", "361"),
            row("GIN", {1: is_("BX"), (2, 1): text("lot", 35)}),
            *passed("DTM GIN"),
        ),
        heard("GIN", {1: is_("BX"), (2, 1): text("lot")}),
        *passed("GIN HAN NAD"),
    )


def _level(directory: Directory) -> Loop:
    return loop(
        "levels",
        CPS,
        row("CPS", {1: text("id", 12), 2: text("parent", 12)}),
        *passed("FTX"),
        loop(
            "packs",
            Packs,
            row("PAC", {1: whole("count"), (3, 1): code("package", codes.PACKAGES, is_kept=True)}),
            *passed("MEA QTY"),
            section(row("PCI", {1: puts("33E")}), row("GIN", {1: is_("BJ", "AW"), **LABELS})),
            heard("GIN", {1: is_("BJ", "AW"), **LABELS}),
            *passed("PCI RFF GIN DTM"),
        ),
        _line(directory),
        area=DETAIL,
    )


def _notice(directory: Directory) -> Map:
    return Map(
        syntax=EDIFACT,
        kind="DESADV",
        generation=directory.name,
        document=ShipNotice,
        shape=Despatch,
        rows=[
            row("BGM", {1: puts("351"), (2, 1): text("number", 35), 3: code("purpose", PURPOSES)}),
            dtm("issued_on", "137"),
            dtm("ships_on", "11"),
            dtm("arrives_on", "17", "358", "132", "191", "2"),
            *passed("DTM ALI"),
            notes(directory),
            row(
                "MEA",
                {
                    1: puts("AAE"),
                    2: is_("G", "AAD"),
                    (3, 1): unit(directory, "weight_unit"),
                    (3, 2): comma("gross_weight"),
                },
            ),
            *passed("MEA MOA"),
            order_reference(),
            rff("tracking", "CN"),
            rff("bill_of_lading", "BM"),
            *passed("RFF"),
            parties(),
            *passed("TOD LOC"),
            row(
                "TDT",
                {
                    1: puts("20"),
                    (5, 1): text("carrier_code", 17),
                    (5, 3): puts("182", beside="carrier_code"),
                    (5, 4): text("carrier", 35),
                },
            ),
            *passed("DTM EQD MEA SEL"),
            _level(directory),
            section(row("CNT", {1: is_("2"), (1, 2): counts("lines")}), *passed("CNT"), area=SUMMARY),
        ],
        heard=heard_notice,
        told=told_notice,
        figures=figures,
    )


MAPS = [_notice(directory) for directory in GENERATIONS]
