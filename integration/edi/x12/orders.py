"""What we send a supplier about an order: 850, and 860 as a change or as a cancellation."""

from integration.canon import order_changes
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import ChangedLine, OrderChange
from integration.canon.parts import Slot
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.edi.signs import X12
from integration.edi.tables import (
    DETAIL,
    SUMMARY,
    Map,
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
from integration.edi.x12.parts import (
    ADJUSTMENTS,
    DESCRIPTION,
    FOREIGN,
    HANDOVER,
    LINE_NOTES,
    NOTES,
    PARTIES,
    TERMS,
    date_of,
    quantified,
    reference,
    unit,
)

ACTIONS = {
    "CA": order_changes.CHANGE, "AI": order_changes.ADD, "DI": order_changes.DELETE, "NC": order_changes.KEEP,
    "OA": order_changes.REOPEN, "PC": order_changes.CHANGE, "QD": order_changes.CHANGE, "QI": order_changes.CHANGE,
    "RS": order_changes.CHANGE, "RZ": order_changes.CHANGE, "CT": order_changes.CHANGE, "PQ": order_changes.CHANGE,
}  # fmt: skip
"""Element 670."""

HEADING = [
    row("CUR", {1: puts("BY"), 2: text("currency", 3)}),
    reference("contract", "CT"),
    *passed("REF"),
    HANDOVER,
    ADJUSTMENTS,
    row("ITD", TERMS),
    date_of("need_by", "002", "106"),
    *passed("DTM PKG TD5 TD1 TD3 TD4 CSH PWK MEA PID MAN CTP SAC PER AMT TAX"),
    *NOTES,
    PARTIES,
]
LINE = [
    *passed("CUR PO3 CTP MEA PKG PO4 REF TD5 SDQ MAN QTY TC2"),
    DESCRIPTION,
    row("TXI", {1: puts("VA"), 3: dec("tax_percent")}),
    row("AMT", {1: is_("1"), 2: dec("amount")}),
    date_of("need_by", "002", "018", "106", "067"),
    *passed("DTM ITD SAC FOB TD1"),
    loop(
        "schedule", Slot, row("SCH", {1: dec("quantity"), 2: unit("^unit"), 5: puts("002", beside="on"), 6: day("on")})
    ),
    *LINE_NOTES,
    *FOREIGN,
]
TOTALS = section(row("CTT", {1: counts("lines")}), row("AMT", {1: is_("TT", "1"), 2: dec("amount")}), area=SUMMARY)

ORDER = Map(
    syntax=X12,
    kind="850",
    document=PurchaseOrder,
    shape=PurchaseOrder,
    rows=[
        row("BEG", {1: puts("00"), 2: puts("SA"), 3: text("number", 22), 4: whole("revision"), 5: day("issued_on")}),
        *HEADING,
        loop("lines", PurchaseOrderLine, quantified("PO1", {1: text("number", 20)}, 2, 3), *LINE, area=DETAIL),
        TOTALS,
    ],
)
CHANGED = quantified("POC", {1: text("number", 20), 2: code("action", ACTIONS)}, 3, 5)
CHANGE = Map(
    syntax=X12,
    kind="860",
    document=OrderChange,
    shape=OrderChange,
    rows=[
        row(
            "BCH",
            {
                1: puts("04"),
                2: puts("SA"),
                3: text("number", 22),
                4: whole("revision"),
                5: text("change", 8),
                6: day("issued_on"),
            },
        ),
        reference("reason", "ZZ"),
        *HEADING,
        loop("lines", ChangedLine, CHANGED, *LINE, area=DETAIL),
        TOTALS,
    ],
)
CANCELLATION = Map(
    syntax=X12,
    kind="860",
    document=OrderCancellation,
    shape=OrderCancellation,
    rows=[
        row(
            "BCH",
            {
                1: is_("01", "03"),
                2: puts("SA"),
                3: text("order.number", 22),
                4: whole("order.revision"),
                5: text("number", 8),
                6: day("issued_on"),
                11: day("order.ordered_on"),
            },
        ),
        reference("reason", "ZZ"),
        *passed("CUR REF PER FOB ITD DTM TD5"),
        *NOTES,
        PARTIES,
        *passed("POC PID CTT AMT"),
    ],
)
MAPS = [ORDER, CANCELLATION, CHANGE]
