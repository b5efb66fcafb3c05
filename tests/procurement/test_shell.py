"""What procurement brings to the work page and to the search box."""

import datetime as dt
from typing import Any

import pytest

from procurement.orders.models import PurchaseOrder
from tests.procurement.orders.stories import answered, drafted
from tests.scene import TODAY, Scene, approve, requested


def tab(client, key: str) -> str:
    answer = client.get("/", {"tab": key})
    assert answer.status_code == 200
    return answer.content.decode().partition("<tbody>")[2]


class TestWork:
    def test_a_request_moves_from_the_requester_to_the_buyer(self, scene: Scene, as_) -> None:
        request = requested(scene)
        assert request.number in tab(as_("requester"), "waiting")

        approve(scene, request)

        assert request.number not in tab(as_("requester"), "waiting")
        assert "BOLT-6" in tab(as_("buyer"), "to-order")

    def test_an_order_to_send_is_the_buyers(self, scene: Scene, as_) -> None:
        order = drafted(scene)

        assert order.number in tab(as_("buyer"), "to-send")
        assert as_("requester").get("/", {"tab": "to-send"}).status_code == 404

    def test_only_silence_beyond_what_was_agreed_is_work(self, order: Any, as_) -> None:
        assert order.number not in tab(as_("buyer"), "unconfirmed")
        PurchaseOrder._base_manager.filter(pk=order.pk).update(confirm_by=order.issued_at)

        assert order.number in tab(as_("buyer"), "unconfirmed")

    def test_what_the_supplier_changed_waits_for_the_buyer(self, scene: Scene, order: Any, as_) -> None:
        answered(scene, order, [{"line": 1, "on": (TODAY + dt.timedelta(days=44)).isoformat(), "reason": "no steel"}])

        assert "no steel" in tab(as_("buyer"), "supplier-changed")

    def test_late_goods_are_work(self, order: Any, as_) -> None:
        order.lines.update(need_by=TODAY - dt.timedelta(days=1))

        assert order.number in tab(as_("buyer"), "late-inbound")


class TestSearch:
    @pytest.mark.parametrize("who", ["buyer", "requester"])
    def test_a_number_in_full_opens_at_once(self, order: Any, as_, who: str) -> None:

        assert as_(who).get("/search/", {"q": order.number})["Location"] == f"/orders/{order.number}/"

    def test_a_suppliers_part_finds_its_orders(self, scene: Scene, order: Any, as_) -> None:

        found = as_("buyer").get("/search/", {"q": f"NF-{scene.items[0].pk}"})

        assert order.number in found.content.decode()
