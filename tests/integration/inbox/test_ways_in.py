"""The API, the folder and the pages: three ways to the same messages."""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from integration.cxml.inbound import read
from integration.inbox.models import InboundMessage
from suppliers.submissions.models import Submission
from tests.integration.inbox.letters import answered, arrives, known, letter, response
from tests.integration.inbox.test_xml import cxml_answer
from tests.pages import send, signed_in, words
from tests.scene import VERBS, Scene, branch, fresh, give, key, ordered, person

OWNER = ["see_message", "work_message", "deliver_message", "see_supplier"]


@pytest.fixture
def order(scene: Scene, order):
    known(scene.supplier)
    return order


@pytest.fixture
def owner(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Message owner", OWNER)
    who = person("owner")
    give(who, "Message owner")
    return signed_in(who)


@pytest.fixture
def held(order) -> InboundMessage:
    return arrives(letter(response(order, answered(order, unit="CS"))))


class TestTheApi:
    at = "/api/v1/inbound/"

    def post(self, client, raw, **more):
        how = {"content_type": "application/edi-x12", "headers": {"Idempotency-Key": key()}} | more
        return client.post(self.at, raw, **how)

    def test_a_message_is_brought_looked_at_and_settled(self, owner, order):
        raw = letter(response(order, answered(order, unit="CS")))

        brought = self.post(owner, raw)

        (said,) = brought.json()
        assert (brought.status_code, said["status"], said["control"]) == (201, "held", "0001")
        assert said["faults"][0]["code"] == "unit_differs"
        assert self.post(owner, raw).json()[0]["status"] == "duplicate"
        (listed,) = owner.get(self.at, {"status": "held"}).json()["results"]
        refusal = {"version": listed["version"], "reason": "Count in pieces."}
        how = {"content_type": "application/json", "headers": {"Idempotency-Key": key()}}
        answer = owner.post(f"{self.at}{said['id']}/refuse/", refusal, **how)
        assert (answer.status_code, answer.json()["reasons"]) == (200, ["Count in pieces."])

    def test_cxml_is_answered_in_cxml(self, owner, order):
        raw = cxml_answer(order, "open sesame")

        kept = self.post(owner, raw, headers={}, content_type="text/xml")
        again = self.post(owner, raw, headers={}, content_type="text/xml")
        refused = self.post(owner, b"<cXML><Request/></cXML>", headers={}, content_type="text/xml")

        said = [read(one.content).document for one in (kept, again, refused)]
        assert [one.code for one in said] == ["received", "received", "rejected"]
        assert kept["Content-Type"].startswith("text/xml")
        assert said[2].troubles[0].text
        assert InboundMessage._base_manager.count() == 2

    def test_who_may_not_bring_brings_nothing(self, client, scene, order, owner):
        raw = letter(response(order, code="accepted"))
        assert self.post(client, raw).status_code in (401, 403)
        assert self.post(signed_in(scene.people["buyer"]), raw).status_code == 403
        assert self.post(owner, raw, headers={}).status_code == 400
        assert self.post(owner, b"").status_code == 400
        assert not InboundMessage._base_manager.exists()

    def test_what_is_no_message_is_kept_and_refused(self, owner):
        (said,) = self.post(owner, b'{"order": 1}', content_type="application/json").json()
        assert (said["status"], said["faults"][0]["code"]) == ("refused", "not_edi")


class TestTheFolder:
    def test_each_file_once_and_then_out_of_the_way(self, order, tmp_path):
        good = letter(response(order, code="accepted"))
        for name, raw in {"a.edi": good, "b.edi": good, "c.edi": b"nothing of ours", ".part": good}.items():
            (tmp_path / name).write_bytes(raw)
        out = StringIO()

        call_command("receive", tmp_path, still=0, stdout=out)
        call_command("receive", tmp_path, still=0, stdout=out)

        lay = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
        assert lay == {"done/a.edi", "done/b.edi", "held/c.edi", ".part"}
        assert out.getvalue().splitlines()[:2] == ["a.edi: 855 0001: taken over", "b.edi: 855 0001: came before"]
        assert out.getvalue().splitlines()[2].startswith("c.edi: c.edi: not accepted: The file does not begin as X12")
        assert Submission._base_manager.count() == 1

    def test_a_file_that_is_still_written_to_stays(self, tmp_path, db):
        (tmp_path / "a.edi").write_bytes(b"ISA*")
        call_command("receive", tmp_path, still=60)
        assert (tmp_path / "a.edi").exists()
        os.utime(tmp_path / "a.edi", (0, 0))
        call_command("receive", tmp_path, still=60, stdout=StringIO())
        assert (tmp_path / "held" / "a.edi").exists()


class TestThePages:
    def test_from_work_to_the_message_and_out(self, owner, held, order):
        url = reverse("integration:message", args=[held.pk])
        assert url in owner.get("/integration/messages/?view=held").content.decode()
        page = words(owner.get(url))
        for said in ("Order response", "is ordered in EA, the message counts in CS", order.number, "PO1*1*100*CA"):
            assert said in page, said

        assert send(owner, f"{url}read-again/", seen=held).status_code == 303
        assert send(owner, f"{url}refuse/", seen=fresh(held), reason="").status_code == 422
        assert send(owner, f"{url}refuse/", seen=fresh(held), reason="Count in pieces.").status_code == 303
        assert "Count in pieces." in words(owner.get(url))
        assert fresh(held).status == "refused"

    def test_a_sender_is_named_on_the_page(self, owner, scene):
        order = ordered(scene)
        message = arrives(letter(response(order, code="accepted")))
        url = reverse("integration:message", args=[message.pk])
        assert "Nobody is known under" in words(owner.get(url))
        wrong = send(owner, f"{url}name-sender/", seen=message, supplier="S-7")
        assert (wrong.status_code, "There is no supplier with this number" in words(wrong)) == (422, True)
        assert send(owner, f"{url}name-sender/", seen=message, supplier="s-100").status_code == 303
        assert "Taken over" in words(owner.get(url))

    def test_where_something_is_wrong_is_marked_and_passwords_are_not_shown(self, owner, order):
        raw = letter(response(order, answered(order)))
        spoiled = raw.replace(b"ACK*IA", b"ACK*QQ").replace(b"*00*          *14*40", b"*01*PASSWORD!!*14*40")
        message = arrives(spoiled)
        page = owner.get(reverse("integration:message", args=[message.pk])).content.decode()
        assert "<mark" in page
        assert "ACK*QQ*100*EA" in page.split("<mark")[1]
        assert "PASSWORD" not in page

    def test_nobody_else_sees_it_anywhere(self, scene, held, monkeypatch):
        monkeypatch.setitem(VERBS, "Messages", OWNER)
        away = branch(scene, "DE")
        there = person("there")
        give(there, "Messages", entity=away.entity.pk)
        client = signed_in(there)

        assert client.get(reverse("integration:message", args=[held.pk])).status_code == 404
        assert client.get(f"/api/v1/inbound/{held.pk}/").status_code == 404
        assert held.orders not in words(client.get("/integration/messages/"))
        assert client.get("/api/v1/inbound/").json()["results"] == []

    def test_a_page_costs_what_it_may(self, owner, held, django_assert_max_num_queries):
        url = reverse("integration:message", args=[held.pk])
        for address, most in ((url, 12), ("/integration/messages/", 6)):
            owner.get(address)
            with django_assert_max_num_queries(most):
                assert owner.get(address).status_code == 200

    def test_what_waits_is_on_the_work_page(self, owner, held):
        assert "From suppliers" in words(owner.get("/"))
