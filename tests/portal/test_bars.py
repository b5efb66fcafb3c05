"""Bars 20, 22, 24, 25, 27 and 28 in a browser, clicks counted. Seconds and 200 orders at once: ``./run bench supplier``."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import accept_everywhere
from tests.governance.approvals.test_bars import Clicks
from tests.portal.test_answering import applied, submissions
from tests.portal.test_browser import eyes, signed_in  # noqa: F401  the fixtures
from tests.portal.test_sheet import revised
from tests.portal.test_sign_in import code, link  # noqa: F401  the fixture

pytestmark = pytest.mark.browser


def test_first_visit_known_device_and_an_old_window(place, eyes, link, world):
    """Bars 24, 20 and 27."""
    clicks = Clicks()
    clicks.count += 1  # the link in the mail
    page = eyes(None, link, width=390)
    clicks(page.get_by_role("button", name="Mail me the code"))
    page.get_by_label("Code").fill(code(place))
    clicks(page.get_by_role("button", name="Go on"))
    page.wait_for_url("**/orders/*/")
    old = page.context.new_page()
    old.goto(page.url)
    clicks(page.get_by_role("button", name=re.compile("^Confirm all 3 lines")))
    expect(page.locator("#result")).to_contain_text("Received")
    assert clicks.count <= 5

    again = Clicks()
    again.count += 1  # the next mail's link leads here, since the device is known
    page.goto(page.url.split("/sent/")[0] + f"/orders/{world.own.orders[1].public_id}/")
    again(page.get_by_role("button", name=re.compile("^Confirm all 3 lines")))
    expect(page.locator("#result")).to_contain_text("Received")
    assert again.count <= 2

    old.get_by_role("button", name=re.compile("^Confirm all 3 lines")).click()
    expect(old.get_by_role("heading", name="This order was answered meanwhile")).to_be_visible()
    accept_everywhere(old, "portal-overtaken")
    assert len(submissions(place)) == 2


def test_an_expired_link_needs_one_click(place, eyes, link):
    """Bar 25."""
    place.sql("UPDATE organization_portallink SET expires_at = now() - interval '1 day' RETURNING 1")
    page = eyes(None, link)
    page.get_by_role("button", name="Send me a new link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert place.sql("SELECT count(*) FROM organization_mail WHERE key LIKE 'link:%%'") == [(1,)]


def test_a_spreadsheet_there_and_back(place, signed_in, world, tmp_path):
    """Bar 28: four clicks, and what the buyer changed meanwhile is named."""
    clicks = Clicks()
    page = signed_in("/orders/")
    clicks(page.get_by_role("link", name="Answer by spreadsheet"))
    with page.expect_download() as loading:
        clicks(page.get_by_role("link", name="Download the lines to confirm"))
    loading.value.save_as(tmp_path / "lines.xlsx")
    accept_everywhere(page, "portal-upload")
    revised(place, world.own.order)
    page.get_by_label("The file with your answers").set_input_files(tmp_path / "lines.xlsx")
    clicks(page.get_by_role("button", name="Show what it says"))
    expect(page.get_by_text("The buyer changed this line since you downloaded it")).to_be_visible()
    accept_everywhere(page, "portal-sheet")
    clicks(page.get_by_role("button", name=re.compile("^Send the answers to 3 orders: confirm 8")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Orders answered together")
    assert clicks.count <= 4
    applied(place)
    assert len(submissions(place)) == 3


def test_one_line_today_and_another_tomorrow(place, signed_in, world):
    """Bar 22: what is left for later is not said, and what was said before stays."""
    path = f"/orders/{world.own.order.public_id}/"
    page = signed_in(path)
    address = page.url
    for left in ((2, 3), (2,)):
        page.goto(address)
        for line in left:
            answer = page.locator(f"#line-{line}")
            answer.get_by_text("Split, refuse, substitute").click()
            answer.get_by_label("My answer").select_option("later")
        expect(page.locator("#tally")).to_contain_text(f"{len(left)} later")
        page.get_by_role("button", name=re.compile("^Send answer")).click()
        expect(page.locator("#result")).to_contain_text("Received")
        applied(place)

    said = (
        "SELECT confirmed_quantity IS NOT NULL FROM procurement_purchaseorderline WHERE order_id = %s ORDER BY number"
    )
    assert place.sql(said, world.own.order.pk) == [(True,), (False,), (True,)]


def test_what_was_typed_over_is_back_after_the_window_was_closed(place, signed_in, world):
    path = f"/orders/{world.own.order.public_id}/"
    page = signed_in(path)
    page.locator("#quantity-1-0").fill("7")
    expect(page.locator(".saved-at")).to_be_visible()
    here = page.url
    page.goto("about:blank")
    page.goto(here)
    expect(page.locator("#quantity-1-0")).to_have_value("7")
    expect(page.locator("#verdict-1")).to_contain_text("Buyer must agree")
    page.get_by_role("button", name="Start over").click()
    expect(page.locator("#quantity-1-0")).to_have_value("10")
