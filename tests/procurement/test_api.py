"""Requests, orders and changes over REST: one effect a key, no blind writes, nothing outside one's scope."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from procurement.changes.models import ChangeRequest
from procurement.requisitions.models import Requisition
from tests.procurement.orders.stories import answered, drafted
from tests.scene import TODAY, Scene, fresh, give, key, person

SOON = (TODAY + dt.timedelta(days=14)).isoformat()
API = "/api/v1"


def post(client: Client, address: str, said: dict | None = None, *, once: str = "") -> Any:
    headers = {"Idempotency-Key": once or key()}
    return client.post(API + address, said or {}, content_type="application/json", headers=headers)


def asked(**more: object) -> dict:
    line = {"item": "BOLT-6", "quantity": "40", "need_by": SOON}
    return {"site": "RTM", "title": "By machine", "cost_center": "4100", "lines": [line], **more}


class TestRequisitions:
    def test_are_raised_and_sent(self, scene: Scene, as_) -> None:
        made = post(as_("requester"), "/requisitions/", asked())
        assert made.status_code == 201, made.json()
        said = made.json()

        sent = post(as_("requester"), f"/requisitions/{said['number']}/submit/", {"version": said["version"]})

        assert (said["lines"][0]["sku"], said["amount"]) == ("BOLT-6", "80.000000")
        assert sent.status_code == 200, sent.json()
        assert sent.json()["status"] == "approved"

    def test_sent_twice_with_one_key_are_one(self, scene: Scene, as_) -> None:
        first, second = (post(as_("requester"), "/requisitions/", asked(), once="the-same-key") for _n in range(2))

        assert first.json()["number"] == second.json()["number"]
        assert Requisition._base_manager.count() == 1

    def test_one_key_with_other_content_is_refused(self, scene: Scene, as_) -> None:
        post(as_("requester"), "/requisitions/", asked(), once="the-same-key")

        assert post(as_("requester"), "/requisitions/", asked(title="Other"), once="the-same-key").status_code == 422

    def test_what_is_not_understood_is_named_line_by_line(self, scene: Scene, as_) -> None:
        lines = [{"item": "BOLT-6", "quantity": "5", "need_by": SOON}, {"item": "NUT", "quantity": "5"}]
        answer = post(as_("requester"), "/requisitions/", asked(lines=lines))

        assert answer.status_code == 409
        assert answer.json()["reasons"] == ["Line 2: No item has the code “NUT”."]

    def test_unknown_fields_and_foreign_sites_are_refused(self, scene: Scene, as_) -> None:
        assert post(as_("requester"), "/requisitions/", asked(discount="5")).status_code == 400
        assert post(as_("requester"), "/requisitions/", asked(site="XXX")).status_code == 400

    def test_without_the_verb_nothing_is_raised(self, scene: Scene, as_) -> None:
        assert post(as_("manager"), "/requisitions/", asked()).status_code == 403

    def test_are_listed_with_the_filters_of_the_page(self, scene: Scene, as_) -> None:
        post(as_("requester"), "/requisitions/", asked())

        assert as_("requester").get(f"{API}/requisitions/?status=draft").json()["count"] == 1
        assert as_("requester").get(f"{API}/requisitions/?status=ordered").json()["count"] == 0


class TestOrders:
    def test_are_issued_once_and_not_blindly(self, scene: Scene, as_) -> None:
        order = drafted(scene)
        address = f"/orders/{order.number}/issue/"

        blind = post(as_("buyer"), address)
        done = post(as_("buyer"), address, {"version": order.version})
        stale = post(as_("buyer"), address, {"version": order.version})

        assert (blind.status_code, done.status_code, stale.status_code) == (400, 200, 409)
        assert done.json()["status"] == "issued"
        assert stale.json()["code"] == "stale"
        assert stale.json()["changes"]

    def test_the_rules_refuse_with_a_sentence(self, order: Any, as_) -> None:

        answer = post(as_("buyer"), f"/orders/{order.number}/close/", {"version": order.version})

        assert (answer.status_code, answer.json()["reasons"]) == (409, ["Some lines are still open."])

    def test_out_of_scope_there_is_nothing(self, scene: Scene, order: Any, as_) -> None:
        elsewhere = person("elsewhere")
        scene.people["elsewhere"] = elsewhere
        give(elsewhere, "Buyer", site=scene.other_site.pk)

        assert as_("elsewhere").get(f"{API}/orders/{order.number}/").status_code == 404
        assert as_("buyer").get(f"{API}/orders/{order.number}/").status_code == 200


class TestChanges:
    @pytest.fixture
    def change(self, scene: Scene, order: Any) -> ChangeRequest:
        later = (TODAY + dt.timedelta(days=44)).isoformat()
        answered(scene, order, [{"line": 1, "on": later}])
        return ChangeRequest._base_manager.get()

    def test_show_their_deltas(self, change: ChangeRequest, as_) -> None:
        said = as_("buyer").get(f"{API}/changes/{change.number}/").json()

        assert [delta["field"] for delta in said["deltas"]] == ["date"]

    def test_are_declined_with_a_reason(self, change: ChangeRequest, as_) -> None:
        address = f"/changes/{change.number}/decline/"

        silent = post(as_("buyer"), address, {"version": change.version})
        done = post(as_("buyer"), address, {"version": change.version, "reason": "too late"})

        assert (silent.status_code, done.status_code) == (400, 200)
        assert fresh(change).status == "declined"
