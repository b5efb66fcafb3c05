"""What we write is what is read, whatever the document says; damage is a fault and never an exception."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from integration.canon.faults import Level
from integration.canon.parts import Item
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.canon.receipt_advices import ReceiptAdvice
from integration.canon.texts import Unsayable
from integration.edi import outbound
from integration.edi.envelopes import Envelopes
from integration.edi.inbound import read
from integration.edi.maps import MAPS
from integration.edi.outbound import Envelope, write
from integration.edi.signs import EDIFACT, X12
from tests.integration.edi import documents

KINDS = [
    (X12, "004010", "850", documents.orders),
    (X12, "005010", "860", documents.changes),
    (X12, "004010", "860", documents.cancellations),
    (X12, "004010", "855", documents.responses),
    (X12, "004060", "865", lambda syntax: documents.responses(syntax, change=True)),
    (X12, "004010", "856", documents.notices),
    (X12, "004010", "810", documents.invoices),
    (X12, "005010", "810", documents.credits),
    (X12, "004010", "997", documents.x12_acknowledgements),
    (X12, "005010", "999", documents.x12_acknowledgements),
    (EDIFACT, "D96A", "ORDERS", documents.orders),
    (EDIFACT, "D01B", "ORDERS", documents.orders),
    (EDIFACT, "D96A", "ORDCHG", documents.changes),
    (EDIFACT, "D01B", "ORDCHG", documents.cancellations),
    (EDIFACT, "D96A", "ORDRSP", lambda syntax: documents.responses(syntax, change=True)),
    (EDIFACT, "D10A", "ORDRSP", documents.responses),
    (EDIFACT, "D96A", "DESADV", documents.notices),
    (EDIFACT, "D01B", "INVOIC", documents.invoices),
    (EDIFACT, "D96A", "INVOIC", documents.credits),
    (EDIFACT, "D01B", "RECADV", documents.receipt_advices),
    (EDIFACT, "D03B", "CONTRL", documents.contrls),
    (EDIFACT, "D96A", "APERAK", documents.aperaks),
]
EXAMPLES = settings(
    max_examples=20,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)


def envelope(syntax, version, kind):
    return Envelope(
        syntax=syntax,
        version=version,
        kind=kind,
        sender="14:8712345000004",
        receiver="14:4012345500004",
        control=17,
        sent_at=datetime(2026, 3, 2, 8, 15),
        charset="UNOC",
        is_test=True,
    )


@pytest.mark.parametrize(("syntax", "version", "kind", "strategy"), KINDS, ids=lambda value: str(value)[:12])
def test_a_document_comes_back_as_it_was_written(syntax, version, kind, strategy):
    @EXAMPLES
    @given(strategy(syntax))
    def holds(document):
        (received,) = read(write([document], envelope(syntax, version, kind)))

        assert received.document == document
        assert (received.kind, received.version, received.is_test) == (kind, version, True)
        assert (received.sender, received.interchange.lstrip("0")) == ("14:8712345000004", "17")
        ours = {"unreadable", "segment_unknown", "count_wrong", "line_count", "missing", "reference_wrong"}
        assert {fault.code for fault in received.faults} & ours == set()

    holds()


FOLDER = Path(__file__).parent / "fixtures"
FILES = sorted(FOLDER.glob("*/*.edi"))


@settings(EXAMPLES, max_examples=250)
@given(st.sampled_from(FILES), st.randoms(use_true_random=False))
def test_damage_is_a_fault_and_never_an_exception(path, chance):
    data = bytearray(path.read_bytes())
    for _time in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        what = chance.choice(["change", "drop", "add", "move", "cut"])
        if what == "change" and place < len(data):
            data[place] = chance.randrange(256)
        elif what == "drop":
            del data[place : place + chance.randint(1, 40)]
        elif what == "add":
            data[place:place] = chance.choice([b"'", b"~", b"*", b"+", b"?", b"ISA", b"UNA", b"UNB+", b"\xff", b"IEA~"])
        elif what == "move":
            data[place:place] = data[: chance.randint(1, 60)]
        elif chance.random() < 0.1:
            del data[place:]

    for received in read(bytes(data)):
        assert received.document or received.level == Level.REFUSE


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name != "faults"], ids=lambda path: path.stem)
def test_a_file_that_was_cut_or_lacks_a_segment_is_never_booked(path):
    data = path.read_bytes()
    end = b"~" if path.parent.name == "x12" else b"'"
    parts = data.rstrip().split(end)

    for place in range(20, len(data.rstrip()) - len(parts[-2]) - 2, 7):
        assert max(received.level for received in read(data[:place])) >= Level.HOLD, place
    for place in range(len(parts) - 1):
        lacking = end.join(parts[:place] + parts[place + 1 :])
        assert max(received.level for received in read(lacking)) >= Level.HOLD, parts[place]


def test_a_value_that_a_message_cannot_carry_is_refused_in_a_sentence():
    order = PurchaseOrder(number="PO-1", notes=("two\nlines",))
    long = PurchaseOrder(number="P" * 23)

    with pytest.raises(Unsayable, match="one line"):
        write([order], envelope(X12, "004010", "850"))
    with pytest.raises(Unsayable, match="at most 22"):
        write([long], envelope(X12, "004010", "850"))
    with pytest.raises(Unsayable, match="UNOA"):
        said = replace(envelope(EDIFACT, "D96A", "ORDERS"), charset="UNOA")
        write([PurchaseOrder(number="PÄ-1")], said)
    with pytest.raises(Unsayable, match="another channel"):
        write([ReceiptAdvice(number="1")], envelope(X12, "004010", ""))


class TestComparison:
    line = PurchaseOrderLine(number="1", item=Item(), quantity=Decimal(1), unit="EA", price=Decimal(1), price_unit="CS")
    order = PurchaseOrder(number="PO-1", lines=(line,))

    def test_what_would_come_back_otherwise_is_not_sent(self):
        with pytest.raises(Unsayable, match=r"lines\[0\]\.price_unit"):
            write([self.order], envelope(X12, "004010", "850"))

    def test_without_it_the_order_would_be_sent_with_another_price(self, monkeypatch):
        """The twin."""
        monkeypatch.setattr(outbound, "_compare", lambda *given: None)

        (received,) = read(write([self.order], envelope(X12, "004010", "850")))
        assert received.document.lines[0].price_unit == ""


def test_without_counts_a_lost_line_would_be_booked(monkeypatch):
    """The twin of the files that lack a segment."""
    answer = (FOLDER / "x12" / "855.edi").read_bytes().replace(b"CTT*6~\n", b"")
    lacking = answer.replace(b"PO1*3*10*EA*7.1*PE*BP*BIT-6~\nACK*IP*10*EA~\n", b"")
    assert max(received.level for received in read(lacking)) == Level.HOLD

    monkeypatch.setattr(Envelopes, "_compare", lambda *given: None)
    assert max(received.level for received in read(lacking)) == Level.NOTE


def test_what_latin_1_cannot_say_goes_in_utf_8():
    order = PurchaseOrder(number="PO-1", notes=("Łódź",))
    sent = replace(envelope(EDIFACT, "D01B", "ORDERS"), charset="UNOY")

    with pytest.raises(Unsayable, match="UNOC"):
        write([order], replace(sent, charset="UNOC"))
    assert [received.document for received in read(write([order], sent))] == [order]


def test_every_kind_is_written_and_read_back():
    assert {kind for _syntax, _version, kind, _strategy in KINDS} == {each.kind for each in MAPS}


def test_several_documents_are_one_interchange():
    orders = [PurchaseOrder(number=f"PO-{number}") for number in range(3)]

    for syntax, version in ((X12, "004010"), (EDIFACT, "D96A")):
        found = read(write(orders, envelope(syntax, version, "")))
        assert [received.document for received in found] == orders
        assert [received.control.lstrip("0") for received in found] == ["1", "2", "3"]
