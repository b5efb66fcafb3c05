"""Story 11 by hand: seventy of a hundred come while customers wait; three people act at the same time."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from governance.cases.models import Case
from tests.flows.by_hand import hands
from tests.flows.by_hand.sites import Company
from tests.flows.test_short_delivery import has, put_elsewhere, staffed  # noqa: F401
from tests.receiving.steps import TEST
from tests.scene import TODAY

pytestmark = pytest.mark.browser


def promise(page: Page, quantity: int, *, priority: int) -> str:
    """The planner takes a customer's order; its number."""
    page.get_by_label("Customer", exact=True).select_option(index=1)
    page.get_by_label("From site").select_option(label="RTM Rotterdam")
    page.get_by_label("Promised for").fill(TODAY.isoformat())
    page.get_by_label("Priority").fill(str(priority))
    page.get_by_label("Item 1", exact=True).fill("BOLT-6")
    page.get_by_label("Quantity 1", exact=True).fill(str(quantity))
    page.get_by_role("button", name="Take the order").click()
    page.wait_for_url(re.compile("/demand/(?!new)"))
    return page.url.rstrip("/").rpartition("/")[2]
