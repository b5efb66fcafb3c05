"""What is not sound is held, refused or only noted, and nobody learns what is not his."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from foundation.files import actions as files
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from integration.canon.parts import OrderReference
from integration.canon.receipt_advices import AdvisedLine, ReceiptAdvice
from integration.canon.ship_notices import ShipNotice
from integration.inbox import actions as inbox
from integration.inbox import showing
from integration.inbox.models import InboundMessage
from integration.partners import actions as partners
from integration.partners.models import TradingPartner
from suppliers.submissions.models import Submission
from tests.integration.inbox.letters import THEM, US, answered, arrives, bill, known, letter, notice, response
from tests.scene import NOW, SETUP, VERBS, Scene, branch, fresh, give, key, ordered, person

FAULTS = Path(__file__).parents[1] / "edi" / "fixtures" / "faults"


def codes(message: InboundMessage, level: str) -> list[str]:
    return [fault["code"] for fault in message.faults if fault["level"] == level]


@pytest.fixture
def order(scene: Scene, order):
    known(scene.supplier)
    return order


def test_one_fault_of_each_level_decides(order):
    """One message and its spoiled copies: noted, warned of, held, refused."""
    raw = letter(response(order, answered(order, "accepted")), control=1)
    spoil = {
        "note": (raw.replace(b"SE*6*", b"ZZ1*what~SE*7*"), "applied"),
        "warning": (raw.replace(b"IEA*1*000000001", b"IEA*1*1"), "applied"),
        "hold": (raw.replace(b"SE*6*", b"SE*9*"), "held"),
        "refuse": (raw.replace(b"IEA*1*000000001", b"IEA*1*000000777"), "refused"),
    }
    for number, (level, (spoiled, status)) in enumerate(spoil.items(), 11):
        assert spoiled != raw, level
        message = arrives(spoiled.replace(b"000000001", b"0000000%d" % number).replace(b"A*1*1~", b"A*1*%d~" % number))
        assert (message.status, message.faults[0]["level"]) == (status, level), message.faults
        assert bool(message.reasons) == (status == "refused")
    assert Submission._base_manager.count() == 2


def test_whatever_comes_is_kept_and_nothing_fails(scene):
    """Every file that the reader has a fault for. They have one control number, so that some came before."""
    for path in sorted(FAULTS.iterdir()):
        raw = path.read_bytes()
        for message in inbox.receive(raw, channel="edi", by=SETUP, at=NOW, key=key()):
            assert message.status in ("held", "refused", "duplicate")
            assert files.opened(message.file).read() == raw, path
            showing.text_of(message)
    assert not Submission._base_manager.exists()


class TestOrders:
    def test_one_of_another_supplier_is_refused_as_if_it_were_not_there(self, scene):
        known(scene.supplier)
        foreign = ordered(branch(scene, "DE"))
        missing = letter(response(foreign, code="accepted"), control=1).replace(
            foreign.number.encode(), b"PO-DE01-2026-999999"
        )

        refused = arrives(letter(response(foreign, code="accepted"), control=2))
        held = arrives(missing)

        assert (refused.status, held.status) == ("refused", "held")
        assert "PO-DE01-2026-999999" in held.faults[0]["sentence"]
        said = [one.faults[0]["sentence"].replace("PO-DE01-2026-999999", foreign.number) for one in (refused, held)]
        assert said[0] == said[1]
        assert (refused.entity, fresh(foreign).confirmed) == (None, "none")
        assert not Submission._base_manager.exists()

    def test_an_invoice_or_notice_with_one_foreign_line_books_nothing_of_it(self, scene, order):
        foreign = ordered(branch(scene, "DE"))
        mine = bill(order)
        line = replace(mine.lines[0], number="2", order=OrderReference(number=foreign.number, line="1"))
        both = replace(mine, lines=(*mine.lines, line), amount=Decimal(400))

        assert arrives(letter(both, "edifact")).status == "refused"
        assert not Submission._base_manager.exists()

    def test_a_line_that_is_another_item_waits(self, order):
        line = answered(order)
        other = replace(line, item=replace(line.item, buyer_number="BOLT-8", supplier_number=""))
        assert codes(arrives(letter(response(order, other), control=1)), "hold") == ["item_differs"]
        unknown = replace(line, number="item-1")
        assert arrives(letter(response(order, unknown), control=2)).outcomes.get().submission.body["lines"] == [
            {"line": 1}
        ]
        unknown = replace(line, number="77", item=replace(line.item, buyer_number="NUT-1", supplier_number=""))
        assert codes(arrives(letter(response(order, unknown), control=3)), "hold") == ["line_unknown"]


def test_what_is_ours_to_send_and_what_nobody_books_yet(order):
    advice = ReceiptAdvice(number="GR-9", order=OrderReference(number=order.number), lines=(
        AdvisedLine(number="1", item=answered(order).item, received=Decimal(1), unit="EA"),))  # fmt: skip
    ours = arrives(letter(advice, "edifact", control=1))
    assert (ours.status, codes(ours, "refuse")) == ("refused", ["ours_to_send"])

    again = notice(order, replaces="DN-7001")
    assert codes(arrives(letter(again, control=3)), "hold") == ["notice_replaced"]


class TestControlNumbers:
    def test_something_else_under_the_same_number_waits_and_never_books(self, order):
        first = arrives(letter(response(order, code="accepted")))
        other = arrives(letter(response(order, code="rejected")))

        assert (other.status, other.original, codes(other, "hold")) == ("held", first, ["control_reused"])
        assert arrives(letter(response(order, code="rejected"))).original == other
        again = inbox.read_again(message=other, by=SETUP, at=NOW, seen=other.version, key=key())
        assert again.status == "held"
        assert Submission._base_manager.count() == 1

    def test_the_same_request_again_is_answered_as_the_first_time(self, order):
        raw, how = letter(response(order, code="accepted")), {"key": key()}
        first, again = arrives(raw, **how), arrives(raw, **how)
        assert (again.pk, again.status) == (first.pk, "applied")
        assert InboundMessage._base_manager.count() == 1


class TestSettling:
    def test_a_sender_is_named_once_and_counts_from_then_on(self, scene):
        order = ordered(scene)
        message = arrives(letter(response(order, code="accepted")))
        assert (message.status, codes(message, "hold")) == ("held", ["sender_unknown"])

        how = {"by": SETUP, "at": NOW, "seen": message.version, "key": key()}
        message = inbox.name_sender(message=message, supplier=scene.supplier, **how)

        partner = TradingPartner.objects.get()
        assert (partner.address, partner.own_address, partner.supplier) == (THEM, US, scene.supplier)
        assert (message.status, message.supplier, message.entity) == ("applied", scene.supplier, scene.entity)
        assert arrives(letter(response(order, code="accepted"), control=9)).status == "applied"

    def test_mail_for_somebody_else_waits(self, order):
        message = arrives(letter(response(order, code="accepted"), receiver="14:1111111111111"))
        assert codes(message, "hold") == ["receiver_differs"]

    def test_refused_with_a_reason_that_is_kept(self, order):
        message = arrives(letter(response(order, answered(order, unit="CS"))))
        how = {"by": SETUP, "at": NOW, "seen": message.version}
        with pytest.raises(Refused, match="Say why"):
            inbox.refuse(message=message, reason=" ", key=key(), **how)
        refused = inbox.refuse(message=message, reason="Count in pieces.", key=key(), **how)
        assert (refused.status, refused.reasons) == ("refused", ["Count in pieces."])
        with pytest.raises(Refused):
            inbox.read_again(message=refused, by=SETUP, at=NOW, seen=refused.version, key=key())

    def test_whoever_may_not_bring_or_settle_does_not(self, scene, order, monkeypatch):
        message = arrives(letter(response(order, answered(order, unit="CS"))))
        buyer = scene.buyer
        with pytest.raises(NotYours):
            inbox.receive(b"", channel="edi", by=buyer, at=NOW, key=key())
        with pytest.raises(NotYours):
            inbox.refuse(message=message, reason="No.", by=buyer, at=NOW, seen=message.version, key=key())


def test_only_its_own_entity_sees_a_message(scene, order, monkeypatch):
    monkeypatch.setitem(VERBS, "Messages", ["see_message", "work_message"])
    away = branch(scene, "DE")
    here, there = person("here"), person("there")
    give(here, "Messages", entity=scene.entity.pk)
    give(there, "Messages", entity=away.entity.pk)
    held = arrives(letter(response(order, answered(order, unit="CS")), control=1))
    nobodys = arrives(letter(response(order, code="accepted"), control=2, sender="14:9999999999999"))
    assert (held.entity, nobodys.entity) == (scene.entity, None)

    with pytest.raises(NotYours):
        partners.agree(
            supplier=scene.supplier, address="ZZ:1", own_address="", syntax="x12", by=here.actor, at=NOW, key=key()
        )

    seen = {who: set(InboundMessage.objects.visible_to(who.actor)) for who in (here, there)}

    assert seen == {here: {held}, there: set()}


def of_both(order, other, document):
    """A truck or an invoice with a line of each order."""
    if isinstance(document, ShipNotice):
        return replace(document, order=None, lines=(notice(other).units[0].lines[0],))
    more = replace(bill(other).lines[0], number="2")
    return replace(document, lines=(*document.lines, more), amount=Decimal(400))


def elsewhere(scene: Scene):
    """An order at the same supplier for the other site."""
    return ordered(replace(scene, site=scene.other_site))


def abroad(scene: Scene):
    """An order at the same supplier by another legal entity."""
    return ordered(replace(branch(scene, "DE"), supplier=scene.supplier, supplier_person=scene.supplier_person))


DOUBTFUL = {
    "change_missing": lambda scene, order: letter(response(order, answered(order, "changed")), "edifact"),
    "currency_differs": lambda scene, order: letter(bill(order, currency="USD")),
    "price_missing": lambda scene, order: letter(
        bill(order, lines=(replace(bill(order).lines[0], price=None),), amount=Decimal(0))
    ),
    "sites_differ": lambda scene, order: letter(of_both(order, elsewhere(scene), notice(order))),
    "entities_differ": lambda scene, order: letter(of_both(order, abroad(scene), bill(order))),
}


@pytest.mark.parametrize("code", DOUBTFUL)
def test_what_must_be_asked_waits_and_books_nothing(scene, order, code):
    message = arrives(DOUBTFUL[code](scene, order))

    assert message.status == "held"
    assert code in codes(message, "hold")
    assert not Submission._base_manager.exists()


def test_what_was_not_agreed_to_be_sent_waits(order):
    TradingPartner.objects.update(sends=["ship-notice"])
    message = arrives(letter(response(order, code="accepted")))
    assert (message.status, codes(message, "hold")) == ("held", ["kind_not_agreed"])


def test_a_message_of_ours_that_could_not_be_read_is_warned_of(order):
    ours = arrives(letter(response(order, code="accepted"), control=1))
    answer = files.opened(ours.acknowledgement).read().replace(b"AK9*A*", b"AK9*R*").replace(b"AK5*A", b"AK5*R")
    assert b"AK9*R*" in answer
    them, us = (f"{address[3:]:15}".encode() for address in (THEM, US))
    message = arrives(answer.replace(us, b"?").replace(them, us).replace(b"?", them))
    assert codes(message, "warning") == ["not_understood"], message.faults
