"""The grid with a browser's hands: two hundred rules from a spreadsheet, taken back, brought again, published by another."""

import pytest
from playwright.sync_api import expect

from bench.chromium import PASTE
from governance.authority.models import AuthorityMatrix
from tests.governance.authority.conftest import drafted, keepers  # noqa: F401  fixtures
from tests.scene import Scene

pytestmark = pytest.mark.browser
COUNT = 200


def test_two_hundred_rules_are_pasted_taken_back_and_published_by_another(eyes, keepers: Scene, drafted) -> None:
    drafted()
    page = eyes(keepers.people["author"], "/authority/2/edit/")
    page.set_viewport_size({"width": 1440, "height": 900})
    cells = page.locator(".matrix-grid input[name^=amount_from_]")
    base, before = page.url.partition("/authority")[0], cells.count()
    block = "\n".join(
        f"\trequisition\t\tRTM\t\t{10_000 + n * 10}\t{10_010 + n * 10}\t1 Branch manager (entity, 8 h)"
        for n in range(COUNT)
    )
    page.get_by_label("Number of row 3").focus()
    page.evaluate(PASTE, block)
    expect(cells).to_have_count(2 + COUNT)
    assert cells.nth(COUNT + 1).input_value() == str(10_000 + (COUNT - 1) * 10)

    page.keyboard.press("Control+z")
    expect(cells).to_have_count(before)
    assert cells.nth(2).input_value() == ""
    page.keyboard.press("Control+y")
    expect(cells).to_have_count(2 + COUNT)
    page.get_by_label("Note of row 3", exact=True).fill("Season")
    for n in range(4, 7):
        page.get_by_label(f"Note of row {n}", exact=True).focus()
        page.keyboard.press("Control+d")
    page.keyboard.press("Control+z")
    assert page.get_by_label("Note of row 5", exact=True).input_value() == "Season"
    assert page.get_by_label("Note of row 6", exact=True).input_value() == ""
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text("The draft is saved.").wait_for()
    assert AuthorityMatrix.objects.get(number=2).rule_count == 2 + COUNT
    expect(cells).to_have_count(2 + COUNT + 5)

    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_text("Rules are edited on a wider screen.")).to_be_visible()
    expect(page.locator(".matrix-grid")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    page = eyes(keepers.people["author"], "/authority/2/")
    expect(page.get_by_role("link", name="Look at it and publish")).to_have_count(0)
    page = eyes(keepers.people["publisher"], "/authority/2/publish/")
    page.get_by_label("I have seen what changes").check()
    page.get_by_role("button", name="Put version 2").click()
    page.get_by_text("The version is in force.").wait_for()
    page.goto(f"{base}/authority/2/")
    timeline = page.locator("section", has_text="Timeline").last
    expect(timeline).to_contain_text("Author")
    expect(timeline).to_contain_text("Publisher")
