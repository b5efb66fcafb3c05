"""Story 1 by hand: an approved order reaches the supplier, the dock and the budget; then the supplier needs longer."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from finance.budgets.models import Budget
from governance.cases.models import Case
from tests.flows.by_hand import hands
from tests.flows.by_hand.sites import Company
from tests.scene import fresh

pytestmark = pytest.mark.browser
LATER = hands.IN_TWO_WEEKS + dt.timedelta(days=21)


def test_a_supplier_needs_longer(company: Company) -> None:
    number = hands.ordered(company, [("BOLT-6", 100), ("BOLT-8", 50)])

    # The dock expects it, the budget is committed.
    with company.back_office() as eyes:
        hands.expect_arrival(eyes("receiver", "/receiving/"), number, in_weeks=2)
    with company.rows():
        assert fresh(company.scene.budget).committed == 300

    # The supplier sees it, and needs three weeks more for the second line.
    with company.portal() as eyes:
        page = eyes("/orders/")
        page.get_by_role("link", name=number).click()
        page.wait_for_url("**/orders/*-*/")
        page.wait_for_load_state("networkidle")
        page.locator("#on-2-0").fill(LATER.isoformat())
        page.locator("#on-2-0").blur()
        expect(page.locator("#verdict-2")).to_contain_text("Buyer must agree")
        page.get_by_role("button", name=re.compile("^Send answer")).click()
        expect(page.locator("#result")).to_contain_text("Received")
        company.deliver()
        expect(page.locator("#result")).to_contain_text("The buyer must agree")

    # The buyer finds it among the work, sees what it means, and agrees.
    with company.back_office() as eyes:
        page = eyes("buyer", "/?tab=supplier-changed")
        page.locator("main").get_by_role("link", name=re.compile(number)).first.click()
        page.get_by_role("button", name="Accept all of it").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Applied")
    company.deliver()

    # Everybody knows the new date: the dock, the order, the supplier; the exception closed itself.
    with company.back_office() as eyes:
        hands.expect_arrival(eyes("receiver", "/receiving/"), number, in_weeks=5)
        page = eyes("buyer", f"/orders/{number}/")
        expect(page.locator("main")).to_contain_text("Revision 2")
    with company.portal() as eyes:
        page = eyes("/orders/?view=all")
        page.get_by_role("link", name=number).click()
        expect(page.locator("main")).to_contain_text(f"{LATER:%-d %b}")
    with company.rows():
        [case] = Case.objects.everywhere(because="the story's end")
        assert case.status == "auto_resolved"
        assert Budget._base_manager.get().committed == 300
