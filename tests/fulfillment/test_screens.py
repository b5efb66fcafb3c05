"""Every page of fulfillment: who sees it, what it costs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.journal.relay import drain
from fulfillment.demand.models import CustomerOrder
from fulfillment.shipments import actions as shipments
from tests.flows.test_short_delivery import put_elsewhere, wants
from tests.receiving import steps
from tests.receiving.steps import TEST
from tests.scene import NOW, TODAY, Scene, fresh, give, key, person

LIST, PAGE = 6, 12
PAGES = [
    ("/demand/", LIST + 1),
    ("/demand/?view=short&short=1", LIST + 1),
    ("/demand/new/", PAGE),
    ("/demand/{order}/", PAGE),
    ("/demand/{order}/cancel/", PAGE),
    ("/backorders/", LIST + 1),
    ("/allocation/", PAGE),
    ("/allocation/RTM/BOLT-6/", PAGE),
    ("/shipments/", LIST + 1),
    ("/shipments/{shipment}/", PAGE),
    ("/panels/item/BOLT-6/demand/", PAGE),
    ("/panels/receipt/{receipt}/customers/", PAGE),
    ("/?tab=shortages", PAGE),
]


@pytest.fixture
def goods(scene: Scene, order: Any) -> dict[str, str]:
    put_elsewhere(scene, 40)
    served, waiting = wants(scene, 50, priority=1), wants(scene, 50)
    receipt = steps.received(scene, order, 70)
    drain()
    served = fresh(served)
    shipment = shipments.plan(order=served, by=scene.planner, at=NOW, seen=served.version, key=key())
    wants(scene, 30, priority=1)
    return {"order": waiting.number, "shipment": shipment.number, "receipt": receipt.number}


class TestPages:
    def test_answer_within_their_budgets(self, browse, goods):
        client = browse("planner")
        client.get("/allocation/")

        for address, budget in PAGES:
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address.format(**goods))

            assert answer.status_code == 200, address
            assert len(asked) <= budget, "\n".join([address, *(query["sql"][:140] for query in asked)])

    def test_are_missing_for_who_works_elsewhere(self, scene: Scene, goods):
        elsewhere = person("elsewhere")
        give(elsewhere, "Planner", site=scene.other_site.pk)
        client = Client()
        client.force_login(elsewhere)

        for address in [page[0] for page in PAGES if "{" in page[0] or "RTM" in page[0]]:
            assert client.get(address.format(**goods)).status_code == 404, address


class TestTake:
    def sent(self, scene: Scene, browse, **lines: str):
        form = {
            "customer": scene.customer.pk,
            "site": scene.site.pk,
            "promised_on": TODAY.isoformat(),
            "lines-TOTAL_FORMS": "8",
            "lines-INITIAL_FORMS": "0",
            "key": key(),
        }
        return browse("planner").post(
            "/demand/new/", form | {name.replace("_", "-", 2): v for name, v in lines.items()}
        )

    def test_takes_an_order(self, scene: Scene, browse):
        answer = self.sent(scene, browse, lines_0_sku="bolt-8", lines_0_quantity="25")

        assert answer.status_code == 303
        assert CustomerOrder.objects.everywhere(because=TEST).get().lines.get().quantity == 25

    def test_says_which_item_is_unknown(self, scene: Scene, browse):
        answer = self.sent(scene, browse, lines_0_sku="NUT-9", lines_0_quantity="25")

        assert answer.status_code == 422
        assert "No item has this number." in answer.content.decode()


class TestPlan:
    def test_is_stale_when_the_order_changed(self, scene: Scene, browse, goods):
        order = CustomerOrder.objects.everywhere(because=TEST).get(number=goods["order"])

        answer = browse("planner").post(f"/demand/{order.number}/plan/", {"seen": order.version - 1, "key": key()})

        assert answer.status_code == 409
