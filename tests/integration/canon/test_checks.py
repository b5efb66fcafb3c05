"""The checker recomputes every figure: a consistent document has no fault, each tampered one has its own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from integration.canon.checks import check
from integration.canon.faults import Level, worst
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import DELETE, ChangedLine, OrderChange
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Adjustment, Item, OrderReference, Party, Slot, TaxSubtotal
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.canon.receipt_advices import AdvisedLine, ReceiptAdvice
from integration.canon.rules import MOST_LINES, Known
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice

D = Decimal
DRILL = Item(buyer_number="DRL-18", supplier_number="X-9", gtin="4006381333931", description="Drill 18 V")
ABOUT = OrderReference(number="PO-NL01-2026-000123", revision=2, ordered_on=date(2026, 3, 2))
SSCC, OTHER = "106141412345678908", "354107380000001051"

ORDER = PurchaseOrder(
    number="PO-NL01-2026-000123",
    issued_on=date(2026, 3, 2),
    currency="EUR",
    lines=(
        PurchaseOrderLine(
            number="1",
            item=DRILL,
            quantity=D("10"),
            unit="EA",
            price=D("125.50"),
            price_basis=D(100),
            amount=D("12.55"),
            need_by=date(2026, 3, 20),
            schedule=(Slot(quantity=D(4), on=date(2026, 3, 20)), Slot(quantity=D(6), on=date(2026, 4, 1))),
        ),
    ),
    adjustments=(Adjustment(is_charge=True, reason="Freight", amount=D("5")),),
    amount=D("17.55"),
)
RESPONSE = OrderResponse(
    order=ABOUT,
    code="changed",
    lines=(
        ResponseLine(number="1", code="accepted", item=DRILL, quantity=D(10)),
        ResponseLine(
            number="2",
            code="partly_backordered",
            item=DRILL,
            quantity=D(5),
            schedule=(Slot(quantity=D(3), on=date(2026, 3, 20)), Slot(quantity=D(2), on=date(2026, 4, 20))),
        ),
    ),
)
NOTICE = ShipNotice(
    number="DN-1",
    order=ABOUT,
    ships_on=date(2026, 3, 18),
    arrives_on=date(2026, 3, 20),
    units=(
        HandlingUnit(
            sscc=SSCC,
            units=(HandlingUnit(sscc=OTHER, lines=(NoticeLine(number="1", item=DRILL, quantity=D(4), unit="EA"),)),),
        ),
    ),
)
INVOICE = SupplierInvoice(
    number="R-77",
    issued_on=date(2026, 3, 21),
    due_on=date(2026, 4, 20),
    currency="EUR",
    order=ABOUT,
    lines=(
        BilledLine(number="1", item=DRILL, quantity=D(3), price=D("33.33"), amount=D("99.99")),
        BilledLine(
            number="2",
            item=DRILL,
            quantity=D(1),
            price=D(20),
            amount=D("18.00"),
            adjustments=(Adjustment(percent=D(10), base=D(20), amount=D(2)),),
        ),
    ),
    adjustments=(Adjustment(is_charge=True, amount=D("7.01")),),
    taxes=(TaxSubtotal(percent=D(21), base=D("125.00"), amount=D("26.25")),),
    line_total=D("117.99"),
    net_amount=D("125.00"),
    tax_amount=D("26.25"),
    amount=D("151.25"),
    prepaid=D("50"),
    payable=D("101.25"),
)
ADVICE = ReceiptAdvice(
    number="RA-1", order=ABOUT, lines=(AdvisedLine(number="1", item=DRILL, received=D(4), rejected=D(1)),)
)
CHANGE = OrderChange(
    number="PO-1", change="1", lines=(ChangedLine(number="1", item=DRILL, quantity=D(0), unit="EA", action=DELETE),)
)


def changed(document, **fields):
    """The document with its first line changed."""
    first, *rest = document.lines
    return replace(document, lines=(replace(first, **fields), *rest))


@pytest.mark.parametrize("document", [ORDER, RESPONSE, NOTICE, INVOICE, ADVICE, CHANGE, OrderCancellation(order=ABOUT)])
def test_a_consistent_document_has_no_fault(document):
    assert check(document) == []


WRONG = [
    (replace(ORDER, number=" "), "number_missing", Level.REFUSE),
    (replace(ORDER, amount=D("17.56")), "total", Level.HOLD),
    (changed(ORDER, amount=D("12.56")), "line_amount", Level.HOLD),
    (changed(ORDER, quantity=D(11)), "schedule_sum", Level.HOLD),
    (changed(ORDER, quantity=D(-1)), "negative", Level.HOLD),
    (changed(ORDER, quantity=D(0)), "zero", Level.HOLD),
    (changed(ORDER, price=D(-1)), "negative", Level.HOLD),
    (changed(ORDER, price_basis=D(0)), "zero", Level.HOLD),
    (changed(ORDER, need_by=date(2026, 3, 1)), "dates_impossible", Level.WARNING),
    (replace(ORDER, adjustments=(Adjustment(percent=D(10), base=D(10), amount=D(2)),)), "adjustment_amount", Level.HOLD),
    (replace(ORDER, lines=ORDER.lines * 2), "line_number_twice", Level.HOLD),
    (replace(RESPONSE, order=OrderReference()), "order_missing", Level.REFUSE),
    (changed(RESPONSE, number=""), "line_number_missing", Level.HOLD),
    (replace(RESPONSE, code="accepted"), "header_against_lines", Level.WARNING),
    (changed(RESPONSE, code="substituted"), "substitute_missing", Level.HOLD),
    (changed(RESPONSE, schedule=(Slot(quantity=D(8)),)), "code_against_figures", Level.HOLD),
    (changed(RESPONSE, code="rejected", schedule=(Slot(quantity=D(8)),)), "code_against_figures", Level.HOLD),
    (changed(RESPONSE, schedule=(Slot(quantity=D(10), on=date(2026, 3, 1)),)), "dates_impossible", Level.HOLD),
    (replace(NOTICE, arrives_on=date(2026, 3, 17)), "dates_impossible", Level.HOLD),
    (replace(NOTICE, order=None), "order_missing", Level.HOLD),
    (replace(NOTICE, units=()), "lines_missing", Level.HOLD),
    (replace(NOTICE, units=NOTICE.units * 2), "sscc_twice", Level.HOLD),
    (replace(NOTICE, units=(replace(NOTICE.units[0], sscc="106141412345678909"),)), "sscc_wrong", Level.REFUSE),
    (replace(INVOICE, issued_on=None), "date_missing", Level.HOLD),
    (replace(INVOICE, due_on=date(2026, 1, 1)), "dates_impossible", Level.WARNING),
    (replace(INVOICE, order=None), "order_missing", Level.HOLD),
    (replace(INVOICE, line_total=D("118")), "lines_total", Level.HOLD),
    (replace(INVOICE, net_amount=D("118")), "net_total", Level.HOLD),
    (replace(INVOICE, tax_amount=D("26.26")), "tax_total", Level.HOLD),
    (replace(INVOICE, amount=D("151.24")), "total", Level.HOLD),
    (replace(INVOICE, payable=D("151.25")), "payable", Level.HOLD),
    (replace(INVOICE, taxes=(TaxSubtotal(percent=D(21), base=D(125), amount=D("26.26")),)), "tax_amount", Level.WARNING),
    (replace(INVOICE, taxes=(TaxSubtotal(percent=D(21), base=D(125), amount=D("26.28")),)), "tax_amount", Level.HOLD),
    (changed(INVOICE, amount=D("99.98")), "line_amount", Level.HOLD),
    (changed(ADVICE, received=D(-4)), "negative", Level.HOLD),
    (OrderCancellation(order=OrderReference()), "order_missing", Level.REFUSE),
]  # fmt: skip


@pytest.mark.parametrize(("document", "code", "level"), WRONG)
def test_what_does_not_agree_is_named(document, code, level):
    found = [fault for fault in check(document) if fault.code == code]

    assert [fault.level for fault in found][:1] == [level]
    assert found[0].where
    assert found[0].sentence.endswith(".")


def test_a_document_of_tomorrow_is_a_warning_and_of_today_is_not():
    said = [fault.code for fault in check(INVOICE, Known(today=date(2026, 3, 19)))]

    assert said == ["date_to_come"]
    assert check(INVOICE, Known(today=date(2026, 3, 21))) == []


def test_an_order_that_nobody_knows_is_held():
    (fault,) = check(INVOICE, Known(has_order=lambda number: number != ABOUT.number))

    assert (fault.code, fault.level) == ("order_unknown", Level.HOLD)
    assert ABOUT.number in fault.sentence


def test_one_line_may_lie_in_several_units():
    pallet = NOTICE.units[0]
    other = replace(pallet, sscc="", units=(replace(pallet.units[0], sscc=""),))

    assert check(replace(NOTICE, units=(pallet, other))) == []


def test_a_document_of_more_lines_than_we_read_is_refused():
    lines = tuple(replace(ORDER.lines[0], number=str(number)) for number in range(20_001))

    assert worst(check(replace(ORDER, lines=lines, amount=None))) == Level.REFUSE


def test_a_credit_note_is_checked_as_an_invoice():
    credit = CreditNote(number="", issued_on=None, lines=())

    assert worst(check(credit)) == Level.REFUSE


def test_a_party_is_found_by_its_role_and_its_numbers():
    buyer = Party(role="buyer", id="8712345678906", id_scheme="gln")
    order = replace(ORDER, parties=(Party(role="supplier"), buyer))

    assert order.party("buyer") is buyer
    assert order.party("carrier") is None
    assert (buyer.gln, buyer.known_as("duns")) == ("8712345678906", "")


def test_a_document_says_its_kind_and_version_and_its_numbers_as_texts():
    said = ORDER.to_json()

    assert (said["kind"], said["version"]) == ("order", 1)
    assert said["lines"][0]["price"] == "125.5"


def test_more_lines_than_anybody_orders_are_sent_in_parts():
    many = replace(ORDER, lines=ORDER.lines * (MOST_LINES + 1), adjustments=(), amount=None)
    assert "too_many_lines" in {fault.code for fault in check(many) if fault.level == Level.REFUSE}
