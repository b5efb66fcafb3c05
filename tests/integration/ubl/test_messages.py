"""One file of each kind: what it says, that we write it so, and what is wrong when something is."""

import os
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import peppol
import pytest

from integration.canon.checks import check
from integration.canon.faults import Level
from integration.canon.parts import OrderReference, Slot
from integration.canon.rules import Known
from integration.canon.texts import Unsayable
from integration.ubl.inbound import read
from integration.ubl.names import PROFILES
from integration.ubl.outbound import sayable, write
from tests.integration.ubl.schemas import FOLDER, validate
from tests.integration.xml.examples import EXAMPLES, INVOICE, NUMBER, ORDER, RESPONSE
from tests.integration.xml.reading import finds, never_raises

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name):
    return (FIXTURES / f"{name}.xml").read_bytes()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_says_what_was_written(name):
    """With WRITE_FIXTURES=1 in the environment the files are written anew."""
    document = EXAMPLES[name]
    if os.environ.get("WRITE_FIXTURES"):
        (FIXTURES / f"{name}.xml").write_bytes(write(document))

    assert write(document) == fixture(name)
    received = read(fixture(name))
    assert received.document == sayable(document)
    assert received.faults == ()
    assert received.control
    assert {received.sender, received.receiver} == {"0088:8712345000004", "0088:4012345500004"}
    validate(fixture(name))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_schema_finds_what_is_out_of_order(name):
    if not FOLDER.is_dir():
        pytest.skip(f"There is no {FOLDER}: set STANDARDS to the folder that holds ubl-2.1.")
    issued = re.search(rb"<cbc:IssueDate>.*?</cbc:IssueDate>", fixture(name))[0]
    broken = fixture(name).replace(issued, b"", 1).replace(b"<cbc:ID>", issued + b"<cbc:ID>", 1)

    with pytest.raises(AssertionError, match="not expected"):
        validate(broken)


@pytest.mark.parametrize("name", EXAMPLES)
def test_hardly_anything_is_lost(name):
    """Apart from the parties' details, which short messages leave out, and what a line says only by the document."""
    document = EXAMPLES[name]
    kept = replace(sayable(document), parties=document.parties)

    assert kept == document


def test_each_profile_is_what_peppol_calls_it():
    assert [each.transaction for each in PROFILES] == [
        "T01",
        "T76",
        "T114",
        "T115",
        "T116",
        "T16",
        "T111",
        "T10",
        "T14",
    ]
    assert b"urn:fdc:peppol.eu:poacc:trns:order_response:3<" in fixture("order_response")
    assert b"urn:fdc:peppol.eu:poacc:trns:order_response_advanced:3<" in write(replace(RESPONSE, change="1"))
    assert b">30</cbc:OrderResponseCode" in write(replace(RESPONSE, change="1"))
    assert b">CA</cbc:OrderResponseCode" in fixture("order_response")


@pytest.mark.parametrize("name", ["invoice", "credit_note"])
def test_an_invoice_keeps_the_rules_of_peppol_billing(name):
    raw = fixture(name)

    assert peppol.validate_xsd(raw) == (True, [])
    assert [str(each) for each in peppol.check_rules(raw)] == []


def test_the_rules_of_peppol_billing_find_a_wrong_total():
    raw = fixture("invoice").replace(b">499.8<", b">499.9<")

    assert "BR-CO-15" in {each.rule_id for each in peppol.check_rules(raw)}


FAULTS = [
    ("invoice", b"79.8<", b"89.8<", "total tax_amount", Level.HOLD, ""),
    ("invoice", b'">325<', b'">335<', "line_amount lines_total", Level.HOLD, "lines[1].amount"),
    ("invoice", b">RE-2026-77</cbc:ID>", b"></cbc:ID>", "number_missing", Level.REFUSE, "number"),
    ("invoice", b"2026-03-21", b"2026-02-31", "unreadable date_missing", Level.HOLD, "/Invoice/IssueDate"),
    ("invoice", b'currencyID="EUR">325', b'currencyID="USD">325', "currency_mixed", Level.HOLD, "/@currencyID"),
    ("invoice", b'">250<', b'">2,50<', "unreadable line_amount", Level.HOLD, "/Invoice/InvoiceLine[1]/InvoicedQuantity"),
    ("invoice", b"<cbc:BaseQuantity", b"<cbc:Bulk/><cbc:BaseQuantity", "element_unknown", Level.NOTE, "/Price/Bulk"),
    ("order_response", NUMBER.encode(), b"", "order_missing", Level.REFUSE, "order"),
    ("order_response", b">CA<", b">ZZ<", "code_unknown", Level.HOLD, "/OrderResponse/OrderResponseCode"),
    ("order_response", b">3</cbc:LineS", b">Disputed</cbc:LineS", "code_unknown code_missing", Level.HOLD, "LineStatusCode"),
    ("despatch_advice", b"106141412345678908", b"106141412345678909", "sscc_wrong", Level.REFUSE, "units"),
    ("despatch_advice", b">2026-03-20<", b">2026-03-10<", "dates_impossible", Level.HOLD, "arrives_on"),
    ("receipt_advice", b">240<", b">-240<", "negative", Level.HOLD, "lines[1].received"),
    ("order", b'unitCode="EA">200', b'unitCode="CS">200', "unit_differs", Level.HOLD, "/OrderLine[1]/LineItem/Delivery[1]"),
    ("receipt_advice", b'unitCode="EA">10<', b'unitCode="CS">10<', "unit_differs", Level.HOLD, "/ReceiptLine/ShortQuantity"),
    ("order", b'">474<', b'">475<', "total", Level.HOLD, "amount"),
    ("order", b">200<", b">220<", "schedule_sum", Level.HOLD, "lines[1].schedule"),
    ("order", b"xsd:Order-2", b"xsd:Orders-2", "kind_unknown", Level.REFUSE, "/Order"),
    ("order", b"urn:oasis:names:specification:ubl:schema:xsd:Order-2", b"urn:oasis:names:tc:ubl:Order:1:0", "kind_unknown", Level.REFUSE, "/Order"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "codes", "level", "where"), FAULTS)
