"""A message becomes what the portal would have sent, once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance.invoices.models import Invoice
from foundation.files import actions as files
from foundation.journal.relay import drain
from integration.canon.parts import Adjustment
from integration.edi import inbound
from integration.inbox.models import InboundMessage
from procurement.confirmations.models import Confirmation
from receiving.notices.models import ShipNotice
from suppliers.submissions.models import Submission
from tests.integration.inbox.letters import answered, arrives, bill, coming, known, letter, notice, response
from tests.scene import Scene, fresh, ordered

SYNTAXES = ["x12", "edifact"]


@pytest.fixture
def order(scene: Scene, order):
    known(scene.supplier)
    return order


def all_of(model):
    return list(model._base_manager.order_by("pk"))


@pytest.mark.parametrize("syntax", SYNTAXES)
class TestOnce:
    """Booked the first time; the second time changes nothing and says so."""

    def test_an_order_response(self, order, syntax):
        raw = letter(response(order, answered(order, schedule=coming((100, "2026-03-16")))), syntax)

        message = arrives(raw)
        drain()

        (confirmation,) = all_of(Confirmation)
        assert (message.status, message.kind, message.number) == ("applied", "order-response", message.number)
        assert (confirmation.order, confirmation.status) == (order, "accepted")
        assert (fresh(order).confirmed, fresh(order).supplier_reference) == ("confirmed", "SO-88123")
        assert message.outcomes.get().submission == confirmation.submission
        self.again(raw, message)

    def test_a_ship_notice(self, order, syntax):
        raw = letter(notice(order), syntax)

        message = arrives(raw)
        drain()

        (announced,) = all_of(ShipNotice)
        line = announced.lines.get()
        assert announced.reference == "DN-7001"
        (unit,) = announced.units.all()
        assert (line.quantity, line.lot) == (60, "L-26")
        assert (unit.sscc, unit.package, unit.contents.get().quantity) == ("106141412345678908", "CT", 60)
        self.again(raw, message)

    def test_an_invoice(self, order, syntax):
        raw = letter(bill(order), syntax)

        message = arrives(raw)
        drain()

        (invoice,) = all_of(Invoice)
        assert (invoice.supplier_number, invoice.total_amount, invoice.currency) == ("R-4711", 200, "EUR")
        assert invoice.lines.get().commitment is not None
        self.again(raw, message)

    def again(self, raw: bytes, first: InboundMessage) -> None:
        counts = [model._base_manager.count() for model in (Submission, Confirmation, ShipNotice, Invoice)]
        second = arrives(raw)
        drain()
        assert (second.status, second.original, second.file) == ("duplicate", first, first.file)
        assert second.acknowledgement == first.acknowledgement
        assert counts == [model._base_manager.count() for model in (Submission, Confirmation, ShipNotice, Invoice)]


class TestConfirmations:
    def body(self, order, *lines, **more):
        message = arrives(letter(response(order, *lines, **more)))
        assert message.status == "applied", message.faults
        return message.outcomes.get().submission.body

    def test_days_and_quantities_are_what_comes_and_not_what_was_ordered(self, order):
        line = answered(order, "changed", schedule=coming((60, "2026-03-16"), (40, "2026-04-10")))
        split = [{"quantity": "60", "on": "2026-03-16"}, {"quantity": "40", "on": "2026-04-10"}]
        assert self.body(order, line)["lines"] == [{"line": 1, "split": split}]

    def test_another_price_is_said_for_one_unit(self, order):
        dearer = answered(order, "price_changed", price=Decimal(250), price_basis=Decimal(100))
        assert self.body(order, dearer)["lines"] == [{"line": 1, "price": "2.5"}]

    def test_acknowledged_is_never_accepted(self, order):
        assert self.body(order, code="acknowledged") == {
            "revision": 1,
            "order": order.number,
            "header": "acknowledged",
            "reference": "SO-88123",
            "lines": [],
        }
        drain()
        assert fresh(order).confirmed == "acknowledged"

    def test_accepted_as_a_whole_is_every_line(self, order):
        assert self.body(order, code="accepted")["lines"] == [{"line": 1}]

    def test_lines_count_over_a_header_that_rejects(self, order):
        said = self.body(order, answered(order, schedule=coming((100, "2026-03-16"))), code="rejected")
        assert (said["header"], len(said["lines"])) == ("answered", 1)

    def test_another_item_and_a_rejected_line_go_to_the_buyer(self, order):
        said = self.body(order, answered(order, "rejected", reason="out of range"))
        assert said["lines"] == [{"line": 1, "reason": "out of range", "rejected": True}]
        drain()
        assert fresh(order).confirmed == "changed"


HELD = {
    "line_added": lambda order: (answered(order, "added", number=1), {"syntax": "edifact"}),
    "day_missing": lambda order: (answered(order, "backordered"), {}),
    "still_open": lambda order: (answered(order, "price_pending"), {}),
    "unit_differs": lambda order: (answered(order, unit="CS"), {}),
    "ordered_differs": lambda order: (answered(order, quantity=Decimal(90)), {}),
}


@pytest.mark.parametrize("code", HELD)
def test_what_no_submission_can_say_waits_for_a_look(order, code):
    line, how = HELD[code](order)

    message = arrives(letter(response(order, line), **how))

    assert message.status == "held"
    assert [fault["code"] for fault in message.faults if fault["level"] == "hold"] == [code]
    assert not Submission._base_manager.exists()


class TestInvoices:
    def test_freight_is_a_line_of_its_own_and_the_orders_currency_fills_in(self, order):
        freight = Adjustment(is_charge=True, code="D240", reason="Freight", amount=Decimal(15))
        raw = letter(bill(order, adjustments=(freight,), amount=Decimal(215), currency=""))

        said = arrives(raw).outcomes.get().submission.body

        assert (said["currency"], said["total"]) == ("EUR", "215")
        assert [(line["description"], line["amount"]) for line in said["lines"]] == [
            (order.lines.get().description, "200"),
            ("Freight", "15"),
        ]


def test_a_truck_and_an_invoice_may_be_of_several_orders(scene, order):
    other = ordered(scene)
    truck, paper = notice(order), bill(order)
    line = notice(other).units[0].lines[0]
    truck = replace(truck, order=None, lines=(line,))
    paper = replace(paper, lines=(*paper.lines, replace(bill(other).lines[0], number="2")), amount=Decimal(400))

    messages = [arrives(letter(truck, control=1)), arrives(letter(paper, "edifact", control=2))]
    drain()

    assert [fresh(message).status for message in messages] == ["applied", "applied"], messages[0].faults
    both = {order.pk, other.pk}
    (announced,), (billed,) = all_of(ShipNotice), all_of(Invoice)
    assert {line.order_line.order_id for line in announced.lines.select_related("order_line")} == both
    assert [line.commitment.order_number for line in billed.lines.order_by("number")] == [order.number, other.number]
    assert all(number in messages[0].orders for number in (order.number, other.number))


class TestWhatIsKept:
    def test_the_bytes_and_an_acknowledgement(self, order):
        raw = letter(response(order, code="accepted"))

        message = arrives(raw)

        assert files.opened(message.file).read() == raw
        (answer,) = inbound.read(files.opened(message.acknowledgement).read())
        assert (answer.kind, answer.sender, answer.receiver) == ("997", message.receiver, message.sender)
        assert [(one.message, one.control, one.code) for one in answer.document.messages] == [
            ("855", "0001", "accepted")
        ]
        assert (answer.document.group, answer.document.control) == ("PR", "31")

    def test_contrl_for_edifact_and_nothing_for_an_answer(self, order):
        message = arrives(letter(response(order, code="accepted"), "edifact"))
        raw = files.opened(message.acknowledgement).read()
        (answer,) = inbound.read(raw)
        assert (answer.kind, answer.document.control, answer.document.code) == ("CONTRL", "204", "accepted")

        back = arrives(raw)

        assert (back.status, back.kind, back.acknowledgement) == ("held", "acknowledgement", None)

    def test_a_test_is_only_kept(self, order):
        message = arrives(letter(response(order, code="accepted"), is_test=True))
        assert (message.status, Submission._base_manager.count()) == ("kept", 0)
        assert arrives(letter(response(order, code="accepted"))).status == "applied"


def test_a_submission_that_is_not_accepted_refuses_its_message(order):
    message = arrives(letter(response(order, code="accepted", revision=7)))
    drain()
    refused = fresh(message)
    assert refused.status == "refused"
    assert "answer revision 1, not 7" in refused.reasons[0]


def test_dates_are_days_not_instants(order):
    assert arrives(letter(notice(order, ships_on=date(2026, 3, 12), arrives_on=None))).faults[0]["code"] == (
        "arrival_missing"
    )
