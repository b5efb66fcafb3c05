"""What happens to an order is told to the supplier's system, once, in its own syntax, and is kept as it left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from foundation.files import actions as files
from foundation.journal import replay
from foundation.journal.models import Delivery
from foundation.journal.relay import drain
from governance.cases.models import Case
from integration.canon import acknowledgements as acks
from integration.canon.acknowledgements import Acknowledged, Acknowledgement, Trouble
from integration.partners import actions as partners
from integration.partners.models import Gets, Syntax, Way
from integration.sending import delivering, transports
from integration.sending.models import OutboundMessage
from procurement.changes import actions as changes
from procurement.changes.deltas import Proposed
from procurement.changes.models import ChangeField
from procurement.orders import actions as orders
from tests.integration.inbox.letters import answered, arrives, letter, response
from tests.integration.sending.partner import ADDRESSES, agreed, heard, lay
from tests.receiving.steps import received
from tests.scene import NOW, SETUP, Scene, fresh, key, ordered


@pytest.fixture
def folder(settings, tmp_path):
    settings.PARTNER_FOLDER = tmp_path
    return tmp_path


HEARS = "integration.subscribers.hear_acknowledgement"


def sent() -> list[OutboundMessage]:
    return list(OutboundMessage._base_manager.select_related("file").order_by("pk"))


def changed(scene: Scene, order, quantity: int) -> None:
    line = order.lines.select_related("item", "unit").get(number=1)
    proposed = [Proposed(line, ChangeField.QUANTITY, str(quantity))]
    how = {"order": order, "proposed": proposed, "reason": "Less is enough."}
    changes.change_order(**how, by=scene.buyer, at=NOW, seen=fresh(order).version, key=key())
    drain()


def forgotten() -> None:
    """The relay died before it could note that the order was told."""
    ours = Delivery.objects.filter(subscriber="integration.subscribers.send_order")
    assert ours.update(status="ready", done_at=None, next_at=NOW - timedelta(days=900)) == 1
    drain()


def cancelled(scene: Scene, order) -> None:
    orders.cancel(order=order, reason="Not needed.", by=scene.buyer, at=NOW, seen=fresh(order).version, key=key())
    drain()


@pytest.mark.parametrize("syntax", list(Syntax))
def test_an_order_its_change_and_its_end(scene, folder, syntax):
    agreed(scene, syntax)
    scene.entity.vat_number, scene.site.gln = "NL004495445B01", "8712345000011"
    scene.entity.save()
    scene.site.save()
    order = ordered(scene, items=2)
    changed(scene, order, quantity=80)
    cancelled(scene, order)

    assert [one.status for one in sent()] == ["sent"] * 3, [one.reasons for one in sent()]
    first, second, third = lay(folder)
    assert [one.status for one in sent()] == ["sent"] * 3, [one.reasons for one in sent()]
    assert [one.kind for one in sent()] == ["order", "order-change", "order-cancellation"]
    whole, change, end = (heard(path) for path in (first, second, third))
    assert (whole.sender, whole.receiver) == tuple(reversed(ADDRESSES[syntax])), whole.faults
    assert [one.document.kind for one in (whole, change, end)] == ["order", "order-change", "order-cancellation"]
    assert max(one.level for one in (whole, change, end)) < 2, [one.faults for one in (whole, change, end)]
    assert [line.quantity for line in whole.document.lines] == [100, 100]
    assert [(line.number, line.quantity) for line in change.document.lines] == [("1", 80)]
    assert end.document.order.number == order.number
    for message, path in zip(sent(), (first, second, third), strict=True):
        assert files.opened(message.file).read() == path.read_bytes()
    assert len({one.control for one in sent()}) == 3


@pytest.mark.parametrize("syntax", [Syntax.EDIFACT, Syntax.UBL])
def test_what_arrived_is_advised(scene, folder, syntax):
    agreed(scene, syntax, gets=[Gets.RECEIPT_ADVICE])
    order = ordered(scene)
    received(scene, order, 90, damaged=4)
    drain()
    (path,) = lay(folder)
    (line,) = heard(path).document.lines
    assert (line.received, line.rejected, line.short) == (94, 4, 6), heard(path).faults
    assert line.order.number == order.number


class TestOnce:
    """However often it is tried."""

    def test_a_delivery_that_is_repeated_sends_nothing_again(self, scene, folder):
        agreed(scene)
        ordered(scene)
        (path,) = lay(folder)
        path.unlink()  # the gateway has it
        forgotten()
        assert (lay(folder), len(sent())) == ([], 1)

    def test_cut_short_after_it_left_it_leaves_again_as_the_same(self, scene, folder, monkeypatch):
        agreed(scene)
        left = []
        send = transports.send

        def cut(partner, raw, **how):
            send(partner, raw, **how)
            left.append((raw, how["name"], how["key"]))
            if len(left) == 1:
                raise transports.NotYet("The line broke.")

        monkeypatch.setattr(transports, "send", cut)
        ordered(scene)
        Delivery.objects.filter(status="ready").update(next_at=NOW - timedelta(days=900))
        drain()
        assert len(left) == 2
        assert left[0] == left[1]
        assert [one.status for one in sent()] == ["sent"]
        assert len(lay(folder)) == 1

    def test_twin_that_forgets_what_it_wrote_gives_a_second_number(self, scene, folder, monkeypatch):
        tell = delivering._tell
        careless = lambda plan, partner, **_key: tell(replace(plan, what=key()), partner, key=key())  # noqa: E731
        monkeypatch.setattr(delivering, "_tell", careless)
        agreed(scene)
        ordered(scene)
        forgotten()
        assert len({one.control for one in sent()}) == len(lay(folder)) == 2


class TestWhatCannotBeSaid:
    def test_stops_with_a_sentence_and_a_case_and_goes_on_when_it_is_mended(self, scene, folder):
        partner = agreed(scene, Syntax.EDIFACT)
        scene.supplier.party.name = "Ł" * 40
        scene.supplier.party.save()
        ordered(scene)

        (message,) = sent()
        assert (message.status, lay(folder)) == ("stopped", [])
        assert "too long" in message.reasons[0]
        case = Case._base_manager.get(about=message.subject)
        delivery = Delivery.objects.get(subscriber="integration.subscribers.send_order")
        assert (delivery.status, case.status) == ("parked", "open")

        terms = {"syntax": Syntax.X12, "own_address": partner.own_address, "way": Way.FOLDER, "target": "nordfast"}
        partners.change(partner=partner, terms=terms, by=SETUP, at=NOW, seen=partner.version, key=key())
        replay.redeliver(delivery=delivery, reason="mended", by=SETUP, at=NOW, key=key())
        drain()
        assert [one.status for one in sent()] == ["sent"], sent()[0].reasons
        assert fresh(case).status != "open"


class TestWhatTheyAnswer:
    @pytest.fixture
    def message(self, scene, folder):
        agreed(scene)
        ordered(scene)
        return sent()[0]

    def says(self, message, code: str, *, sender: str = "", **more) -> None:
        verdict = Acknowledged(message="850", control="0001", code=code, **more)
        said = Acknowledgement(group="PO", control=message.control, code=code, messages=(verdict,))
        arrives(letter(said, kind="997", control=9000 + len(code), **({"sender": sender} if sender else {})))
        drain()

    def test_yes(self, message):
        self.says(message, acks.ACCEPTED)
        self.says(message, acks.WITH_ERRORS)
        assert not Delivery.objects.filter(subscriber=HEARS).exclude(status="done").exists()
        assert (fresh(message).status, bool(fresh(message).answered_at)) == ("accepted", True)

    def test_no_with_its_reason_is_a_case_and_stays_no(self, message):
        trouble = Trouble(segment="PO1", position="8-3", code="7", text="BX")
        self.says(message, acks.REJECTED, troubles=(trouble,))
        self.says(message, acks.ACCEPTED)
        assert not Delivery.objects.filter(subscriber=HEARS).exclude(status="done").exists()
        assert fresh(message).status == "refused"
        assert "PO1 8-3: 7: BX" in fresh(message).reasons
        assert Case._base_manager.get(about=message.subject).summary == "PO1 8-3: 7: BX"

    def test_of_somebody_else_it_means_nothing(self, scene, message):
        from tests.integration.inbox.letters import known
        from tests.scene import branch

        known(branch(scene, "DE").supplier, "14:9999999900004")
        self.says(message, acks.REJECTED, sender="14:9999999900004")
        assert fresh(message).status == "sent"


class TestOurAcknowledgements:
    def test_leave_once_for_an_interchange_and_only_to_its_sender(self, scene, folder):
        agreed(scene, gets=[Gets.ACKNOWLEDGEMENT])
        order = ordered(scene)
        raw = letter(response(order, code="accepted"))
        arrives(raw)
        arrives(raw)
        drain()
        (path,) = lay(folder)
        assert (heard(path).kind, heard(path).document.code) == ("997", "accepted")

    def test_a_refusal_says_why(self, scene, folder):
        agreed(scene, Syntax.EDIFACT, gets=[Gets.ACKNOWLEDGEMENT])
        order = ordered(scene)
        arrives(letter(response(order, answered(order, number=1)), "edifact"))
        order.number = "PO-NL01-2026-999999"
        message = arrives(letter(response(order, code="accepted", number="AB-7"), "edifact", control=205))
        from integration.inbox import actions as inbox

        inbox.refuse(message=message, reason="We have no such order: check its number.", by=SETUP, at=NOW,
                     seen=message.version, key=key())  # fmt: skip
        drain()
        said = [heard(path) for path in lay(folder)]
        aperak = next(one for one in said if one.kind == "APERAK")
        assert aperak.document.code == "rejected"
        assert " ".join(trouble.text for trouble in aperak.document.troubles).startswith("We have no such order")


def test_half_of_a_file_is_never_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(transports.os, "fsync", lambda _number: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(transports.NotYet, match="No space left"):
        transports.into_folder(tmp_path / "x", "850-1.edi", b"ISA*")
    assert list((tmp_path / "x").iterdir()) == []
