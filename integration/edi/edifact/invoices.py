"""What a supplier bills or credits: INVOIC."""

from integration.canon.documents import Document
from integration.canon.parts import TaxSubtotal
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice
from integration.edi.edifact.parts import (
    GENERATIONS,
    PIA,
    Directory,
    adjustments,
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
    terms,
    total,
    totals,
)
from integration.edi.signs import EDIFACT
from integration.edi.tables import (
    DETAIL,
    Cell,
    Loop,
    Map,
    Place,
    code,
    comma,
    heard,
    is_,
    loop,
    of_all,
    passed,
    puts,
    row,
    text,
)

TAX_CATEGORIES = {category: category for category in ("S", "Z", "E", "AE", "K", "G", "O", "L", "M", "A", "B", "H")}
"""UNCL5305."""

TAX: dict[Place, Cell] = {1: puts("7"), 2: puts("VAT")}


def _category(field: str) -> Cell:
    return code(field, TAX_CATEGORIES, is_kept=True)


def _line(directory: Directory) -> Loop:
    return loop(
        "lines",
        BilledLine,
        lin({1: text("number", 6)}),
        *PIA,
        description(directory),
        *passed("IMD MEA PCI GIN HAN ALI"),
        qty(directory, "quantity", "47", "12", "46"),
        *passed("QTY DTM"),
        notes(directory),
        moa("amount", "203"),
        *passed("MOA"),
        price(directory),
        *passed("PRI"),
        order_reference(),
        *passed("RFF DTM PAC LOC"),
        row("TAX", {**TAX, (5, 4): comma("tax_percent"), 6: _category("tax_category")}),
        *passed("NAD CTA COM TDT TOD FII"),
        adjustments(),
        area=DETAIL,
    )


def _invoice(document: type[Document], kind: Cell, directory: Directory) -> Map:
    return Map(
        syntax=EDIFACT,
        kind="INVOIC",
        generation=directory.name,
        document=document,
        shape=document,
        rows=[
            row("BGM", {1: kind, (2, 1): text("number", 35), 3: puts("9")}),
            dtm("issued_on", "137"),
            dtm("tax_point", "131", "35"),
            dtm("due_on", "265"),
            *passed("DTM PAI ALI IMD"),
            notes(directory),
            order_reference(),
            rff("ship_notice", "DQ", "AAK"),
            rff("contract", "CT"),
            rff("preceding", "IV", "OI"),
            rff("payment_reference", "PQ"),
            *passed("RFF"),
            row("FII", {1: is_("RB", "BF"), (2, 1): text("account", 35)}),
            parties(heard("FII", {1: is_("RB", "BF"), (2, 1): of_all("account")})),
            currency("4"),
            *terms(dtm("due_on", "13", "140")),
            *passed("TDT TOD LOC PAC MEA EQD RFF TAX"),
            adjustments(),
            _line(directory),
            totals(
                "lines",
                total("line_total", "79"),
                total("net_amount", "125"),
                total("tax_amount", "176"),
                total("amount", "77", "86"),
                total("prepaid", "113"),
                total("rounding", "366"),
                total("payable", "9"),
                *passed("MOA"),
                loop(
                    "taxes",
                    TaxSubtotal,
                    row("TAX", {**TAX, (5, 4): comma("percent"), 6: _category("category"), 8: text("reason", 35)}),
                    moa("base", "125"),
                    moa("amount", "124"),
                    needs="amount",
                ),
            ),
        ],
    )


MAPS = [
    make
    for directory in GENERATIONS
    for make in (
        _invoice(CreditNote, is_("381", "396"), directory),
        _invoice(SupplierInvoice, puts("380"), directory),
    )
]
