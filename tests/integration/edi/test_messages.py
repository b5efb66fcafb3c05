"""One message of each kind, as others write it, and what it says."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from integration.canon.acknowledgements import Trouble
from integration.canon.faults import Level
from integration.canon.parts import Handover, Item, OrderReference, Slot, Terms
from integration.canon.supplier_invoices import CreditNote
from integration.edi.inbound import read
from integration.edi.maps import MAPS

FOLDER = Path(__file__).parent / "fixtures"
D = Decimal
ORDER = OrderReference(number="PO-NL01-2026-000123", revision=2, ordered_on=date(2026, 3, 2))
FILES = sorted(f"{path.parent.name}/{path.name}" for path in FOLDER.glob("*/*.edi") if path.parent.name != "faults")


def said(name):
    (received,) = read((FOLDER / name).read_bytes())
    return received.document


def test_there_is_a_file_of_every_kind():
    assert {received.kind for name in FILES for received in read((FOLDER / name).read_bytes())} == {
        each.kind for each in MAPS
    }


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_wrong_with_it(name):
    (received,) = read((FOLDER / name).read_bytes())

    assert received.faults == ()
    assert received.kind.lower() == name.partition("/")[2].partition(".")[0].partition("_")[0]
    assert (received.sender, received.receiver) == ("14:4012345500004", "14:8712345000004")
    assert (received.interchange.lstrip("0"), received.sent_on) == ("204", date(2026, 3, 5))


class TestAnswers:
    def test_an_855_says_of_each_line_what_becomes_of_it(self):
        answer = said("x12/855.edi")

        assert (answer.order, answer.code, answer.supplier_reference) == (ORDER, "changed", "SO-88123")
        assert [(line.number, line.code) for line in answer.lines] == [
            ("1", "accepted"), ("2", "partly_backordered"), ("3", "price_changed"), ("4", "substituted"),
            ("5", "rejected"), ("6", "quantity_changed"),
        ]  # fmt: skip
        assert answer.lines[2].price == D("7.1")
        assert answer.lines[3].substitute == Item(supplier_number="F-2002")
        assert (answer.lines[4].reason, answer.lines[4].schedule) == ("R2", ())

    def test_several_ack_of_one_line_are_its_schedule(self):
        line = said("x12/855.edi").lines[1]

        assert line.schedule == (
            Slot(quantity=D(30), on=date(2026, 3, 20), code="accepted"),
            Slot(quantity=D(20), on=date(2026, 4, 10), code="backordered"),
        )

    def test_what_is_rejected_beside_what_comes_is_no_slot(self):
        line = said("x12/855.edi").lines[5]

        assert [(slot.quantity, slot.on) for slot in line.schedule] == [(D(10), date(2026, 3, 20))]

    def test_days_in_sch_count_where_ack_has_none(self):
        (line,) = said("x12/855_schedule.edi").lines

        assert [slot.on for slot in line.schedule] == [date(2026, 3, 20), date(2026, 3, 27)]

    def test_a_receipt_of_the_message_accepts_nothing(self):
        answer = said("x12/855_header_only.edi")

        assert (answer.code, answer.lines) == ("acknowledged", ())

    def test_an_865_answers_a_change(self):
        answer = said("x12/865.edi")

        assert (answer.change, answer.order.revision) == ("2", 3)
        assert [line.code for line in answer.lines] == ["date_changed", "deleted"]

    def test_an_ordrsp_says_the_same_more_coarsely(self):
        answer = said("edifact/ordrsp.edi")

        assert (answer.order, answer.code, answer.number) == (ORDER, "changed", "AB-77")
        assert [line.code for line in answer.lines] == ["accepted", "changed", "changed", "rejected", "added"]
        assert [slot.quantity for slot in answer.lines[1].schedule] == [D(30), D(20)]
        assert (answer.lines[1].price, answer.lines[1].price_basis) == (D(1840), D(100))
        assert answer.lines[2].schedule == (Slot(quantity=D(8), on=date(2026, 3, 20)),)
        assert answer.lines[2].substitute == Item(supplier_number="F-2002")
        assert answer.lines[3].reason == "out of the range"

    def test_a_line_without_a_code_is_answered_by_the_header(self):
        assert said("edifact/ordrsp_accepted.edi").lines[0].code == "accepted"


class TestShipNotices:
    def test_an_856_is_a_tree(self):
        notice = said("x12/856.edi")
        found = [
            ([unit.sscc for unit in around], line.order.number[-3:], line.order.line, line.quantity)
            for line, around in notice.every_line()
        ]

        assert found == [
            ([], "124", "1", D(6)),
            (["106141412345678908", "106141412345678915"], "123", "1", D(60)),
            (["106141412345678908", "106141412345678922"], "123", "2", D(30)),
        ]
        assert (notice.carrier_code, notice.tracking, notice.package_count) == ("DHLF", "TRK-778", 2)
        assert [notice.units[0].package, notice.units[0].units[0].package] == ["pallet", "carton"]

    @pytest.mark.parametrize("name", ["x12/856.edi", "edifact/desadv.edi"])
    def test_a_line_says_lot_expiry_and_what_is_still_to_come(self, name):
        line = next(line for line, _around in said(name).every_line() if line.lot)

        assert (line.lot, line.expires_on, line.outstanding) == ("L-2601", date(2028, 3, 1), D(40))

    def test_a_desadv_is_a_tree_of_levels(self):
        notice = said("edifact/desadv.edi")
        pallet = notice.units[0]

        assert (pallet.sscc, [line.number for line in pallet.lines]) == ("106141412345678908", ["1"])
        (layer,) = pallet.units
        assert (layer.sscc, [line.number for line in layer.lines]) == ("", ["2"])
        assert [inner.sscc for inner in layer.units] == ["106141412345678915", "106141412345678922"]
        assert OrderReference.of(layer.lines[0].order, notice.order).number == "PO-NL01-2026-000123"

    def test_several_labels_on_one_level_are_units_inside_it(self):
        data = (FOLDER / "x12/856.edi").read_bytes()
        label = b"MAN*GM*00106141412345678922~\n"
        data = data.replace(label, label + b"MAN*GM*00354107380000001051~\n").replace(b"SE*29*", b"SE*30*")
        (received,) = read(data)

        pack = received.document.units[0].units[1]
        assert (pack.sscc, [line.number for line in pack.lines]) == ("", ["2"])
        assert [inner.sscc for inner in pack.units] == ["106141412345678922", "354107380000001051"]

    def test_a_tree_deeper_than_any_truck_is_refused(self):
        levels = "".join(f"HL*{level}*{level - 1 or ''}*P~" for level in range(2, 5000))
        text = (FOLDER / "x12/856.edi").read_text()
        (received,) = read((text[: text.index("HL*2*")] + levels + text[text.index("CTT*") :]).encode())

        assert [fault.level for fault in received.faults if fault.code == "too_deep"] == [Level.REFUSE]


class TestInvoices:
    @pytest.mark.parametrize("name", ["x12/810.edi", "edifact/invoic.edi"])
    def test_an_invoice_says_lines_charges_tax_and_total(self, name):
        invoice = said(name)

        assert (invoice.number, invoice.order, invoice.due_on) == ("R-4711", ORDER, date(2026, 4, 20))
        assert [(line.quantity, line.price) for line in invoice.lines] == [(D(60), D("9.25")), (D(30), D("18.4"))]
        assert [(each.is_charge, each.amount) for each in invoice.adjustments] == [(True, D(33))]
        assert (invoice.tax_amount, invoice.amount) == (D("239.4"), D("1379.4"))
        assert OrderReference.of(invoice.lines[0].order, invoice.order).line == "1"

    @pytest.mark.parametrize("name", ["x12/810_credit.edi", "edifact/invoic_credit.edi"])
    def test_a_credit_note_is_one(self, name):
        credit = said(name)

        assert isinstance(credit, CreditNote)
        assert (credit.number, credit.preceding, credit.amount) == ("C-12", "R-4711", D("18.5"))

    def test_release_characters_charset_and_decimal_commas_are_read(self):
        invoice = said("edifact/invoic.edi")

        assert invoice.lines[0].item.description == "Cordless drill + charger"
        assert invoice.parties[0].city == "Köln"

    def test_account_and_currency_are_found_where_others_write_them(self):
        """The account beside its party, the currency beside the total."""
        invoice = said("edifact/invoic.edi")

        assert (invoice.account, invoice.currency) == ("DE89370400440532013000", "EUR")


class TestOrders:
    @pytest.mark.parametrize("name", ["x12/850.edi", "edifact/orders.edi"])
    def test_an_order_says_what_is_wanted_when_and_where(self, name):
        order = said(name)
        line = order.lines[0]

        assert (order.number, order.revision, order.currency) == (ORDER.number, 2, "EUR")
        assert order.handover == Handover(incoterm="DAP", place="Rotterdam")
        assert order.party("buyer").gln == "8712345000004"
        assert (line.price, line.price_basis, line.amount) == (D(925), D(100), D(925))
        assert [slot.quantity for slot in line.schedule] == [D(60), D(40)]

    def test_terms_and_contact_are_read(self):
        order = said("x12/850.edi")

        assert order.terms == Terms(text="2% 10 days, net 30", net_days=30, discount_percent=D(2), discount_days=10)
        assert order.party("buyer").contact.email == "anna@northgate.example"

    def test_a_party_of_a_line_is_not_taken_for_one_of_the_order(self):
        assert [party.role for party in said("x12/850.edi").parties] == ["buyer", "supplier"]

    @pytest.mark.parametrize("name", ["x12/860.edi", "edifact/ordchg.edi"])
    def test_a_change_names_the_lines_it_touches(self, name):
        change = said(name)

        assert (change.change, change.number, change.revision) == ("2", ORDER.number, 3)
        assert (change.lines[0].action, change.lines[0].quantity) == ("change", D(80))

    @pytest.mark.parametrize("name", ["x12/860_cancel.edi", "edifact/ordchg_cancel.edi"])
    def test_a_cancellation_is_no_change(self, name):
        cancelled = said(name)

        assert (cancelled.kind, cancelled.order.number, cancelled.reason) == (
            "order-cancellation", ORDER.number, "Project stopped",
        )  # fmt: skip


class TestAcknowledgements:
    def test_a_997_says_which_segment_and_element_was_wrong(self):
        found = said("x12/997.edi")

        assert (found.group, found.control, found.code) == ("PO", "1421", "partly")
        assert [one.code for one in found.messages] == ["accepted", "rejected"]
        assert found.messages[1].troubles == (
            Trouble(segment="PO1", position="8-4", code="7", text="abc"),
            Trouble(segment="N1", position="11", code="3"),
        )

    def test_a_999_is_read_alike(self):
        (one,) = said("x12/999.edi").messages

        assert (one.code, one.troubles[0].position) == ("with_errors", "9-5")

    def test_contrl_and_aperak(self):
        contrl, aperak = said("edifact/contrl.edi"), said("edifact/aperak.edi")

        assert (contrl.code, [one.code for one in contrl.messages]) == ("rejected", ["accepted", "rejected"])
        assert (aperak.code, aperak.document) == ("rejected", ORDER.number)
        assert aperak.troubles == (Trouble(code="12", text="The item is not known"),)


def test_a_receipt_advice_says_what_arrived_and_what_was_wrong():
    advice = said("edifact/recadv.edi")
    (line,) = advice.lines

    assert (advice.ship_notice, advice.received_on) == ("DN-7001", date(2026, 3, 20))
    assert (line.received, line.short, line.rejected, line.lot) == (D(58), D(2), D(1), "L-2601")
