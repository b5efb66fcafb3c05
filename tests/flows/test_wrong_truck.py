"""A truck that does not fit its order: known before it arrives, counted as it is, paid when it is settled."""

from decimal import Decimal
from typing import Any

from foundation.journal.relay import drain
from governance.cases.models import Case
from receiving.notices.models import ShipNotice
from tests.flows.test_requisition_to_stock import billed, say
from tests.receiving import steps
from tests.receiving.steps import TEST
from tests.scene import Scene, fresh


def test_a_truck_that_does_not_fit(scene: Scene, order: Any):
    # The supplier announces 120 of 100, four days early: a case opens before the truck is here.
    said = say(
        scene,
        order,
        "ship_notice",
        reference="DN-9",
        ships_on="2026-03-10",
        arrives_on="2026-03-11",
        lines=[{"line": 1, "quantity": "120"}],
    )
    assert said.status == "applied", said.answer
    notice = ShipNotice.objects.everywhere(because=TEST).get(reference="DN-9")
    assert [flag["code"] for flag in notice.flags] == ["over_open", "early"]
    early = Case.objects.everywhere(because=TEST).get(kind="notice_mismatch")
    assert (early.owner.name, early.about_url) == ("Buyer", f"/ship-notices/{notice.number}/")

    # The receiver counts what is there: 92 good ones and 8 broken. Nobody asks him to count otherwise.
    receipt = steps.count(scene, steps.started(scene, notice=notice), 1, 92, damaged=8)
    receipt = steps.post(scene, receipt)
    drain()
    assert steps.stock(scene) == {"available": 92, "damaged": 8}
    kinds = sorted(Case.objects.everywhere(because=TEST).filter(about=receipt.subject).values_list("kind", flat=True))
    assert kinds == ["receipt_damaged", "receipt_short"]  # twenty that were announced did not come

    # The invoice for the hundred is held; settling the twenty does not change that, for it holds nothing.
    invoice = billed(scene, order, quantity=100)
    assert invoice.status == "blocked"
    steps.settle(scene, "receipt_short", "expect_remainder")
    drain()
    assert fresh(invoice).status == "blocked"

    # The broken ones are kept as they are: now it is paid.
    steps.settle(scene, "receipt_damaged", "take_in")
    drain()
    assert fresh(invoice).status == "released"
    assert steps.stock(scene) == {"available": Decimal(100)}
    assert fresh(early).status == "auto_resolved"  # the truck has been counted: what it would bring is known
