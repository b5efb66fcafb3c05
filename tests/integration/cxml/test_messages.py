"""One file of each kind: what it says, that we write it so, and what is wrong when something is."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from integration.canon import acknowledgements
from integration.canon.checks import check
from integration.canon.faults import Level
from integration.canon.parts import Identifier, Item, Slot
from integration.canon.texts import Unsayable
from integration.cxml.inbound import read
from integration.cxml.outbound import respond, sayable, write
from procurement.confirmations import glossary
from tests.integration.cxml.test_round_trip import ENVELOPE
from tests.integration.xml.examples import CHANGE, CREDIT, EXAMPLES, INVOICE, NOTICE, NUMBER, ORDER, RESPONSE
from tests.integration.xml.reading import finds, never_raises

FIXTURES = Path(__file__).parent / "fixtures"
KINDS = {name: EXAMPLES[name] for name in ("order", "order_change", "order_cancellation", "invoice", "credit_note")} | {
    "confirmation": replace(
        RESPONSE, lines=(replace(RESPONSE.lines[0], quantity=Decimal(300)), RESPONSE.lines[1]), unmentioned="accepted"
    ),
    "ship_notice": NOTICE,
}


def fixture(name):
    return (FIXTURES / f"{name}.xml").read_bytes()


@pytest.mark.parametrize("name", KINDS)
def test_a_file_says_what_was_written(name):
    """With WRITE_FIXTURES=1 in the environment the files are written anew."""
    document = KINDS[name]
    if os.environ.get("WRITE_FIXTURES"):
        (FIXTURES / f"{name}.xml").write_bytes(write(document, ENVELOPE))

    assert write(document, ENVELOPE) == fixture(name)
    received = read(fixture(name))
    assert received.document == sayable(document)
    assert received.faults == ()
    assert check(received.document) == []


def test_the_header_is_given_back_without_the_secret():
    received = read(fixture("confirmation"))

    assert received.credentials == ENVELOPE.credentials
    assert (received.sent_on, received.interchange) == (date(2026, 3, 2), "1@countersign")
    assert b"correct horse" in fixture("confirmation")
    assert "correct horse" not in repr(received)
    assert "correct horse" not in repr(ENVELOPE)


FAULTS = [
    ("confirmation", b'type="except"', b'type="perhaps"', "code_unknown", Level.HOLD, "ConfirmationHeader/@type"),
    ("confirmation", b'type="accept"', b'type="requestToPay"', "code_unknown", Level.HOLD, "ConfirmationStatus/@type"),
    ("confirmation", b'<ConfirmationStatus quantity="250"', b'<ConfirmationStatus quantity="240"', "status_sum", Level.HOLD, "ConfirmationItem[1]"),
    ("confirmation", b'orderID="' + NUMBER.encode(), b'orderID="', "order_missing", Level.REFUSE, "order"),
    ("invoice", b">499.8<", b">599.8<", "total", Level.HOLD, "amount"),
    ("invoice", b'currency="EUR">325', b'currency="USD">325', "currency_mixed", Level.HOLD, "/@currency"),
    ("invoice", b'invoiceID="RE-2026-77"', b'invoiceID=""', "number_missing", Level.REFUSE, "number"),
    ("ship_notice", b'quantity="250"', b'quantity="250 EA"', "unreadable", Level.HOLD, "ShipNoticeItem[2]/@quantity"),
    ("ship_notice", b"<ShipNoticePortion>", b"<Surprise/><ShipNoticePortion>", "element_unknown", Level.NOTE, "/Surprise"),
    ("order", b"<OrderRequest>", b"<Orders>", "not_well_formed", Level.REFUSE, "line"),
    ("order", b"OrderRequest>", b"Orders>", "kind_unknown", Level.REFUSE, "/cXML/Request/Orders"),
    ("order", b' payloadID="1@countersign"', b"", "payload_missing", Level.HOLD, "/cXML/@payloadID"),
    ("order", b"From>", b"Away>", "sender_missing", Level.HOLD, "/cXML/Header/From"),
    ("ship_notice", b"<ShipNoticePortion>", b"".join(b"<S%d/>" % n for n in range(201)) + b"<ShipNoticePortion>", "too_many_faults", Level.REFUSE, "/S200"),
    ("invoice", b'invoiceID="RE-2026-77"', b'invoiceID="' + b"9" * 70_000 + b'"', "too_long number_missing", Level.REFUSE, "/@invoiceID"),
    ("order", b"<From>", b"<From/><Away>", "not_well_formed", Level.REFUSE, "line"),
    ("order", b"cXML.dtd\">", b'cXML.dtd" [<!ENTITY a "b">]>', "dtd_refused", Level.REFUSE, "line 2"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "codes", "level", "where"), FAULTS)
def test_what_is_wrong_is_named_with_its_place(name, old, new, codes, level, where):
    assert old in fixture(name)
    finds(read(fixture(name).replace(old, new)), codes, level, where)


def test_damage_is_never_an_exception():
    never_raises(read, [fixture(name) for name in KINDS])


def test_an_order_is_new_changed_or_deleted_by_its_type():
    kinds = [read(fixture(name)).document.kind for name in ("order", "order_change", "order_cancellation")]

    assert kinds == ["order", "order-change", "order-cancellation"]


def test_an_update_says_what_became_of_each_line():
    lines = (replace(CHANGE.lines[0], action="keep"), replace(CHANGE.lines[0], number="3", action="delete"))
    again = read(write(replace(CHANGE, lines=lines), ENVELOPE)).document

    assert [(line.action, line.quantity) for line in again.lines] == [("keep", Decimal(30)), ("delete", Decimal(0))]


def test_the_type_of_an_answer_says_what_becomes_of_the_rest():
    raw = fixture("confirmation")

    said = {
        word: read(raw.replace(b'type="except"', b'type="%s"' % word)).document.unmentioned
        for word in (b"except", b"backordered", b"detail", b"allDetail")
    }
    assert said == {b"except": "accepted", b"backordered": "backordered", b"detail": "", b"allDetail": ""}


def test_another_item_in_a_detail_is_a_substitute():
    line = replace(
        RESPONSE.lines[1],
        code=glossary.SUBSTITUTED,
        substitute=Item(supplier_number="WN-GX", description="Work gloves, size XL"),
        price=Decimal("4.50"),
    )
    again = read(write(replace(RESPONSE, lines=(line,)), ENVELOPE)).document.lines[0]

    assert (again.code, again.substitute, again.price) == (line.code, line.substitute, line.price)


def test_what_is_not_promised_does_not_come():
    line = replace(RESPONSE.lines[0], code=glossary.QUANTITY_CHANGED, quantity=Decimal(300))
    line = replace(line, schedule=(Slot(quantity=Decimal(250), on=date(2026, 3, 20), code="accepted"),))
    again = read(write(replace(RESPONSE, lines=(line,)), ENVELOPE)).document.lines[0]

    assert (again.code, again.schedule) == (line.code, line.schedule)


def test_a_whole_order_without_lines_waits_for_a_look():
    raw = fixture("ship_notice")
    start, end = raw.index(b"<ShipNoticeItem "), raw.rindex(b"</ShipNoticeItem>") + len(b"</ShipNoticeItem>")

    assert "whole_order" in {fault.code for fault in read(raw[:start] + raw[end:]).faults}


def test_parts_of_a_line_are_in_its_unit():
    received = read(fixture("confirmation").replace(b"<UnitOfMeasure>EA", b"<UnitOfMeasure>CS", 1))

    assert {fault.code for fault in received.faults} == {"unit_differs"}
    assert received.level == Level.HOLD


def test_what_is_given_back_is_negative_on_the_wire_only():
    assert b'quantity="-4"' in fixture("credit_note")
    assert read(fixture("credit_note")).document.payable == CREDIT.payable
    positive = fixture("credit_note").replace(b">-", b">").replace(b'"-4"', b'"4"')
    assert read(positive).document == read(fixture("credit_note")).document


def test_freight_of_the_summary_is_a_charge():
    raw = fixture("invoice")
    start, end = raw.index(b"<InvoiceHeaderModifications>"), raw.index(b"</InvoiceHeaderModifications>") + 29
    shipping = b'<ShippingAmount><Money currency="EUR">15</Money></ShippingAmount>'
    received = read(raw[:start] + shipping + raw[end:])

    assert [each.amount for each in received.document.adjustments] == [Decimal(15)]
    assert received.faults == ()
    assert received.document.account == INVOICE.account


@pytest.mark.parametrize(
    ("status", "word"),
    [("200", "accepted"), ("201", "received"), ("281", "received"), ("409", "rejected"), ("560", "rejected")],
)
def test_a_status_is_about_the_message(status, word):
    received = read(respond(int(status), "Because.", ENVELOPE))

    assert (received.document.code, received.faults) == (word, ())
    troubles = [(each.code, each.text.endswith("Because.")) for each in received.document.troubles]
    assert troubles == ([(status, True)] if word == acknowledgements.REJECTED else [])


def test_what_cxml_cannot_say_is_never_sent():
    short = replace(NOTICE, units=(), lines=(replace(NOTICE.units[0].lines[0], outstanding=Decimal(3)),))

    with pytest.raises(Unsayable, match="outstanding"):
        write(short, ENVELOPE)
    with pytest.raises(Unsayable, match="total"):
        write(replace(ORDER, amount=None), ENVELOPE)


def test_identities_are_by_their_domain():
    assert read(fixture("order")).credentials.origin == (Identifier(scheme="DUNS", value="871234500"),)
