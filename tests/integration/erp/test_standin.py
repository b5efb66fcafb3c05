"""The stand-in ERP itself: a test rig is believed only when it is tested."""

import threading
import time

import pytest

from tests.integration.erp.conftest import StandIn


def post(erp, document, key="k1"):
    headers = {"Idempotency-Key": key} if key else {}
    return erp.http.post(f"/{document.kind}", json=document.to_json(), headers=headers)


def reason(answer):
    return answer.status_code, answer.json()["error"]["code"]


class TestPosting:
    def test_gives_each_kind_its_own_numbers(self, erp, order, receipt, invoice):
        numbers = [post(erp, document, document.number).json()["number"] for document in (order, receipt, invoice)]

        assert numbers == ["4500000001", "5000000001", "5100000001"]

    def test_tells_what_it_posted(self, erp, order):
        posted = post(erp, order).json()

        assert (posted["reference"], posted["amount"], posted["quantity"]) == (order.number, "42", "120")

    def test_needs_the_order_before_its_receipt(self, erp, receipt):
        assert reason(post(erp, receipt)) == (409, "order_unknown")

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"number": ""}, "number_missing"),
            ({"version": 2}, "version_unknown"),
            ({"revision": 0}, "revision_bad"),
            ({"lines": []}, "lines_missing"),
            ({"lines": [{"number": 1, "quantity": "many"}]}, "quantity_bad"),
        ],
    )
    def test_refuses_a_bad_document_with_a_reason(self, erp, order, change, code):
        answer = erp.http.post("/purchase-orders", json={**order.to_json(), **change}, headers={"Idempotency-Key": "k"})

        assert reason(answer) == (422, code)
        assert erp.effects() == []

    def test_keeps_its_documents_when_it_is_killed(self, tmp_path, order):
        before = StandIn(tmp_path / "erp.db")
        post(before, order)
        before.kill()

        after = StandIn(tmp_path / "erp.db")

        assert after.effects() == [order.number]
        assert post(after, order).headers["Idempotent-Replayed"] == "true"
        after.kill()


class TestKeys:
    def test_are_asked_for(self, erp, order):
        assert reason(post(erp, order, key="")) == (400, "key_missing")

    def test_make_a_repeat_hear_the_same_answer(self, erp, order):
        first, repeat = post(erp, order), post(erp, order)

        assert repeat.json() == first.json()
        assert erp.effects() == [order.number]

    def test_do_not_stand_for_two_contents(self, erp, order, later_revision):
        post(erp, order)

        assert reason(post(erp, later_revision)) == (422, "key_reused")

    def test_are_held_while_their_document_is_in_work(self, erp, order):
        erp.fault("delay", seconds=600)
        first = threading.Thread(target=post, args=(erp, order))
        first.start()
        while not erp.http.get("/effects").json()["in_work"]:
            time.sleep(0.01)

        repeat = post(erp, order)
        erp.control("/reset", {})
        first.join()

        assert reason(repeat) == (409, "in_work")

    def test_mean_nothing_to_a_simpler_erp(self, keyless_erp, order):
        post(keyless_erp, order)
        post(keyless_erp, order)

        assert keyless_erp.effects() == [order.number, order.number]


class TestRevising:
    @pytest.fixture
    def address(self, erp, order):
        return f"/purchase-orders/{post(erp, order).json()['number']}"

    def test_replaces_the_content(self, erp, address, later_revision):
        answer = erp.http.put(address, json=later_revision.to_json())

        assert answer.json()["revision"] == 2

    def test_may_be_repeated(self, erp, address, later_revision):
        first = erp.http.put(address, json=later_revision.to_json()).json()

        assert erp.http.put(address, json=later_revision.to_json()).json() == first

    def test_refuses_an_earlier_revision(self, erp, address, order, later_revision):
        erp.http.put(address, json=later_revision.to_json())

        assert reason(erp.http.put(address, json=order.to_json())) == (422, "superseded")

    def test_refuses_other_content_under_the_same_revision(self, erp, address, order):
        answer = erp.http.put(address, json={**order.to_json(), "incoterm": "EXW"})

        assert reason(answer) == (422, "revision_reused")

    def test_refuses_another_order_s_content(self, erp, address, order):
        answer = erp.http.put(address, json={**order.to_json(), "number": "PO-OTHER"})

        assert reason(answer) == (422, "other_reference")

    def test_is_for_orders_only(self, erp, address, receipt):
        number = post(erp, receipt, "k2").json()["number"]

        assert reason(erp.http.put(f"/goods-receipts/{number}", json=receipt.to_json())) == (405, "not_revisable")


