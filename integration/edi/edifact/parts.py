"""Segments that several messages share, as directories before and from D.01B on write them.

What differs between directories is little: how long a text may be, which units have a code, and where the revision of a
document stands. A message of any directory is read by the table of the nearer generation.
"""

from dataclasses import dataclass
from typing import Any

from integration.canon.parts import Adjustment, Identifier, Party
from integration.edi import codes, values
from integration.edi.tables import (
    SUMMARY,
    Cell,
    Loop,
    Pairs,
    Place,
    Row,
    adds,
    code,
    comma,
    counts,
    day,
    heard,
    is_,
    loop,
    of_all,
    passed,
    puts,
    row,
    section,
    text,
    whole,
    wrapped,
)


@dataclass(frozen=True)
class Directory:
    """A generation of directories."""

    name: str
    description: int
    """Longest description of an item in one component (7008)."""
    note: int
    """Longest line of free text (4440)."""
    is_old: bool


OLD = Directory("D96A", 35, 70, is_old=True)
NEW = Directory("D01B", 256, 512, is_old=False)
GENERATIONS = (OLD, NEW)
NAME = 35


def dtm(field: str, *qualifiers: str) -> Row:
    return row("DTM", {1: is_(*qualifiers), (1, 2): day(field), (1, 3): puts("102")})


def rff(field: str, *qualifiers: str, most: int = 35) -> Row:
    return row("RFF", {1: is_(*qualifiers), (1, 2): text(field, most)})


def moa(field: str, *qualifiers: str) -> Row:
    return row("MOA", {1: is_(*qualifiers), (1, 2): comma(field)})


def total(field: str, *qualifiers: str) -> Row:
    """An amount of the whole document: its currency is the document's, where CUX says none."""
    return row("MOA", {1: is_(*qualifiers), (1, 2): comma(field), (1, 3): of_all("currency")})


def unit(directory: Directory, field: str = "unit") -> Cell:
    written = {code: code for code in codes.EDIFACT_UNITS.values()}
    return code(field, codes.EDIFACT_UNITS, written | (codes.OLD_UNITS if directory.is_old else {}))


def qty(directory: Directory, field: str, *qualifiers: str, units: str = "unit") -> Row:
    return row("QTY", {1: is_(*qualifiers), (1, 2): comma(field), (1, 3): unit(directory, units)})


def order_reference(*more: Row) -> Loop:
    """RFF+ON:number:line:revision, and the day of the order."""
    cells: dict[Place, Cell] = {
        1: is_("ON", "CO"),
        (1, 2): text("order.number", 35),
        (1, 3): text("order.line", 6),
        (1, 4): whole("order.revision"),
    }
    return section(row("RFF", cells), dtm("order.ordered_on", "171"), *more)


def price(directory: Directory) -> Row:
    cells: dict[Place, Cell] = {
        1: is_("AAA", "AAB", "CAL", "1E", "INV"),
        (1, 2): comma("price"),
        (1, 5): Cell(field="price_basis", read=values.number_or_comma, write=_basis),
        (1, 6): unit(directory, "price_unit"),
    }
    return row("PRI", cells)


def _basis(basis: Any) -> str:
    return "" if basis == 1 else f"{basis:f}"


def description(directory: Directory) -> Row:
    """IMD in free form; a description too long for one goes on in the next."""
    said = wrapped("item.description", directory.description, (3, 4), (3, 5), repeats=True)
    return row("IMD", {1: puts("F"), **said})


def lin(first: dict[Place, Cell]) -> Row:
    """LIN with the GTIN; other numbers of the item stand in PIA."""
    return row("LIN", first, pairs=_numbers(3, codes.EDIFACT_ITEMS, most=1, written=codes.GTIN_ONLY))


def _numbers(start: int, fields: dict[str, str], **more: Any) -> Pairs:
    return Pairs(start=start, fields=fields, is_composite=True, **more)


