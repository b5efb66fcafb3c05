"""What a request says to the authority matrix: its own words, what others know of it, what belongs with it."""

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from foundation.values.actor import system
from fulfillment.demand import actions as demand
from fulfillment.demand.actions import Ordered
from governance.approvals.queries import request_of
from procurement.requisitions import actions as requisitions
from procurement.requisitions import routing
from procurement.requisitions.drafting import Wanted
from receiving.stock import actions as stock
from receiving.stock.actions import Moved
from tests.scene import NOW, TODAY, Scene, key, ordered, requested

D = Decimal
WMS = system("wms")


def sent(scene: Scene, quantity: Any, **more: Any) -> Any:
    """A request for bolts at 2 euros, submitted: above 100 euros the branch manager is asked."""
    at = more.pop("at", NOW)
    wanted = [Wanted(item_id=scene.items[0].pk, quantity=D(quantity), need_by=TODAY + dt.timedelta(days=14), **more)]
    said = {"site": scene.site, "title": "Bolts", "by": scene.requester, "at": at}
    draft = requisitions.raise_(wanted=wanted, key=key(), **said)
    return requisitions.submit(requisition=draft, by=scene.requester, at=at, seen=draft.version, key=key())


def facts(document: Any) -> dict[str, Any]:
    return request_of(document.subject).facts


def pieces(whole: int, dice: Random) -> list[int]:
    cuts = sorted(dice.sample(range(1, whole), dice.randint(1, 3)))
    return [last - first for first, last in zip([0, *cuts], [*cuts, whole], strict=True)]


class TestSplitting:
    @pytest.mark.parametrize("seed", range(8))
    def test_never_lowers_the_level(self, scene: Scene, seed: int) -> None:
        """60 bolts are 120 euros, which the manager is asked about; so he is however they are cut."""
        states = [sent(scene, piece).status for piece in pieces(60, Random(seed))]

        assert "in_approval" in states

    def test_would_lower_it_if_each_counted_alone(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(routing, "related", lambda requisition, at: D(0))

        assert {sent(scene, 30).status, sent(scene, 30).status} == {"approved"}

    def test_counts_what_was_asked_for_within_a_day(self, scene: Scene) -> None:
        assert sent(scene, 30).status == "approved"
        assert sent(scene, 30, at=NOW + dt.timedelta(days=2)).status == "approved"

    def test_is_told_in_the_proof(self, scene: Scene) -> None:
        sent(scene, 30)
        [why] = request_of(sent(scene, 30).subject).steps.get().why

        assert why["because"][-1] == "amount 120.00 (60.00 and related purchases), from 100.00 on"


class TestWords:
    def test_a_price_far_above_the_usual(self, scene: Scene) -> None:
        assert facts(sent(scene, 60, price=D("2.11"), currency="EUR"))["price"] == "above"
        assert facts(sent(scene, 60, price=D("2.5"), currency="EUR"))["price"] == "far_above"

    def test_a_supplier_is_new_until_an_order_went_out(self, scene: Scene) -> None:
        assert facts(requested(scene))["supplier_tenure"] == "new"
        ordered(scene)

        assert facts(requested(scene))["supplier_tenure"] == "established"

    def test_an_item_that_runs_out(self, scene: Scene) -> None:
        bolt = scene.items[0].pk
        assert facts(sent(scene, 60))["inventory_impact"] == "none"
        moved = [Moved(bolt, "available", D(40))]
        said: dict[str, Any] = {"site_id": scene.site.pk, "moved": moved, "reference": "t", "by": WMS, "at": NOW}
        stock.put_in(kind="opening", **said)
        stock.take_out(kind="shipment", **said)

        assert facts(sent(scene, 60))["inventory_impact"] == "stock_out"
        stock.put_in(kind="opening", **said)
        assert facts(sent(scene, 60))["inventory_impact"] == "none"
        assert facts(sent(scene, 600))["inventory_impact"] == "overstock"

    @pytest.mark.parametrize(("promised", "said"), [(30, "promised"), (3, "at_risk")])
    def test_a_customer_who_waits(self, scene: Scene, promised: int, said: str) -> None:
        assert facts(sent(scene, 60))["customer_commitment"] == "none"
        demand.take(
            customer=scene.customer,
            site=scene.site,
            promised_on=TODAY + dt.timedelta(days=promised),
            ordered=[Ordered(scene.items[0], D(5))],
            by=scene.planner,
            at=NOW,
            key=key(),
        )

        assert facts(sent(scene, 60))["customer_commitment"] == said
