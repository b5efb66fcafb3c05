"""Money that comes back: a credit note is booked against its invoice, once that is released; a corrected invoice waits."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance.commitments.models import Commitment
from finance.invoices.models import Invoice
from foundation.journal.relay import drain
from integration.canon.supplier_invoices import CreditNote, SupplierInvoice
from integration.inbox import actions as inbox
from integration.inbox.models import InboundMessage
from tests.integration.inbox.letters import arrives, bill, known, letter
from tests.receiving.steps import received
from tests.scene import NOW, SETUP, Scene, fresh, key


@pytest.fixture
def order(scene: Scene, order):
    known(scene.supplier)
    return order


def credit(order, quantity: int, **more) -> CreditNote:
    mine = bill(order)
    line = replace(mine.lines[0], quantity=Decimal(quantity))
    said = {"number": "C-1", "issued_on": mine.issued_on, "currency": "EUR", "order": mine.order, "lines": (line,)}
    return CreditNote(**(said | {"preceding": "R-4711", "amount": Decimal(2 * quantity)} | more))


def again(message: InboundMessage) -> InboundMessage:
    message = fresh(message)
    read = inbox.read_again(message=message, by=SETUP, at=NOW, seen=message.version, key=key())
    drain()
    return fresh(read)


def hold(message: InboundMessage) -> list[str]:
    return [fault["code"] for fault in message.faults if fault["level"] == "hold"]


def test_waits_for_its_invoice_and_is_then_booked_against_it(scene, order):
    early = arrives(letter(credit(order, 10), "edifact", control=7))
    assert hold(early) == ["credit_of_nothing"]
    arrives(letter(bill(order)))
    drain()
    assert hold(again(early)) == ["credit_too_early"]
    received(scene, order, 100)
    drain()
    (invoice,) = Invoice._base_manager.all()
    assert invoice.status == "released"

    booked = again(early)

    assert booked.status == "applied", booked.faults
    note = Invoice._base_manager.get(supplier_number="C-1")
    assert (note.credits, note.total_amount, note.status, note.verdict) == (invoice, -20, "released", note.verdict)
    assert Commitment._base_manager.get().billed == 90
    more = arrives(letter(credit(order, 95, number="C-2"), "edifact", control=8))
    drain()
    assert (fresh(more).status, "which asks for 200.00" in " ".join(fresh(more).reasons)) == ("refused", True)
    assert Invoice._base_manager.count() == 2


def test_says_what_it_credits(order):
    assert hold(arrives(letter(credit(order, 10, preceding=""), "edifact"))) == ["credit_of_nothing"]


def test_a_corrected_invoice_waits_until_the_first_is_gone(order):
    arrives(letter(bill(order)))
    drain()
    corrected = replace(bill(order), number="R-4712", preceding="R-4711")
    assert isinstance(corrected, SupplierInvoice)
    message = arrives(letter(corrected, "edifact", control=9))
    assert hold(message) == ["invoice_corrected"]
    Invoice._base_manager.filter(supplier_number="R-4711").update(status="rejected")
    assert again(message).status == "applied"
    assert Invoice._base_manager.filter(supplier_number="R-4712").exists()