_SUBSTITUTED = is_("3", "4")
_OTHERS = [row("PIA", {1: puts("5")}, pairs=_numbers(2, codes.EDIFACT_ITEMS, most=5, written=codes.OTHERS))]
PIA_OF_ANSWER = [
    row("PIA", {1: _SUBSTITUTED}, pairs=_numbers(2, codes.of_substitute(codes.EDIFACT_ITEMS), most=5)),
    *_OTHERS,
]
"""Where another item may be offered instead."""
PIA = [heard("PIA", {1: _SUBSTITUTED}), *_OTHERS]


def parties(*more: Row) -> Loop:
    return loop(
        "parties",
        Party,
        row(
            "NAD",
            {
                1: code("role", codes.EDIFACT_ROLES, is_kept=True),
                (2, 1): text("id", 35),
                (2, 3): code("id_scheme", codes.EDIFACT_SCHEMES, is_kept=True),
                **wrapped("name", NAME, (4, 1), (4, 2), (4, 3)),
                (5, 1): adds("street", 35),
                (5, 2): adds("street", 35),
                (5, 3): adds("street", 35),
                6: text("city", 35),
                7: text("region", 9),
                8: text("postal_code", 17),
                9: text("country", 3),
            },
        ),
        *more,
        *passed("LOC FII"),
        rff("tax_number", "VA"),
        loop(
            "identifiers",
            Identifier,
            row("RFF", {1: code("scheme", codes.EDIFACT_PARTY_NUMBERS, is_tested=True), (1, 2): text("value", 35)}),
        ),
        *passed("RFF DTM DOC"),
        row("CTA", {1: puts("OC"), (2, 2): text("contact.name", NAME)}),
        row("COM", {(1, 1): text("contact.phone", 70), (1, 2): is_("TE")}),
        row("COM", {(1, 1): text("contact.email", 70), (1, 2): is_("EM")}),
        *passed("COM"),
    )


def notes(directory: Directory) -> Row:
    """One note a segment, in up to five pieces."""
    places = [(4, piece) for piece in range(1, 6)]
    return row("FTX", {1: puts("AAI"), **wrapped("notes", directory.note, *places, is_many=True)})


def currency(kind: str) -> Row:
    return row("CUX", {1: is_("2"), (1, 2): text("currency", 3), (1, 3): puts(kind)})


def adjustments() -> Loop:
    return loop(
        "adjustments",
        Adjustment,
        row(
            "ALC",
            {
                1: code("is_charge", {"C": True, "A": False}, is_tested=True),
                (5, 1): text("code", 17),
                (5, 4): text("reason", 35),
            },
        ),
        row("PCD", {1: is_("3", "1", "2"), (1, 2): comma("percent")}),
        moa("amount", "8", "23", "204"),
        moa("base", "25"),
        row("TAX", {1: puts("7"), 2: puts("VAT"), (5, 4): comma("tax_percent")}),
        *passed("ALI DTM RNG MOA QTY"),
    )


def terms(*more: Row) -> list[Row | Loop]:
    """PAT with its days after the invoice; a discount is a PAT of its own."""

    def after(field: str) -> dict[Place, Cell]:
        parts = ((1, "5"), (2, "3"), (3, "D"))
        said: dict[Place, Cell] = {(3, part): puts(constant, beside=field) for part, constant in parts}
        return {**said, (3, 4): whole(field)}

    return [
        section(
            row("PAT", {1: is_("22"), **after("terms.discount_days")}),
            row("PCD", {1: is_("12"), (1, 2): comma("terms.discount_percent")}),
        ),
        section(row("PAT", {1: puts("1"), (2, 4): text("terms.text", 35), **after("terms.net_days")}), *more),
    ]


def handover() -> list[Row | Loop]:
    return [
        section(
            row("TOD", {1: puts("3"), (3, 1): text("handover.incoterm", 3)}),
            row("LOC", {1: is_("1"), (2, 4): text("handover.place", 70)}),
        ),
        *passed("LOC"),
    ]


def totals(counted: str = "", *more: Row | Loop) -> Loop:
    """What stands after the lines, with their count."""
    control = [row("CNT", {1: is_("2"), (1, 2): counts(counted)})] if counted else []
    return section(row("UNS", {1: puts("S")}, is_always=True), *more, *control, *passed("CNT"), area=SUMMARY)
