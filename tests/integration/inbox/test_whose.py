"""Whoever brings a message may only bring those of his own partner, and takes nobody's place."""

import pytest
from django.core.cache import cache

from integration.clients import secrets
from integration.partners import actions as partners
from integration.partners import queries
from integration.partners.models import TradingPartner, Whose
from suppliers.submissions.models import Submission
from tests.integration.clients.systems import Caller
from tests.integration.inbox.letters import answered, arrives, known, letter, response
from tests.integration.inbox.test_xml import cxml_answer
from tests.scene import NOW, SETUP, VERBS, Scene, branch, fresh, give, key, ordered, person


@pytest.fixture(autouse=True)
def _uncounted(db):
    cache.clear()


@pytest.fixture
def order(scene: Scene, order):
    known(scene.supplier)
    return order


def brings(caller: Caller, raw: bytes) -> dict:
    (said,) = caller.post("inbound/", raw, content_type="application/octet-stream").json()
    return said


class TestASystem:
    def test_brings_its_own_and_nobody_elses(self, scene, order):
        raw = letter(response(order, code="accepted"))
        stranger, own = Caller.of(branch(scene, "DE").supplier), Caller.of(scene.supplier)

        forged, unknown = brings(stranger, raw), brings(stranger, letter(response(order), sender="ZZ:NOBODY"))

        assert (forged["status"], unknown["status"]) == ("refused", "refused")
        assert "no address of yours" in forged["faults"][0]["sentence"]
        assert (
            forged["faults"][0]["sentence"].replace(forged["sender"], "ZZ:NOBODY") == unknown["faults"][0]["sentence"]
        )
        assert not Submission._base_manager.exists()
        assert brings(own, raw)["status"] == "applied"  # its control number was not taken by the forged one
        assert brings(stranger, raw)["status"] == "refused"  # nor is told that it came

    def test_twin_without_the_question_books_it(self, scene, order, monkeypatch):
        monkeypatch.setattr(queries, "may_bring", lambda by, address: True)
        raw = letter(response(order, code="accepted"))
        assert brings(Caller.of(branch(scene, "DE").supplier), raw)["status"] == "applied"

    def test_needs_the_scope_and_sees_only_its_own(self, scene, order):
        raw = letter(response(order, answered(order, unit="CS")))
        assert Caller.of(scene.supplier, ["orders:read"]).post("inbound/", raw).status_code == 403
        own, stranger = Caller.of(scene.supplier), Caller.of(branch(scene, "DE").supplier)
        at = f"inbound/{brings(own, raw)['id']}/"
        assert (own.get(at).status_code, stranger.get(at).status_code) == (200, 404)
        assert own.post(f"{at}refuse/", {"reason": "No.", "version": 1}).status_code == 403
        assert Caller.of(None, ["messages:deliver"]).post("inbound/", raw, content_type="x/y").status_code == 201

    def test_a_courier_of_one_supplier_brings_nothing_from_an_unknown_address(self, scene, order, monkeypatch):

        monkeypatch.setitem(VERBS, "Courier", ["deliver_message"])
        away = branch(scene, "DE")
        courier = person("courier")
        give(courier, "Courier", supplier=away.supplier.pk)
        message = arrives(letter(response(order), sender="ZZ:NEW"), by=courier.actor)
        assert message.status == "refused"


class TestNaming:
    def test_a_named_sender_reads_all_that_waited(self, scene):
        from foundation.journal.relay import drain

        order = ordered(scene)
        raws = [letter(response(order, code="acknowledged", number=f"A-{n}"), control=n) for n in (1, 2, 3)]
        waiting = [arrives(raw) for raw in raws]
        assert {one.status for one in waiting} == {"held"}
        known(scene.supplier)
        drain()
        assert {fresh(one).status for one in waiting} == {"applied"}


class TestTheSharedSecret:
    def agreed(self, scene) -> TradingPartner:
        how = {"by": SETUP, "at": NOW}
        made = partners.agree(supplier=scene.supplier, address="duns:942888711", own_address="", syntax="cXML",
                              key=key(), **how)  # fmt: skip
        return partners.keep_secret(partner=made, whose=Whose.THEIRS, secret=secrets.Fresh("open sesame"),
                                    seen=made.version, key=key(), **how)  # fmt: skip

    def test_is_asked_where_one_was_agreed_and_two_count_while_it_changes(self, scene):
        order, partner = ordered(scene), self.agreed(scene)
        how = {"by": SETUP, "at": NOW}
        wrong = arrives(cxml_answer(order, "close sesame", payload="1@x"))
        assert (wrong.status, wrong.faults[0]["code"], wrong.identity) == ("refused", "not_the_sender", "")
        right = arrives(cxml_answer(order, "open sesame", payload="1@x"))
        assert (right.status, right.is_proved) == ("applied", True), right.faults
        partners.keep_secret(partner=partner, whose=Whose.THEIRS, secret=secrets.Fresh("new sesame"),
                             seen=fresh(partner).version, key=key(), **how)  # fmt: skip
        for payload, secret in (("2@x", "open sesame"), ("3@x", "new sesame")):
            assert arrives(cxml_answer(order, secret, payload=payload)).is_proved
        old = partner.secrets.order_by("made_at", "pk").first()
        partners.end_secret(partner=partner, secret=old.pk, seen=fresh(partner).version, key=key(), **how)
        assert arrives(cxml_answer(order, "open sesame", payload="4@x")).status == "refused"

    def test_twin_without_the_question_books_it(self, scene, monkeypatch):
        order = ordered(scene)
        self.agreed(scene)
        monkeypatch.setattr(queries, "asks_secret", lambda partner: [])
        assert arrives(cxml_answer(order, "close sesame", payload="1@x")).status == "applied"
