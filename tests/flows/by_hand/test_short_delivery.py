"""Story 11 by hand: seventy of a hundred come while customers wait; three people act at the same time."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from fulfillment.demand.models import CustomerOrder
from governance.cases.models import Case
from tests.flows.by_hand import hands
from tests.flows.by_hand.sites import Company
from tests.flows.test_short_delivery import has, put_elsewhere, staff
from tests.receiving.steps import TEST
from tests.scene import TODAY

pytestmark = pytest.mark.browser


def promise(page: Page, quantity: int, on: dt.date) -> str:
    """The planner takes a customer's order; its number."""
    page.get_by_label("Customer", exact=True).select_option(index=1)
    page.get_by_label("From site").select_option(label="RTM Rotterdam")
    page.get_by_label("Promised for").fill(on.isoformat())
    page.get_by_label("Item 1", exact=True).fill("BOLT-6")
    page.get_by_label("Quantity 1", exact=True).fill(str(quantity))
    page.get_by_role("button", name="Take the order").click()
    page.wait_for_url(re.compile("/demand/(?!new)"))
    return page.url.rstrip("/").rpartition("/")[2]


def test_a_short_delivery_becomes_three_tasks(company: Company) -> None:
    with company.rows():
        staff(company.scene)
        put_elsewhere(company.scene, 40)

    # Two customers wait for a hundred together, one of them until tomorrow only.
    with company.back_office() as eyes:
        first = promise(eyes("planner", "/demand/new/"), 50, TODAY + dt.timedelta(days=1))
        second = promise(eyes("planner", "/demand/new/"), 50, TODAY + dt.timedelta(days=9))
    company.deliver()
    order = hands.ordered(company, [("BOLT-6", 100)])

    # Seventy come.
    with company.back_office() as eyes:
        page = eyes("receiver", f"/receiving/truck/?site=RTM&q={order}", width=360)
        page.get_by_role("button", name=f"Count {order}").click()
        page.get_by_role("link", name="Hex bolt M6").click()
        hands.count(page, 70)
        hands.post(page)
    company.deliver()

    # The planner sees who got what, and why.
    with company.back_office() as eyes:
        page = eyes("planner", f"/demand/{second}/")
        expect(page.locator("main")).to_contain_text(first)
        expect(page.locator("main")).to_contain_text("30")

        # Each of the three finds his own task among his work, and does it.
        for who, kind, way in (
            ("service", "customer_impact", "The customers were told"),
            ("planner", "stock_shortage", "Ask another site for a transfer"),
            ("controller", "commitment_shift", "Finance has moved it"),
        ):
            with company.rows():
                case = Case.objects.everywhere(because=TEST).get(kind=kind).number
            page = eyes(who, "/?tab=exceptions")
            page.locator("main").get_by_role("link", name=re.compile(case)).click()
            hands.settle(page, way, cause="the supplier ran out")
            expect(page.get_by_role("heading", level=1)).to_contain_text("Resolved")

    # The rest comes and serves who waited.
    with company.back_office() as eyes:
        page = eyes("receiver", f"/receiving/truck/?site=RTM&q={order}", width=360)
        page.get_by_role("button", name=f"Count {order}").click()
        page.get_by_role("link", name="Hex bolt M6").click()
        hands.count(page, 30)
        hands.post(page)
    company.deliver()
    with company.rows():
        assert has(CustomerOrder.objects.everywhere(because=TEST).get(number=second)) == (50, 0)
