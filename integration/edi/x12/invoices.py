"""What a supplier bills or credits: 810."""

from integration.canon.documents import Document
from integration.canon.parts import Adjustment, TaxSubtotal
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice
from integration.edi.signs import X12
from integration.edi.tables import (
    DETAIL,
    SUMMARY,
    Cell,
    Map,
    cents,
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
from integration.edi.x12.parts import (
    ADJUSTMENTS,
    DESCRIPTION,
    FOREIGN,
    LINE_NOTES,
    NOTES,
    PARTIES,
    SAC,
    TERMS,
    date_of,
    quantified,
    reference,
)

TAX_KINDS = {"VA": "S", "EX": "E"}
"""Element 963 as UNCL5305; the tax of a state or city (``ST``, ``CT``) keeps its code."""

TOTALS = section(
    row("TDS", {1: cents("amount")}),
    loop(
        "taxes",
        TaxSubtotal,
        row(
            "TXI",
            {1: code("category", TAX_KINDS, is_kept=True), 2: dec("amount"), 3: dec("percent"), 8: dec("base")},
        ),
        needs="amount",
    ),
    row("AMT", {1: is_("1"), 2: dec("line_total")}),
    row("AMT", {1: is_("N"), 2: dec("net_amount")}),
    row("AMT", {1: is_("T"), 2: dec("tax_amount")}),
    row("AMT", {1: is_("C4"), 2: dec("prepaid")}),
    row("AMT", {1: is_("EAF"), 2: dec("payable")}),
    *passed("AMT CAD ISS"),
    ADJUSTMENTS,
    row("CTT", {1: counts("lines")}),
    area=SUMMARY,
)
LINE = [
    *passed("CRC QTY CUR IT3 CTP MEA PKG PO4 PWK SDQ CAD SR"),
    row("TXI", {1: puts("VA"), 3: dec("tax_percent")}),
    row("PAM", {4: puts("1"), 5: dec("amount")}),
    DESCRIPTION,
    row("REF", {1: is_("PO"), 2: text("order.number", 50)}),
    row("REF", {1: is_("LI"), 2: text("order.line", 50)}),
    *passed("REF DTM ITD"),
    ADJUSTMENTS,
    *LINE_NOTES,
    *FOREIGN,
]


def _invoice(document: type[Document], kind: Cell) -> Map:
    return Map(
        syntax=X12,
        kind="810",
        document=document,
        shape=document,
        rows=[
            row(
                "BIG",
                {
                    1: day("issued_on"),
                    2: text("number", 22),
                    3: day("order.ordered_on"),
                    4: text("order.number", 22),
                    5: whole("order.revision"),
                    7: kind,
                },
            ),
            row("CUR", {1: puts("SE"), 2: text("currency", 3)}),
            reference("contract", "CT"),
            reference("ship_notice", "PK", "SI"),
            reference("preceding", "OI"),
            reference("payment_reference", "PQ"),
            *passed("REF"),
            *NOTES,
            PARTIES,
            row("ITD", TERMS | {6: day("due_on")}),
            date_of("tax_point", "814"),
            *passed("DTM FOB PID MEA PWK PKG L7 PER TD5"),
            loop("adjustments", Adjustment, heard("SAC", SAC)),
            *passed("TXI"),
            loop("lines", BilledLine, quantified("IT1", {1: text("number", 20)}, 2, 3), *LINE, area=DETAIL),
            TOTALS,
        ],
    )


MAPS = [_invoice(CreditNote, is_("CR", "CN")), _invoice(SupplierInvoice, puts("DI"))]
