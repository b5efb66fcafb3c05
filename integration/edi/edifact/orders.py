"""What we send a supplier about an order: ORDERS, and ORDCHG as a change or as a cancellation."""

from integration.canon import order_changes
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import ChangedLine, OrderChange
from integration.canon.parts import Slot
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.edi.edifact.parts import (
    GENERATIONS,
    PIA,
    Directory,
    adjustments,
    currency,
    description,
    dtm,
    handover,
    lin,
    moa,
    notes,
    order_reference,
    parties,
    price,
    qty,
    rff,
    terms,
    total,
    totals,
)
from integration.edi.signs import EDIFACT
from integration.edi.tables import DETAIL, Loop, Map, Row, code, comma, is_, loop, passed, puts, row, text, whole

ACTIONS = {
    "3": order_changes.CHANGE, "1": order_changes.ADD, "2": order_changes.DELETE, "4": order_changes.KEEP,
    "74": order_changes.REOPEN, "14": order_changes.CHANGE,
}  # fmt: skip
"""UNCL1229 of a line of ORDCHG."""
CHANGES, CANCELS = "4", "1"
"""UNCL1225 of the whole message."""


def heading(directory: Directory, contract: str = "CT") -> list[Row | Loop]:
    """What ORDERS and ORDCHG say before the lines."""
    return [
        dtm("issued_on", "137"),
        dtm("need_by", "2", "64"),
        *passed("DTM PAI ALI IMD"),
        notes(directory),
        rff("contract", contract),
        *passed("RFF"),
        parties(),
        currency("9"),
        *passed("DTM"),
        *terms(),
        *passed("TDT EQD PAC MEA PCI SCC"),
        *handover(),
        adjustments(),
    ]


def line(directory: Directory) -> list[Row | Loop]:
    """What ORDERS and ORDCHG say of a line."""
    return [
        *PIA,
        description(directory),
        *passed("IMD MEA GIN GIR HAN ALI"),
        qty(directory, "quantity", "21", "1", "59"),
        *passed("QTY"),
        dtm("need_by", "2", "64", "364", "69"),
        moa("amount", "203"),
        *passed("MOA DTM"),
        notes(directory),
        price(directory),
        *passed("PRI RFF PAC PCI LOC"),
        row("TAX", {1: puts("7"), 2: puts("VAT"), (5, 4): comma("tax_percent")}),
        *passed("NAD CTA COM ALC PCD RNG TDT TOD CUX"),
        loop(
            "schedule",
            Slot,
            row("SCC", {1: puts("1")}),
            qty(directory, "quantity", "21", units="^unit"),
            dtm("on", "2"),
        ),
    ]


def _order(directory: Directory) -> Map:
    number = {1: puts("220"), (2, 1): text("number", 35), 3: puts("9")}
    revision = {(2, 3): whole("revision")}
    old = row("RFF", {1: is_("ON"), (1, 2): text("number", 35), (1, 4): whole("revision")})
    return Map(
        syntax=EDIFACT,
        kind="ORDERS",
        generation=directory.name,
        document=PurchaseOrder,
        shape=PurchaseOrder,
        rows=[
            row("BGM", number if directory.is_old else number | revision),
            *([old] if directory.is_old else []),
            *heading(directory),
            loop("lines", PurchaseOrderLine, lin({1: text("number", 6)}), *line(directory), area=DETAIL),
            totals("lines", total("amount", "86", "79", "128")),
        ],
    )


def _change(directory: Directory) -> Map:
    return Map(
        syntax=EDIFACT,
        kind="ORDCHG",
        generation=directory.name,
        document=OrderChange,
        shape=OrderChange,
        rows=[
            row("BGM", {1: puts("230"), (2, 1): text("change", 35), 3: puts(CHANGES)}),
            row("RFF", {1: is_("ON"), (1, 2): text("number", 35), (1, 4): whole("revision")}),
            row("FTX", {1: is_("CHG"), (4, 1): text("reason", directory.note)}),
            *heading(directory),
            loop(
                "lines",
                ChangedLine,
                lin({1: text("number", 6), 2: code("action", ACTIONS)}),
                *line(directory),
                area=DETAIL,
            ),
            totals("lines", total("amount", "86", "79", "128")),
        ],
    )


def _cancellation(directory: Directory) -> Map:
    return Map(
        syntax=EDIFACT,
        kind="ORDCHG",
        generation=directory.name,
        document=OrderCancellation,
        shape=OrderCancellation,
        rows=[
            row("BGM", {1: puts("230"), (2, 1): text("number", 35), 3: is_(CANCELS)}),
            dtm("issued_on", "137"),
            row("FTX", {1: is_("CHG"), (4, 1): text("reason", directory.note)}),
            notes(directory),
            order_reference(),
            parties(),
            totals(),
        ],
    )


MAPS = [make(directory) for directory in GENERATIONS for make in (_order, _cancellation, _change)]
