"""Story 5 by hand: a truck that does not fit its order is known before it is here, counted as it is, paid when settled."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from governance.cases.models import Case
from tests.flows.by_hand import hands
from tests.flows.by_hand.sites import Company
from tests.receiving.steps import TEST
from tests.scene import TODAY

pytestmark = pytest.mark.browser


def test_a_truck_that_does_not_fit(company: Company) -> None:
    order = hands.ordered(company, [("BOLT-6", 100)])

    # The supplier announces 120 of 100.
    with company.portal() as eyes:
        arrives = TODAY + dt.timedelta(days=1)
        hands.announce(eyes("/orders/?view=all"), order, [120], arrives_on=arrives, reference="DN-9")
    company.deliver()

    # The buyer is warned before the truck is here.
    with company.back_office() as eyes:
        page = eyes("buyer", "/?tab=exceptions")
        page.locator("main").get_by_role("link", name=re.compile("CASE-")).first.click()
        expect(page.locator("main")).to_contain_text("more is announced than the 100 still open")

        # The receiver finds the truck by its delivery note and counts what stands there.
        page = eyes("receiver", "/receiving/truck/?site=RTM&q=DN-9", width=360)
        page.get_by_role("button", name=re.compile("^Count ")).click()
        page.locator("#code").fill("BOLT-6")
        page.keyboard.press("Enter")
        page.wait_for_url("**code=BOLT-6")
        hands.count(page, 92, damaged=8)
        hands.post(page)
    company.deliver()

    # The clerk captures the invoice for the hundred: it is held.
    with company.back_office() as eyes:
        page = eyes("clerk", "/invoices/new/")
        invoice = hands.bill(page, order, quantity=100, price="2", number="F-2026-17")
    company.deliver()
    with company.back_office() as eyes:
        page = eyes("clerk", f"/invoices/{invoice}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Held")

        # The supervisor settles what was found: the missing come later, the damaged are kept.
        with company.rows():
            found = {case.kind: case.number for case in Case.objects.everywhere(because=TEST)}
        hands.settle(
            eyes("supervisor", f"/exceptions/{found['receipt_short']}/"), "Wait for the rest", cause="loaded short"
        )
        hands.settle(
            eyes("supervisor", f"/exceptions/{found['receipt_damaged']}/"), "Keep them, as they are", cause="scratched"
        )
    company.deliver()

    # Now it is released, by nobody's hand.
    with company.back_office() as eyes:
        page = eyes("clerk", f"/invoices/{invoice}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Released")
