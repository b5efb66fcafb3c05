"""J5: a supplier changes 2 of 20 lines and ships them on 8 pallets. Clicks and seconds are printed for docs/figures.md."""

import re
import time
from collections import Counter
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from organization.items.models import Item
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from tests.browser import accept_everywhere, opening, serving, sign_in
from tests.portal import world as worlds
from tests.portal.roles import connected
from tests.portal.test_browser import applied
from tests.scene import TODAY

pytestmark = pytest.mark.browser
LINES, PALLETS = 20, 8


class Hands:
    """Who works at the page, and how much that takes."""

    def __init__(self, page):
        self.page, self.done, self.begun = page, Counter(), time.monotonic()

    def click(self, locator):
        self.done["clicks"] += 1
        locator.click()

    def type(self, label, text):
        self.done["fields"] += 1
        field = self.page.locator(label)
        field.fill(text)
        field.blur()

    def said(self, name):
        seconds = time.monotonic() - self.begun
        print(f"\nJ5 {name}: {self.done['clicks']} clicks, {self.done['fields']} fields, {seconds:.1f} s")
        clicks = self.done["clicks"]
        self.done, self.begun = Counter(), time.monotonic()
        return clicks


@pytest.fixture
def order(place, world):
    """Twenty lines for one supplier, whose buyer has a GS1 prefix."""
    with connected("owner", place.name):
        scene = world.scene
        more = [
            Item.objects.create(
                sku=f"NUT-{n}", description=f"Hex nut M{n}", category=scene.category, base_unit=scene.each,
                standard_price=2,
            )
            for n in range(LINES - len(scene.items))
        ]  # fmt: skip
        for item in more:
            offer = SupplierItem.objects.create(
                supplier=world.own.supplier, item=item, supplier_sku=f"Q-{item.sku}", unit=scene.each, currency="EUR"
            )
            PriceBreak.objects.create(supplier_item=offer, price=2, valid_from=TODAY)
        type(scene.entity).objects.update(gs1_prefix="8712345")
        wide = replace(scene, items=[*scene.items, *more])
        return worlds.issued(wide, world.own.supplier, quantity=480, items=LINES)


def test_two_lines_change_and_eight_pallets_go_out(place, world, order, chromium):
    with serving() as address:
        for eyes in opening(chromium, address):
            page = eyes(None, "/sign-in/")
            sign_in(page, world.own.person.email, worlds.PASSWORD)
            page.goto(f"{address}/orders/{order.public_id}/")
            changed = changes(place, Hands(page))
            shipped = ships(place, Hands(page), order)
            accept_everywhere(page, "portal-shipment")
            page.goto(f"{address}/orders/{order.public_id}/ship/")
            page.locator("#id_packages").fill("3")
            page.locator("#id_packages").blur()
            expect(page.locator(".pallets > li")).to_have_count(3)
            accept_everywhere(page, "portal-ship")

    assert changed <= 2
    assert shipped <= 8


def changes(place, hands):
    hands.type("#quantity-3-0", "400")
    hands.type("#quantity-7-0", "470")
    hands.click(hands.page.get_by_role("button", name=re.compile("Send answer: confirm 18, change 2")))
    expect(hands.page.locator("#result")).to_contain_text("Received")
    applied(place)
    expect(hands.page.locator("#result")).to_contain_text("The buyer must agree")
    return hands.said("changes 2 of 20")


def ships(place, hands, order):
    page = hands.page
    hands.click(page.get_by_role("link", name="Back to the order"))
    hands.click(page.get_by_role("link", name="Ship"))
    hands.type("#id_packages", str(PALLETS))
    expect(page.locator(".pallets > li")).to_have_count(PALLETS)
    hands.type("#quantity-3-0", "400")
    hands.type("#on-3-0", "2-3")
    hands.type("#id_reference", "DN-88121")
    hands.click(page.get_by_role("button", name="Send ship notice"))
    expect(page.locator("#result")).to_contain_text("Received")
    applied(place)
    expect(page.get_by_role("link", name=f"Print {PALLETS} labels")).to_be_visible()
    hands.click(page.get_by_role("link", name="This delivery"))
    expect(page.locator("#scan")).to_be_visible()
    address = page.url
    with page.expect_request(re.compile("labels/a6")) as printed:
        hands.click(page.get_by_role("link", name=re.compile(f"Print {PALLETS} labels")))
    assert printed.value.response() is not None
    clicks = hands.said("20 lines on 8 pallets")

    rows = place.sql(
        "SELECT u.sscc, count(*) FROM receiving_unitcontent c JOIN receiving_handlingunit u ON u.id = c.unit_id "
        "GROUP BY u.sscc, u.number ORDER BY u.number"
    )
    assert [count for _sscc, count in rows] == [19, 20, 20, 19, 19, 19, 19, 19]
    page.goto(address)
    page.locator("#scan").fill(f"]C100{rows[2][0]}")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("This is label 3 of 8")).to_be_visible()
    return clicks
