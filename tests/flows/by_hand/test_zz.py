import pytest
from tests.scene import *
def test_explore(company):
    with company.back_office() as eyes:
        page = eyes("requester", "/requests/new/")
        page.get_by_label("What is it for?").fill("Spring stock")
        page.get_by_label("Deliver to").select_option(label="NL01 · RTM Rotterdam")
        page.locator("#id_need_by").fill((TODAY + dt.timedelta(days=14)).isoformat())
        page.get_by_label("Item 1", exact=True).fill("BOLT-6")
        page.get_by_label("Quantity 1", exact=True).fill("100")
        page.get_by_label("Item 2", exact=True).fill("BOLT-8")
        page.get_by_label("Quantity 2", exact=True).fill("50")
        page.keyboard.press("Tab")
        page.wait_for_timeout(800)
        page.screenshot(path="/tmp/shots/a1.png", full_page=True)
        page.get_by_role("button", name="Send for approval").click()
        page.wait_for_load_state()
        page.screenshot(path="/tmp/shots/a2.png", full_page=True)
        page = eyes("manager", "/")
        page.screenshot(path="/tmp/shots/a3.png", full_page=True)
        print(page.url, page.inner_text("body")[:1500])
