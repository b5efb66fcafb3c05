"""The same two stories by hand: every person in his own browser."""

from decimal import Decimal

import pytest

from foundation.journal.relay import drain
from governance.cases.models import Case
from receiving.receipts.models import Receipt
from tests.flows.test_requisition_to_stock import billed
from tests.flows.test_short_delivery import has, put_elsewhere, staffed, wants  # noqa: F401
from tests.receiving import steps
from tests.receiving.steps import TEST
from tests.receiving.test_screens import announced
from tests.scene import Scene, fresh, ordered

pytestmark = pytest.mark.browser


def count(page, quantity: int, damaged: int = 0) -> None:
    page.locator("#id_accepted").fill(str(quantity))
    if damaged:
        page.get_by_text("Something is wrong").click()
        page.get_by_label("Damaged").fill(str(damaged))
        page.get_by_label("Packaging open").check()
    page.get_by_role("button", name="Confirm the count").click()
    page.wait_for_load_state()


def post(page) -> None:
    page.get_by_role("link", name="Finish and post").click()
    page.get_by_role("button", name="Post: the goods are ours").click()
    page.locator("h1 .badge.ok").wait_for()


def test_a_truck_that_does_not_fit(scene: Scene, eyes):
    order = ordered(scene)
    notice = announced(scene, order, 120)

    # The buyer is warned before the truck is here.
    page = eyes(scene.people["buyer"], f"/ship-notices/{notice.number}/")
    assert page.get_by_role("heading", name="This truck does not fit the orders").is_visible()

    # The receiver finds the truck by its delivery note and counts what stands there.
    page = eyes(scene.people["receiver"], "/receiving/truck/?site=RTM&q=DN-1", width=360)
    page.get_by_role("button", name=f"Count {notice.number}").click()
    page.locator("#code").fill("BOLT-6")
    page.keyboard.press("Enter")
    page.wait_for_url("**code=BOLT-6")
    count(page, 92, damaged=8)
    post(page)
    drain()
    receipt = Receipt.objects.everywhere(because=TEST).get()
    assert steps.stock(scene) == {"available": 92, "damaged": 8}

    # The invoice waits; the supervisor sees both cases on the receipt and settles them.
    invoice = billed(scene, order, quantity=100)
    assert invoice.status == "blocked"
    page = eyes(scene.people["supervisor"], f"/receipts/{receipt.number}/")
    for case in Case.objects.everywhere(because=TEST).filter(about=receipt.subject):
        assert page.get_by_role("link", name=case.number).is_visible()
    steps.settle(scene, "receipt_damaged", "take_in")
    drain()
    assert fresh(invoice).status == "released"


def test_a_short_delivery(staffed: Scene, eyes):
    scene = staffed
    put_elsewhere(scene, 40)
    urgent, patient = wants(scene, 50, priority=1), wants(scene, 50)
    order = ordered(scene)

    # The receiver counts seventy.
    page = eyes(scene.people["receiver"], f"/receiving/truck/?site=RTM&q={order.number}", width=360)
    page.get_by_role("button", name=f"Count {order.number}").click()
    page.get_by_role("link", name="Hex bolt M6").click()
    count(page, 70)
    post(page)
    drain()

    # The planner sees who got what and why, and that another site has forty.
    page = eyes(scene.people["planner"], f"/demand/{patient.number}/")
    assert page.get_by_text(urgent.number).is_visible()
    page.get_by_role("link", name="BOLT-6").click()
    assert page.get_by_text("UTR Utrecht").is_visible()
    assert page.get_by_text("handing it out anew would change nothing").is_visible()

    # A better right comes up; the planner looks at the difference, then hands it out anew.
    hospital = wants(scene, 60, priority=1)
    page.reload()
    page.get_by_label("Why is it handed out anew?").fill("hospital first")
    page.get_by_role("button", name="Re-allocate").click()
    page.get_by_text("Handed out anew.").wait_for()
    assert (has(urgent), has(hospital), has(patient)) == ((50, 0), (20, 40), (0, 50))

    # The shipment is planned and leaves.
    page.goto(page.url.split("/allocation/")[0] + f"/demand/{urgent.number}/")
    page.get_by_role("button", name="Plan a shipment").click()
    page.get_by_role("button", name="Ship", exact=True).click()
    page.locator("h1 .badge.ok").wait_for()
    assert fresh(urgent).status == "shipped"
    assert steps.stock(scene)["available"] == Decimal(20)

    # Three people have three tasks.
    kinds = Case.objects.everywhere(because=TEST).exclude(kind="receipt_short").values_list("kind", "owner__name")
    assert len({owner for _kind, owner in kinds}) == 3