class TestAsking:
    def test_finds_a_document_by_our_number_and_by_its_own(self, erp, order):
        number = post(erp, order).json()["number"]

        (by_reference,) = erp.http.get("/purchase-orders", params={"reference": order.number}).json()["documents"]

        assert erp.http.get(f"/purchase-orders/{number}").json() == by_reference

    def test_lists_what_changed_since_a_position(self, erp, order, later_revision, receipt):
        number = post(erp, order).json()["number"]
        seen = erp.http.get("/documents").json()["next"]
        post(erp, receipt, "k2")
        erp.http.put(f"/purchase-orders/{number}", json=later_revision.to_json())

        page = erp.http.get("/documents", params={"since": seen}).json()
        orders = erp.http.get("/documents", params={"since": seen, "kind": "purchase-orders"}).json()

        assert [document["reference"] for document in page["documents"]] == [receipt.number, order.number]
        assert [document["revision"] for document in orders["documents"]] == [2]
        assert erp.http.get("/documents", params={"since": page["next"]}).json()["documents"] == []

    @pytest.mark.parametrize("query", [{"since": "yesterday"}, {"kind": "poems"}])
    def test_refuses_a_question_it_does_not_understand(self, erp, query):
        assert reason(erp.http.get("/documents", params=query)) == (400, "bad_query")

    @pytest.mark.parametrize("address", ["/purchase-orders/4500009999", "/purchase-orders", "/poems", "/"])
    def test_knows_no_other_address(self, erp, address):
        assert erp.http.get(address).status_code == 404


class TestScript:
    def test_plays_a_fault_as_often_as_asked(self, erp, order):
        erp.fault("status:502", times=2)

        assert [post(erp, order).status_code for _ in range(3)] == [502, 502, 201]

    def test_is_the_same_for_the_same_seed(self, erp, order):
        def played():
            erp.control("/reset", {})
            erp.fault("status:500", times=None, chance=0.5)
            return [post(erp, order).status_code for _ in range(20)]

        first = played()

        assert set(first) == {201, 500}
        assert played() == first

    def test_meets_only_what_it_is_meant_for(self, erp, order):
        erp.fault("status:500", match="GET purchase-orders", times=None)

        assert post(erp, order).status_code == 201
        assert erp.http.get("/purchase-orders", params={"reference": order.number}).status_code == 500
        assert erp.http.get("/health").status_code == 200

    @pytest.mark.parametrize(
        "script", [[{"fault": "sabotage"}], [{"fault": "status:200"}], [{"fault": "delay", "x": 1}], 5]
    )
    def test_refuses_a_fault_it_cannot_play(self, erp, script):
        assert erp.http.post("/faults", json=script).status_code == 400

    def test_refuses_web_pages(self, erp):
        answer = erp.http.post("/outage", json={"on": True}, headers={"Origin": "https://example.org"})

        assert reason(answer) == (403, "browser")


class TestOutage:
    def test_lasts_until_it_is_ended(self, erp, order):
        erp.control("/outage", {"on": True})
        during = [post(erp, order).status_code, erp.http.get("/health").status_code]
        erp.control("/outage", {"on": False})

        assert during == [503, 503]
        assert post(erp, order).status_code == 201
