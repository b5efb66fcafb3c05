"""Procurement in a browser: every screen accessible and fitting; the grid of a request under somebody's hands."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bench.chromium import PASTE
from procurement.requisitions.models import Requisition
from tests.browser import accept, leave_by
from tests.scene import TODAY, Scene, approve, fresh, give, person, requested

pytestmark = pytest.mark.browser
Eyes = Callable[..., Page]


@pytest.fixture
def everything(scene: Scene) -> object:
    """Somebody who asks, buys and orders: for looking at screens."""
    one = person("anna")
    give(one, "Requester", entity=scene.entity.pk)
    give(one, "Buyer", entity=scene.entity.pk)
    return one


class TestGrid:
    """The new request, row by row."""

    def open(self, eyes: Eyes, scene: Scene) -> Page:
        page = eyes(scene.people["requester"], "/requests/new/")
        page.get_by_label("What is it for?").fill("Spring stock")
        page.get_by_label("Deliver to").select_option(label="NL01 · RTM Rotterdam")
        page.get_by_label("Cost center").select_option(label="NL01 · 4100 Branch Rotterdam")
        page.locator("#id_need_by").fill((TODAY + dt.timedelta(days=14)).isoformat())
        return page

    def test_scanned_codes_fill_row_after_row(self, eyes: Eyes, scene: Scene) -> None:
        page = self.open(eyes, scene)
        page.get_by_label("Item 1", exact=True).click()
        for _n in range(20):
            page.keyboard.type("BOLT-6")
            page.keyboard.press("Enter")

        expect(page.locator('input[name="row_what"]')).to_have_count(21)
        assert page.locator('input[name="row_what"]').nth(19).input_value() == "BOLT-6"

    def test_pasted_cells_are_understood_and_sent(self, eyes: Eyes, scene: Scene) -> None:
        page = self.open(eyes, scene)
        block = "\n".join(f"BOLT-{(6, 8, 10, 12)[n % 4]}\t{n + 10}" for n in range(20))
        page.get_by_label("Item 1", exact=True).click()
        page.evaluate(PASTE, block)
        expect(page.locator('input[name="row_what"]')).to_have_count(21)
        expect(page.locator("#sum")).to_contain_text("780.00")
        expect(page.locator("#rail")).to_contain_text("Manager")

        page.get_by_role("button", name=re.compile("Send for approval")).click()

        expect(page.get_by_role("heading", level=1)).to_contain_text("In approval")
        assert Requisition._base_manager.get().line_count == 20

    def test_the_search_adds_what_is_found(self, eyes: Eyes, scene: Scene) -> None:
        page = self.open(eyes, scene)
        page.locator("#id_find").press_sequentially("hex m8")
        page.get_by_role("button", name="Add BOLT-8").click()

        expect(page.get_by_label("Item 1", exact=True)).to_have_value("BOLT-8")
        expect(page.locator("#sum")).to_contain_text("2.00")

    def test_what_is_not_understood_says_what_it_may_mean(self, eyes: Eyes, scene: Scene) -> None:
        page = self.open(eyes, scene)
        page.get_by_label("Item 1", exact=True).fill("BOLT-88")
        page.get_by_label("Quantity 1", exact=True).fill("5")

        page.get_by_role("button", name="BOLT-8 Hex bolt M8").click()

        expect(page.get_by_label("Item 1", exact=True)).to_have_value("BOLT-8")

    def test_fills_down_copies_and_removes(self, eyes: Eyes, scene: Scene) -> None:
        page = self.open(eyes, scene)
        page.get_by_label("Item 1", exact=True).fill("BOLT-6")
        page.get_by_label("Quantity 1", exact=True).fill("5")
        page.get_by_label("Item 2", exact=True).press("Control+d")
        expect(page.get_by_label("Item 2", exact=True)).to_have_value("BOLT-6")

        page.get_by_role("button", name="Copy row 1").click()
        expect(page.get_by_label("Item 2", exact=True)).to_have_value("BOLT-6")
        expect(page.get_by_label("Quantity 2", exact=True)).to_have_value("5")
        page.get_by_role("button", name="Remove row 1").click()

        expect(page.locator('input[name="row_what"]')).to_have_count(5)

    def test_everything_works_without_scripts(self, eyes: Eyes, scene: Scene) -> None:
        page = eyes(scene.people["requester"], "/requests/new/", script=False)
        page.get_by_label("What is it for?").fill("Spring stock")
        page.get_by_label("Deliver to").select_option(label="NL01 · RTM Rotterdam")
        page.locator("#id_need_by").fill((TODAY + dt.timedelta(days=14)).isoformat())
        page.get_by_label("Item 1", exact=True).fill("BOLT-6")
        page.get_by_label("Quantity 1", exact=True).fill("10")
        page.get_by_role("button", name=re.compile("Send for approval")).click()
        page.wait_for_url("**/requests/REQ-*/")

        assert fresh(Requisition._base_manager.get()).status == "approved"


def test_lines_become_orders_and_are_issued(eyes: Eyes, scene: Scene, everything: object) -> None:
    approve(scene, requested(scene, items=4, title="Shelf gaps"))
    page = eyes(everything, "/pool/")
    page.locator("input[data-all]").check()
    page.get_by_role("button", name="Group into orders").click()
    expect(page.get_by_label("and issue them at once")).to_be_visible()
    accept(page, "pool-preview-1440")
    page.get_by_label("and issue them at once").check()
    leave_by(page, page.get_by_role("button", name=re.compile("Draft 1 order")))

    expect(page.get_by_text("Not done")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^PO-")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Issued")
