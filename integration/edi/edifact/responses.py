"""What a supplier answers to an order or a change: ORDRSP.

The header is said in BGM twice, as 4343 and as 1225; the first that is known counts. Lines say in LIN what becomes of
them; UNCL1229 is coarser than our words, so a changed line is *changed* and its figures say what changed.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Slot
from integration.edi.edifact.parts import (
    GENERATIONS,
    PIA_OF_ANSWER,
    Directory,
    currency,
    description,
    dtm,
    lin,
    moa,
    notes,
    order_reference,
    parties,
    price,
    qty,
    rff,
    total,
    totals,
    unit,
)
from integration.edi.signs import EDIFACT
from integration.edi.tables import DETAIL, Map, code, comma, day, heard, is_, loop, passed, puts, row, text
from procurement.confirmations import glossary
from procurement.confirmations.glossary import READ, UNCL1225, UNCL1229, UNCL4343, WRITTEN


@dataclass(frozen=True, kw_only=True)
class Line(ResponseLine):
    """A line as some senders write it: what comes, and when, beside the quantity and not in a schedule."""

    code: str = ""
    coming: Decimal | None = None
    on: date | None = None


def heard_response(said: Any) -> OrderResponse:
    """``said`` is an answer whose lines are Line."""
    return replace(said, lines=tuple(_heard(line, said.code) for line in said.lines))


def _heard(line: Line, header: str) -> ResponseLine:
    """A line without a code of its own is answered by the header, if that says something of every line."""
    kept: dict[str, Any] = {each.name: getattr(line, each.name) for each in fields(ResponseLine)}
    if not line.code and header in (glossary.ACCEPTED, glossary.REJECTED):
        kept["code"] = header
    quantity = line.coming if line.coming is not None else line.quantity
    is_said = line.on is not None or line.coming not in (None, line.quantity)
    if not line.schedule and is_said and quantity is not None and kept["code"] not in glossary.NOTHING_COMES:
        kept["schedule"] = (Slot(quantity=quantity, on=line.on),)
    return ResponseLine(**kept)


def _response(directory: Directory) -> Map:
    return Map(
        syntax=EDIFACT,
        kind="ORDRSP",
        generation=directory.name,
        document=OrderResponse,
        shape=OrderResponse,
        rows=[
            row(
                "BGM",
                {
                    1: puts("231"),
                    (2, 1): text("number", 35),
                    3: replace(code("code", READ[UNCL1225], WRITTEN[UNCL1225]), is_told=True),
                    4: code("code", READ[UNCL4343], WRITTEN[UNCL4343], is_tested=True),
                },
            ),
            heard("BGM", {(2, 1): text("number"), 3: code("code", READ[UNCL1225])}),
            dtm("issued_on", "137"),
            *passed("DTM PAI ALI IMD AJT"),
            notes(directory),
            order_reference(),
            rff("change", "PP", "ACW"),
            rff("supplier_reference", "VN", "SS"),
            *passed("RFF"),
            parties(),
            currency("9"),
            *passed("DTM TAX PAT PCD TDT TOD LOC ALC MOA DOC EQD PAC SCC"),
            loop(
                "lines",
                Line,
                lin({1: text("number", 6), 2: code("code", READ[UNCL1229], WRITTEN[UNCL1229])}),
                *PIA_OF_ANSWER,
                description(directory),
                *passed("IMD MEA GIN GIR HAN ALI"),
                qty(directory, "quantity", "21", "1", "145"),
                heard("QTY", {1: is_("113", "12", "194"), (1, 2): comma("coming"), (1, 3): unit(directory)}),
                *passed("QTY"),
                heard("DTM", {1: is_("67", "69", "2", "17", "79"), (1, 2): day("on")}),
                *passed("DTM"),
                moa("amount", "203"),
                *passed("MOA"),
                row("FTX", {1: is_("CHG"), (4, 1): text("reason", directory.note)}),
                notes(directory),
                price(directory),
                *passed("PRI RFF PAC PCI LOC TAX NAD CTA COM ALC PCD TDT TOD CUX AJT"),
                loop(
                    "schedule",
                    Slot,
                    row("SCC", {1: puts("1")}),
                    qty(directory, "quantity", "113", "21", "12", units="^unit"),
                    dtm("on", "67", "69", "2"),
                ),
                area=DETAIL,
            ),
            totals("lines", total("amount", "86", "79", "128")),
        ],
        heard=heard_response,
    )


MAPS = [_response(directory) for directory in GENERATIONS]