def test_what_is_wrong_is_named_with_its_place(name, old, new, codes, level, where):
    assert old in fixture(name)
    finds(read(fixture(name).replace(old, new)), codes, level, where)


def test_an_order_that_is_not_ours_is_named():
    known = Known(has_order=lambda number: False)

    assert "order_unknown" in {fault.code for fault in read(fixture("order_response"), known).faults}


def test_damage_is_never_an_exception():
    never_raises(read, [fixture(name) for name in EXAMPLES])


def test_a_file_that_was_cut_anywhere_is_refused():
    raw = fixture("invoice")
    for end in range(0, len(raw) - 20, 97):
        assert read(raw[:end]).level == Level.REFUSE


def test_what_ubl_cannot_say_is_never_sent():
    held = replace(RESPONSE, lines=(replace(RESPONSE.lines[0], code="on_hold"),))
    unnumbered = replace(ORDER, lines=(replace(ORDER.lines[0], number=""),))
    nowhere = replace(INVOICE, parties=())

    for document, word in ((held, "on_hold"), (unnumbered, "number"), (nowhere, "supplier")):
        with pytest.raises(Unsayable, match=word):
            write(document)
    with pytest.raises(Unsayable, match="control character"):
        write(replace(ORDER, notes=("bell \x07",)))


def test_a_day_for_the_whole_answer_is_that_of_its_lines():
    period = b"<cac:PromisedDeliveryPeriod><cbc:EndDate>2026-05-01</cbc:EndDate></cac:PromisedDeliveryPeriod>"
    raw = fixture("order_response").replace(
        b"<cac:OrderLine>", b"<cac:Delivery>" + period + b"</cac:Delivery><cac:OrderLine>", 1
    )
    gloves = read(raw).document.lines[1]

    assert [str(slot.on) for slot in gloves.schedule] == ["2026-05-01"]
    headed = raw[: raw.index(b"<cac:OrderLine>")] + b"</OrderResponse>"
    assert "promise_without_lines" in {fault.code for fault in read(headed).faults}


def test_what_comes_later_is_a_row_without_a_day():
    line = b'<cbc:MaximumBackorderQuantity unitCode="PR">5</cbc:MaximumBackorderQuantity>'
    raw = fixture("order_response").replace(b">20</cbc:Quantity>", b">15</cbc:Quantity>" + line)
    raw = raw.replace(b">5</cbc:LineS", b">3</cbc:LineS")
    gloves = read(raw).document.lines[1]

    assert gloves.schedule == (Slot(quantity=Decimal(15)), Slot(quantity=Decimal(5), code="backordered"))


def test_an_invoice_over_several_orders_names_them_line_by_line():
    other = replace(INVOICE.lines[1], order=OrderReference(number="PO-2", line="7"))
    invoice = replace(INVOICE, lines=(INVOICE.lines[0], other))
    again = read(write(invoice)).document

    assert [line.order.number for line in again.lines] == [NUMBER, "PO-2"]
    assert check(again) == []


def test_an_invoice_of_a_crediting_type_gives_money_back():
    assert read(fixture("invoice").replace(b">380<", b">381<")).document.kind == "credit-note"


def test_the_tax_of_another_currency_is_not_added():
    total = b'<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">900.00</cbc:TaxAmount></cac:TaxTotal>'
    received = read(fixture("invoice").replace(b"<cac:LegalMonetaryTotal>", total + b"<cac:LegalMonetaryTotal>"))

    assert received.document.tax_amount == Decimal("79.8")
    assert received.faults == ()
