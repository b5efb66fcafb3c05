"""The offices in a browser: a supplier is entered, approved and given an offer; a holiday is added."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from organization.calendars.models import Calendar
from organization.items.models import Item
from organization.notifications.models import Mail
from organization.sites.models import Dock, Location
from suppliers.suppliers.models import Supplier
from tests.browser import accept_everywhere
from tests.scene import NOW, VERBS, Scene, fresh, give, person

pytestmark = pytest.mark.browser
Eyes = Callable[..., Page]
STEWARD = ["edit_master_data", "see_supplier", "edit_supplier", "see_demand", "edit_customer", "import_data"]


@pytest.fixture
def steward(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setitem(VERBS, "Data steward", STEWARD)
    who = person("steward")
    give(who, "Data steward")
    return who


@pytest.fixture
def calendar(scene: Scene) -> Calendar:
    hours = [*[[[480, 720], [780, 1020]]] * 5, [], []]
    made = Calendar.objects.create(name="Weekdays NL", timezone="Europe/Amsterdam", country="NL", hours=hours)
    scene.site.calendar = made
    scene.site.save()
    Dock.objects.create(site=scene.site, code="D1")
    Location.objects.create(site=scene.site, code="A-01")
    return made


def test_a_new_supplier_is_approved_by_another_and_sells_something(eyes: Eyes, scene: Scene, steward: object) -> None:
    Item.objects.create(sku="NUT-6", description="Hex nut M6", category=scene.category, base_unit=scene.each)
    page = eyes(scene.people["buyer"], "/suppliers/")
    page.get_by_role("link", name="New supplier").click()
    accept_everywhere(page, "supplier-new")
    page.get_by_role("button", name="Enter the supplier").click()
    expect(page.get_by_role("alert").get_by_role("link", name=re.compile("Name"))).to_be_visible()
    for label, text in (
        ("Name", "Ostmetall GmbH"),
        ("Number with us", "S-200"),
        ("Country", "DE"),
        ("Currency", "EUR"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Enter the supplier").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Prospect")
    accept_everywhere(page, "supplier-prospect")
    page.get_by_role("link", name="What is still missing").click()
    expect(page.get_by_text("Somebody else who may edit suppliers approves it.")).to_be_visible()
    accept_everywhere(page, "supplier-approval")

    second = eyes(steward, "/suppliers/S-200/approval/")
    second.get_by_role("button", name="Approve: it may be ordered from").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("Active")

    second.get_by_role("link", name="New offer").click()
    accept_everywhere(second, "offer-new")
    second.get_by_label("Item", exact=True).fill("NUT-6")
    second.get_by_label("Ordered in").select_option(label="EA")
    second.get_by_label("Price, 1").fill("0.12")
    second.get_by_role("button", name="Enter the offer").click()

    expect(second.get_by_role("heading", level=1)).to_contain_text("NUT-6")
    assert Supplier.objects.get(number="S-200").items.get().prices.count() == 1


def test_a_holiday_is_added_and_taken_out(eyes: Eyes, steward: object, calendar: Calendar) -> None:
    page = eyes(steward, "/calendars/")
    page.get_by_role("link", name="Weekdays NL").click()
    page.get_by_label("Day", exact=True).fill("2026-12-24")
    page.get_by_label("What it is").fill("Stocktaking")
    page.get_by_role("button", name="Add the day").click()

    expect(page.get_by_role("button", name="Remove Stocktaking")).to_be_visible()
    accept_everywhere(page, "calendar")
    page.get_by_role("button", name="Remove Stocktaking").click()

    expect(page.get_by_text("None besides the public holidays.")).to_be_visible()
    assert fresh(calendar).special_days == {}


def test_what_does_not_work_stands_above_the_page(eyes: Eyes, scene: Scene, settings: Any) -> None:
    settings.TROUBLE_SECONDS = 0
    Mail.objects.create(to="a@b.example", subject="s", text="t", thread="t", key="k", next_at=NOW)
    page = eyes(scene.people["buyer"], "/orders/")

    expect(page.get_by_role("status", name="What does not work at the moment")).to_contain_text("Mails are not sent")
    accept_everywhere(page, "trouble")
