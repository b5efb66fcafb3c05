"""What we tell a supplier about goods that arrived: RECADV."""

from integration.canon.receipt_advices import AdvisedLine, ReceiptAdvice
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
)
from integration.edi.signs import EDIFACT
from integration.edi.tables import DETAIL, SUMMARY, Map, counts, is_, loop, passed, puts, row, section, text


def _advice(directory: Directory) -> Map:
    return Map(
        syntax=EDIFACT,
        kind="RECADV",
        generation=directory.name,
        document=ReceiptAdvice,
        shape=ReceiptAdvice,
        rows=[
            row("BGM", {1: puts("632"), (2, 1): text("number", 35), 3: puts("9")}),
            dtm("issued_on", "137"),
            dtm("received_on", "50"),
            *passed("DTM ALI"),
            notes(directory),
            order_reference(),
            rff("ship_notice", "AAK", "DQ"),
            *passed("RFF"),
            parties(),
            *passed("TDT EQD DTM"),
            section(
                row("CPS", {1: puts("1")}),
                *passed("PAC MEA QTY PCI GIN RFF DTM"),
                loop(
                    "lines",
                    AdvisedLine,
                    lin({1: text("number", 6)}),
                    *PIA,
                    description(directory),
                    *passed("IMD MEA"),
                    qty(directory, "received", "48", "194"),
                    qty(directory, "short", "119"),
                    qty(directory, "rejected", "195"),
                    *passed("QTY QVR DTM"),
                    row("FTX", {1: is_("CHG"), (4, 1): text("reason", directory.note)}),
                    *passed("FTX"),
                    order_reference(),
                    *passed("RFF"),
                    section(row("PCI", {1: puts("17")}), row("GIN", {1: is_("BX"), (2, 1): text("lot", 35)})),
                    *passed("GIN NAD LOC DTM"),
                ),
                area=DETAIL,
            ),
            section(row("CNT", {1: is_("2"), (1, 2): counts("lines")}), *passed("CNT"), area=SUMMARY),
        ],
    )


MAPS = [_advice(directory) for directory in GENERATIONS]
