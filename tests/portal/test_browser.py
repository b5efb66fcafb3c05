"""The portal as suppliers see it: from the mailed link to a confirmed order, and every page in both themes."""

import re

import pytest
from playwright.sync_api import expect

from foundation.journal.relay import drain
from suppliers.documents import showing
from suppliers.documents.models import DocumentType
from tests.browser import accept_everywhere, opening, serving, sign_in
from tests.portal import world as worlds
from tests.portal.roles import connected
from tests.portal.test_sign_in import code, link  # noqa: F401  the fixture

pytestmark = pytest.mark.browser
DROP = """() => {
  const held = new DataTransfer();
  held.items.add(new File(["%PDF-1.4\\ntrailer <<>>\\n%%EOF\\n"], "iso.pdf", { type: "application/pdf" }));
  const form = document.querySelector("form.drop");
  form.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: held }));
}"""


@pytest.fixture
def eyes(place, chromium):
    with serving() as address:
        yield from opening(chromium, address)


@pytest.fixture
def signed_in(eyes, world):
    """Somebody of the own supplier, through the form of the sign-in page."""

    def go(path):
        page = eyes(None, "/sign-in/")
        sign_in(page, world.own.person.email, worlds.PASSWORD)
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
        return page

    return go


def applied(place):
    with connected("app", place.name):
        drain()


def test_the_door_is_accessible_and_fits(eyes, link):
    for name, path in {"sign-in": "/sign-in/", "link": link, "code": f"{link}code/", "no-link": "/l/nothing/"}.items():
        accept_everywhere(eyes(None, path), f"portal-{name}")


def test_from_the_mailed_link_to_a_confirmed_order_in_two_presses_and_a_code(place, eyes, link):
    page = eyes(None, link)
    page.get_by_role("button", name="Mail me the code").click()
    page.get_by_label("Code").fill(code(place))
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("button", name=re.compile("Confirm all 3 lines as ordered")).click()
    expect(page.locator("#result")).to_contain_text("Received")
    applied(place)

    expect(page.locator("#result")).to_contain_text("Confirmed")
    accept_everywhere(page, "portal-confirmed")


def test_changing_two_lines_says_at_once_what_they_count_as(place, signed_in, world):
    page = signed_in(f"/orders/{world.own.order.public_id}/")
    page.locator("#quantity-1-0").fill("7")
    page.locator("#quantity-1-0").blur()
    expect(page.locator("#verdict-1")).to_contain_text("Buyer must agree")
    page.locator("#price-2-0").fill("1.9")
    page.locator("#price-2-0").blur()
    expect(page.locator("#tally")).to_contain_text("2 changed")
    accept_everywhere(page, "portal-changed")

    page.get_by_role("button", name="Send answer: confirm 1, change 2").click()
    expect(page.locator("#result")).to_contain_text("Received")
    applied(place)

    expect(page.locator("#result")).to_contain_text("The buyer must agree")


def test_a_document_is_dropped_and_sent(place, signed_in, world, settings, tmp_path):
    settings.FILE_STORE = tmp_path
    with connected("app", place.name):
        DocumentType.objects.create(code="ISO", name="ISO 9001", what="Of the plant.", effect="stop")
        showing.refresh([world.own.supplier.pk])
    page = signed_in("/company/")
    accept_everywhere(page, "portal-company")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.evaluate(DROP)
    expect(page.get_by_label("File or photo")).to_have_value(re.compile("iso.pdf"))
    page.get_by_label("Valid until").fill("2099-01-01")
    page.locator("#documents").get_by_role("button", name="Send it").click()
    expect(page.locator("#result")).to_contain_text("Received")
    applied(place)
    expect(page.locator("#result")).to_contain_text("Somebody of ours looks at it")
