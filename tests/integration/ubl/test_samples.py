"""Every sample file of others, where that folder is there: kind, number, lines, and what is wrong with it."""

import pytest

from integration.ubl.inbound import read
from tests.integration.xml.reading import row
from tests.samples import sample

UBL = {
    "BII04_XML_example_full_core_data_01-2.xml": ("Invoice", "TOSL108", 5, "hold", "line_amount payable total"),
    "BII04_XML_example_full_core_data_01.xml": ("CreditNote", "TOSL108", 5, "hold", "payable total"),
    "BII04_minimal_VAT_invoice_example_01.xml": (
        "Invoice",
        "TOSL108",
        5,
        "hold",
        "line_amount missing order_missing payable total",
    ),
    "BII04_minimal_invoice_example_02.xml": ("Invoice", "TOSL108", 5, "hold", "line_amount missing order_missing"),
    "CENBII-Order-minimal.xml": ("Order", "", 1, "refuse", "number_missing"),
    "CENBII-RejectOrder-minimal.xml": ("OrderResponseSimple", "66890-9-09", 0, "note", ""),
    "Mobile_Catalogue_UBL.xml": ("Catalogue", "", 0, "refuse", "kind_unknown"),
    "UBL-CreditNote-2.0-Example.xml": ("CreditNote", "CN758494", 1, "hold", "net_total order_missing payable"),
    "UBL-CreditNote-2.1-Example.xml": ("CreditNote", "TOSL108", 5, "hold", "payable total"),
    "UBL-DespatchAdvice-2.0-Example.xml": ("DespatchAdvice", "565899", 1, "note", ""),
    "UBL-Order-2.0-Example-International.xml": ("Order", "AEG012345", 1, "note", ""),
    "UBL-Order-2.0-Example.xml": ("Order", "AEG012345", 1, "hold", "line_amount"),
    "UBL-Order-2.1-Example.xml": ("Order", "34", 2, "note", ""),
    "UBL-OrderCancellation-2.1-Example.xml": ("OrderCancellation", "7", 0, "note", ""),
    "UBL-OrderChange-2.1-Example.xml": ("OrderChange", "34", 1, "note", ""),
    "UBL-OrderResponse-2.1-Example.xml": ("OrderResponse", "7", 2, "hold", "code_missing code_unknown missing"),
    "UBL-OrderResponseSimple-2.1-Example.xml": ("OrderResponseSimple", "7", 0, "note", ""),
    "UBL-Quotation-2.1-Example.xml": ("Quotation", "", 0, "refuse", "kind_unknown"),
    "UBL-ReceiptAdvice-2.0-Example.xml": ("ReceiptAdvice", "658398", 1, "note", ""),
    "UBL-RequestForQuotation-2.1-Example.xml": ("RequestForQuotation", "", 0, "refuse", "kind_unknown"),
}
UBL_XRECHNUNG = {
    "01.01a-INVOICE_ubl.xml": ("Invoice", "123456XX", 2, "hold", "order_missing"),
    "01.02a-INVOICE_ubl.xml": ("Invoice", "123456", 1, "note", ""),
    "01.03a-INVOICE_ubl.xml": ("Invoice", "RR123456", 2, "hold", "order_missing"),
    "04.01a-INVOICE_ubl.xml": ("Invoice", "12345", 2, "note", ""),
    "04.02a-INVOICE_ubl.xml": ("Invoice", "12345", 1, "note", ""),
    "04.03a-INVOICE_ubl.xml": ("Invoice", "12345", 1, "note", ""),
    "04.04a-INVOICE_ubl.xml": ("Invoice", "17794", 1, "hold", "order_missing"),
    "05.01a-INVOICE_ubl.xml": ("Invoice", "123456XX", 2, "hold", "order_missing payable"),
}


FOLDERS = {"ubl": UBL, "ubl-xrechnung": UBL_XRECHNUNG}


@pytest.mark.parametrize(("folder", "name"), [(folder, name) for folder, table in FOLDERS.items() for name in table])
def test_a_sample_is_what_the_table_says(folder, name):
    received = read((sample(folder) / name).read_bytes())

    assert row(received) == FOLDERS[folder][name]


def test_every_sample_is_in_the_table():
    for folder, table in FOLDERS.items():
        assert {path.name for path in sample(folder).iterdir()} == set(table)


ANSWERS = {
    "CENBII-RejectOrder-minimal.xml": ("rejected", "AEG012345"),
    "UBL-OrderResponseSimple-2.1-Example.xml": ("accepted", "34"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_simple_answer_says_yes_or_no(name):
    document = read((sample("ubl") / name).read_bytes()).document

    assert (document.code, document.order.number) == ANSWERS[name]


def test_a_despatch_advice_of_2_0_says_what_is_still_to_come():
    document = read((sample("ubl") / "UBL-DespatchAdvice-2.0-Example.xml").read_bytes()).document
    (line,) = document.lines

    assert (line.quantity, line.outstanding, line.lot, line.order.line) == (90, 10, "546378239", "1")
    assert [who.role for who in document.parties] == ["buyer", "supplier"]
