"""Rows that several transaction sets share."""

from typing import Any

from integration.canon.parts import Adjustment, Identifier, Party
from integration.edi import codes
from integration.edi.tables import (
    Cell,
    Loop,
    Pairs,
    Place,
    Row,
    adds,
    cents,
    code,
    day,
    dec,
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

NAME, NUMBER, FREE = 60, 50, 80
"""Longest elements: 93, 127 and 352."""

PARTIES = loop(
    "parties",
    Party,
    row(
        "N1",
        {
            1: code("role", codes.X12_ROLES, is_kept=True),
            2: text("name", NAME),
            3: code("id_scheme", codes.X12_SCHEMES, is_kept=True),
            4: text("id", 80),
        },
    ),
    *passed("N2"),
    row("N3", {1: adds("street", 55), 2: adds("street", 55)}),
    row("N4", {1: text("city", 30), 2: text("region", 2), 3: text("postal_code", 15), 4: text("country", 3)}),
    row("REF", {1: is_("VX", "TX"), 2: text("tax_number", NUMBER)}),
    loop(
        "identifiers",
        Identifier,
        row("REF", {1: code("scheme", codes.X12_PARTY_NUMBERS, is_tested=True), 2: text("value", NUMBER)}),
    ),
    *passed("REF"),
    row(
        "PER",
        {1: puts("IC"), 2: text("contact.name", NAME)},
        pairs=Pairs(start=3, fields={"TE": "contact.phone", "EM": "contact.email"}, most=3),
    ),
)
NOTES: list[Row | Loop] = [
    section(row("N9", {1: puts("L1"), 2: puts("NOTES")}), row("MSG", {1: adds("notes", 264)})),
    heard("NTE", {2: adds("notes")}),
]
"""Free text of the heading: MSG within N9."""
LINE_NOTES: list[Row | Loop] = [
    section(row("N9", {1: puts("L1"), 2: puts("NOTES")}), row("MSG", {1: adds("notes", 264)})),
    heard("MSG", {1: adds("notes")}),
]
DESCRIPTION = row("PID", {1: puts("F"), 5: Cell(field="item.description", width=FREE, repeats=True)})
FOREIGN = passed("N1 N2 N3 N4 PER SLN")
"""Parties and parts of a line: known, and not kept. Without these rows they would be the heading's."""

TERMS: dict[Place, Cell] = {
    1: puts("14"),
    2: puts("3"),
    3: dec("terms.discount_percent"),
    5: whole("terms.discount_days"),
    7: whole("terms.net_days"),
    12: text("terms.text", FREE),
}
HANDOVER = row(
    "FOB",
    {1: puts("DF"), 4: puts("01"), 5: text("handover.incoterm", 3), 6: puts("ZZ"), 7: text("handover.place", FREE)},
)
SAC: dict[Place, Cell] = {
    1: code("is_charge", {"C": True, "A": False}, is_tested=True),
    2: text("code", 4),
    5: cents("amount"),
    6: puts("Z", beside="percent"),
    7: dec("percent"),
    15: text("reason", FREE),
}
ADJUSTMENTS = loop("adjustments", Adjustment, row("SAC", SAC))
BASIS = code("price_basis", codes.X12_BASES, {1: "", 100: "HP", 1000: "TP"})


def unit(field: str = "unit") -> Cell:
    return code(field, codes.X12_UNITS)


def items(start: int, **more: Any) -> Pairs:
    return Pairs(start=start, fields=codes.X12_ITEMS, **more)


def quantified(tag: str, first: dict[Place, Cell], quantity: int, units: int) -> Row:
    """PO1, POC, IT1: what comes first, the quantity; from element *units* on the unit, price, basis and numbers."""
    cells: dict[Place, Cell] = {quantity: dec("quantity"), units: unit(), units + 1: dec("price"), units + 2: BASIS}
    return row(tag, {**first, **cells}, pairs=items(units + 3))


def date_of(field: str, *qualifiers: str) -> Row:
    return row("DTM", {1: is_(*qualifiers), 2: day(field)})


def reference(field: str, *qualifiers: str) -> Row:
    return row("REF", {1: is_(*qualifiers), 2: text(field, NUMBER)})
