"""What people do with their hands, page by page."""

import datetime as dt
import re
from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser import leave_by
from tests.flows.by_hand.sites import Company
from tests.scene import TODAY

IN_TWO_WEEKS = TODAY + dt.timedelta(days=14)


def ask(page: Page, title: str, wanted: Sequence[tuple[str, int]], *, site: str = "NL01 · RTM Rotterdam") -> str:
    """A request, written and sent; its number."""
    page.get_by_label("What is it for?").fill(title)
    page.get_by_label("Deliver to").select_option(label=site)
    page.get_by_label("Cost center").select_option(index=1)
    page.locator("#id_need_by").fill(IN_TWO_WEEKS.isoformat())
    for number, (sku, quantity) in enumerate(wanted, start=1):
        page.get_by_label(f"Item {number}", exact=True).fill(sku)
        page.get_by_label(f"Quantity {number}", exact=True).fill(str(quantity))
    page.get_by_role("button", name="Send for approval").click()
    page.wait_for_url(re.compile("/requests/REQ-"))
    return page.url.rstrip("/").rpartition("/")[2]


def approve(page: Page, number: str) -> None:
    """From the inbox, the card of this request."""
    page.get_by_role("link", name=re.compile(number)).click()
    page.wait_for_url(re.compile(r"/inbox/\d+/"))  # the card before it has such a button too
    page.get_by_role("button", name=re.compile("^Approve")).click()
    page.wait_for_url(re.compile("/inbox/$"))


def order(page: Page, *, orders: int = 1) -> list[str]:
    """Everything that waits in the pool becomes orders, which are issued; their numbers."""
    page.locator("input[data-all]").check()
    page.get_by_role("button", name="Group into orders").click()
    page.get_by_label("and issue them at once").check()
    leave_by(page, page.get_by_role("button", name=re.compile(f"Draft {orders} order")))
    expect(page.get_by_text("Not done")).to_have_count(0)
    return page.get_by_role("link", name=re.compile("^PO-")).all_inner_texts()


def ordered(company: Company, wanted: Sequence[tuple[str, int]]) -> str:
    """Asked for, approved, issued and told to everybody: how most stories begin."""
    with company.back_office() as eyes:
        number = ask(eyes("requester", "/requests/new/"), "Stock for spring", wanted)
        approve(eyes("manager", "/inbox/"), number)
        [issued] = order(eyes("buyer", "/pool/"))
    company.deliver()
    return issued


def expect_arrival(page: Page, number: str, *, in_weeks: int) -> None:
    """The dock's board shows it in that week."""
    for _week in range(in_weeks):
        leave_by(page, page.get_by_role("link", name="Week after"))
    expect(page.locator("main")).to_contain_text(number)


def announce(page: Page, number: str, quantities: Sequence[int], *, arrives_on: dt.date, reference: str) -> None:
    """The supplier tells what is on the truck."""
    page.get_by_role("link", name=number).click()
    page.get_by_role("link", name="Ship", exact=True).click()
    for line, quantity in enumerate(quantities, start=1):
        page.locator(f"#quantity-{line}-0").fill(str(quantity))
    page.get_by_label("Your delivery note number").fill(reference)
    page.get_by_label("Leaves on").fill(TODAY.isoformat())
    page.get_by_label("Arrives on").fill(arrives_on.isoformat())
    page.get_by_role("button", name="Send ship notice").last.click()
    expect(page.locator("#result")).to_be_visible()


def count(page: Page, quantity: int, *, damaged: int = 0) -> None:
    """One line of a delivery, as it stands on the floor."""
    page.locator("#id_accepted").fill(str(quantity))
    if damaged:
        page.get_by_text("Something is wrong").click()
        page.get_by_label("Damaged").fill(str(damaged))
        page.get_by_label("Packaging open").check()
    leave_by(page, page.get_by_role("button", name="Confirm the count"))


def post(page: Page) -> str:
    """The goods are ours; the receipt's number."""
    page.get_by_role("link", name="Finish and post").click()
    page.get_by_role("button", name="Post: the goods are ours").click()
    page.locator("h1 .badge.ok").wait_for()
    return page.locator("h1 .code").inner_text()


def bill(page: Page, order_number: str, *, quantity: int, price: str, number: str) -> str:
    """The clerk captures what the invoice says; our number of it."""
    page.get_by_label("Order numbers").fill(order_number)
    page.get_by_role("button", name="Go on to its lines").click()
    page.get_by_label("Invoice number").fill(number)
    page.get_by_label("Invoice date").fill(TODAY.isoformat())
    page.get_by_label("Quantity, row 1").fill(str(quantity))
    page.get_by_label("Price, row 1").fill(price)
    page.get_by_role("button", name="Capture and match").click()
    page.wait_for_url(re.compile("/invoices/INV-"))
    return page.url.rstrip("/").rpartition("/")[2]


def settle(page: Page, way: str, *, cause: str) -> None:
    """On a case's page: one of the ways out, with its cause."""
    page.wait_for_load_state("networkidle")
    out = page.locator(".ways-out > li").filter(has=page.get_by_role("heading", name=way, exact=True))
    out.get_by_label("What was the cause?").fill(cause)
    out.get_by_role("button").click()
    expect(out).to_have_count(0)
