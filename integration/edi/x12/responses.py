"""What a supplier answers: 855 to an order, 865 to a change of it.

A line carries as many ACK as it has parts: each is a code, and a quantity and day of the schedule where it says them.
Some senders put the days into SCH instead.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Item, Slot
from integration.edi import codes
from integration.edi.signs import X12
from integration.edi.tables import (
    DETAIL,
    SUMMARY,
    Cell,
    Map,
    Pairs,
    code,
    counts,
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
from integration.edi.x12.orders import ACTIONS
from integration.edi.x12.parts import (
    DESCRIPTION,
    FOREIGN,
    LINE_NOTES,
    NOTES,
    PARTIES,
    date_of,
    quantified,
    unit,
)
from procurement.confirmations import glossary
from procurement.confirmations.glossary import READ, WRITTEN, X12_587, X12_668


@dataclass(frozen=True, kw_only=True)
class Ack:
    """One ACK."""

    code: str
    said: str = ""
    quantity: Decimal | None = None
    on: date | None = None
    reason: str = ""
    substitute: Item | None = None


@dataclass(frozen=True, kw_only=True)
class AckLine:
    """A line as 855 and 865 write it."""

    number: str
    item: Item
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    price_basis: Decimal = Decimal(1)
    amount: Decimal | None = None
    action: str = ""
    on: date | None = None
    acks: tuple[Ack, ...] = ()
    schedule: tuple[Slot, ...] = ()
    notes: tuple[str, ...] = ()


LINE = [
    *passed("CUR CTP MEA PKG PO4 REF TD5 SDQ MAN QTY TC2 PWK"),
    DESCRIPTION,
    row("AMT", {1: is_("1"), 2: dec("amount")}),
    loop(
        "acks",
        Ack,
        row(
            "ACK",
            {
                1: code("code", READ[X12_668], WRITTEN[X12_668]),
                (1, 0): Cell(field="said", write=lambda said: ""),  # the same element as it came: R1 to R8 say why
                2: dec("quantity"),
                3: unit("^unit"),
                4: puts("067", beside="on"),
                5: day("on"),
                29: text("reason", 30),
            },
            pairs=Pairs(start=7, fields=codes.of_substitute(codes.X12_ITEMS)),
        ),
        heard("DTM", {2: day("on")}),
    ),
    date_of("on", "067", "068", "002", "017"),
    *passed("DTM"),
    loop("schedule", Slot, heard("SCH", {1: dec("quantity"), 6: day("on")})),
    *passed("ITD SAC FOB TD1 TXI"),
    *LINE_NOTES,
    *FOREIGN,
]

ANSWER = code("code", READ[X12_587], WRITTEN[X12_587])
HEADING = [
    row("CUR", {1: puts("SE"), 2: text("currency", 3)}),
    *passed("REF PER FOB TD5 TD1 TD3 ITD DTM CSH PKG PWK TAX SAC"),
    *NOTES,
    PARTIES,
]
TOTALS = section(row("CTT", {1: counts("lines")}), row("AMT", {1: is_("TT", "1"), 2: dec("amount")}), area=SUMMARY)


def heard_response(said: Any) -> OrderResponse:
    """``said`` is an answer whose lines are AckLine."""
    return replace(said, lines=tuple(_heard(line, said.code) for line in said.lines))


def told_response(response: OrderResponse) -> Any:
    lines: Any = tuple(_told(line) for line in response.lines)
    return replace(response, lines=lines)


def _heard(line: AckLine, header: str) -> ResponseLine:
    """The parts of a line together. Without ACK the header says what became of it, if it says so of every line."""
    word = glossary.together(ack.code for ack in line.acks) if line.acks else header
    if not line.acks and header not in (glossary.ACCEPTED, glossary.REJECTED):
        word = ""
    reasons = [ack.reason or (ack.said if ack.said[:1] == "R" else "") for ack in line.acks]
    return ResponseLine(
        number=line.number,
        code=word,
        item=line.item,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        price_basis=line.price_basis,
        amount=line.amount,
        schedule=_slots(line, word),
        substitute=next((ack.substitute for ack in line.acks if ack.code == glossary.SUBSTITUTED), None),
        reason=", ".join(dict.fromkeys(filter(None, reasons))),
        notes=line.notes,
    )


def _slots(line: AckLine, word: str) -> tuple[Slot, ...]:
    """What comes when. One ACK that repeats the quantity and no day says nothing of a schedule."""
    coming = [ack for ack in line.acks if ack.code not in glossary.NOTHING_COMES]
    if not coming:
        return ()
    if line.schedule and not any(ack.on for ack in coming):
        return tuple(row for row in line.schedule if row.quantity)
    if len(line.acks) == 1 and not (coming[0].on or line.on) and coming[0].quantity in (None, line.quantity):
        return ()
    return tuple(
        Slot(quantity=quantity, on=ack.on or line.on, code=ack.code if ack.code != word else "")
        for ack in coming
        if (quantity := ack.quantity if ack.quantity is not None else line.quantity) is not None
    )


def _told(line: ResponseLine) -> AckLine:
    acks = tuple(Ack(code=row.code or line.code, quantity=row.quantity, on=row.on) for row in line.schedule)
    acks = acks or (Ack(code=line.code, quantity=line.quantity),)
    first = replace(acks[0], reason=line.reason, substitute=line.substitute)
    return AckLine(
        number=line.number,
        item=line.item,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        price_basis=line.price_basis,
        amount=line.amount,
        action="",
        acks=(first, *acks[1:]),
        notes=line.notes,
    )


RESPONSE = Map(
    syntax=X12,
    kind="855",
    document=OrderResponse,
    shape=OrderResponse,
    rows=[
        row(
            "BAK",
            {
                1: puts("00"),
                2: ANSWER,
                3: text("order.number", 22),
                4: day("order.ordered_on"),
                5: whole("order.revision"),
                8: text("supplier_reference", 50),
                9: day("issued_on"),
            },
        ),
        row("REF", {1: is_("ACK"), 2: text("number", 50)}),
        *HEADING,
        loop("lines", AckLine, quantified("PO1", {1: text("number", 20)}, 2, 3), *LINE, area=DETAIL),
        TOTALS,
    ],
    heard=heard_response,
    told=told_response,
)
CHANGE_RESPONSE = Map(
    syntax=X12,
    kind="865",
    document=OrderResponse,
    shape=OrderResponse,
    rows=[
        row(
            "BCA",
            {
                1: puts("00"),
                2: ANSWER,
                3: text("order.number", 22),
                4: whole("order.revision"),
                5: text("change", 8),
                6: day("order.ordered_on"),
                9: text("supplier_reference", 50),
                10: day("issued_on"),
            },
        ),
        row("REF", {1: is_("ACK"), 2: text("number", 50)}),
        *HEADING,
        loop(
            "lines",
            AckLine,
            quantified("POC", {1: text("number", 20), 2: code("action", ACTIONS)}, 3, 5),
            *LINE,
            area=DETAIL,
        ),
        TOTALS,
    ],
    heard=heard_response,
    told=told_response,
)
MAPS = [RESPONSE, CHANGE_RESPONSE]
