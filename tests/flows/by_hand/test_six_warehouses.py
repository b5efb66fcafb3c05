"""Story 3 by hand: clerks of six warehouses ask, the manager decides once, the buyer orders once."""

import re

import pytest
from playwright.sync_api import expect

from tests.flows.by_hand import hands
from tests.flows.by_hand.sites import Company
from tests.flows.test_six_warehouses import branches

pytestmark = pytest.mark.browser


def test_six_warehouses_ask_under_one_policy(company: Company) -> None:
    with company.rows():
        sites = branches(company.scene)

    # Each clerk sees before sending whether it passes by itself or who will be asked; only his own site is offered.
    asked = []
    with company.back_office() as eyes:
        for number, site in enumerate(sites):
            page = eyes(site.code, "/requests/new/")
            sees_one_site = page.get_by_label("Deliver to").locator("option", has_text=re.compile("·"))
            expect(sees_one_site).to_have_count(1)
            quantity = 500 if number % 2 else 40
            title = f"Refill {site.code}"
            asked.append(hands.ask(page, title, [("BOLT-6", quantity)], site=f"NL01 · {site.code} {site.name}"))
            expect(page.get_by_role("heading", level=1)).to_contain_text("In approval" if number % 2 else "Approved")

        # The manager is asked about the three large ones, and told by which rule.
        page = eyes("manager", "/inbox/")
        expect(page.locator(".asks > li")).to_have_count(3)
        expect(page.locator(".why")).to_contain_text("from 100.00 on")
        for number in asked[1::2]:
            hands.approve(page, number)
        expect(page.get_by_text("Nothing waits for you.")).to_be_visible()

        # The buyer groups six lines into six orders, one a warehouse, and issues them.
        orders = hands.order(eyes("buyer", "/pool/"), orders=6)
        assert len(set(orders)) == 6
    company.deliver()

    # Each dock expects its own.
    with company.back_office() as eyes:
        for site in sites:
            hands.expect_arrival(eyes("receiver", f"/receiving/?site={site.code}"), "PO-NL01-", in_weeks=2)
