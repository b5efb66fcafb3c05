"""The shell, a list, a detail page, a form and sign-in, seen in a browser at three widths and in both themes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bench.chromium import PASTE
from organization.people.models import Person
from tests.browser import accept, accept_everywhere
from tests.foundation.screens import stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
Eyes = Callable[..., Page]

SCREENS = {
    "sign_in": "/sign-in/",
    "work": "/",
    "list": "/stage/cases/",
    "list_narrowed": "/stage/cases/?status=open&high=1&view=high",
    "detail": "/stage/cases/CASE-NL01-2026-000002/",
    "form": "/stage/cases/CASE-NL01-2026-000002/edit/",
    "preferences": "/preferences/",
    "missing": "/nothing/",
    "api": "/api/v1/",
}


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_accessible_and_fits(eyes: Eyes, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.furnish(monkeypatch)
    person = stage.a_person("Anna Vos", "see_case", "work_case")
    stage.some_cases(60)

    page = eyes(None if name == "sign_in" else person, SCREENS[name])

    expect(page.get_by_role("main")).to_be_visible()
    accept_everywhere(page, name)


@pytest.fixture
def anna() -> Person:
    return stage.a_person("Anna Vos", "see_case", "work_case")


class TestAList:
    def test_narrows_while_one_types_and_keeps_the_focus(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(60)
        page = eyes(anna, "/stage/cases/")

        page.get_by_label("Search", exact=True).last.press_sequentially("000007")

        expect(page.locator("table.list tbody tr")).to_have_count(1)
        expect(page).to_have_url(re.compile(r"[?&]q=000007$"))
        assert page.evaluate("document.activeElement.name") == "q"

    def test_is_the_same_in_a_second_browser(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(60)
        page = eyes(anna, "/stage/cases/")
        page.locator("#filter_status").select_option("resolved")
        expect(page.locator(".chip")).to_have_text(re.compile("State: Resolved"))
        page.get_by_role("link", name="At stake").click()
        expect(page.locator("[aria-sort]")).to_have_text("At stake")
        rows = page.locator("tbody th").all_inner_texts()

        other = eyes(anna, page.url.partition("/stage")[1] + page.url.partition("/stage")[2])

        assert other.locator("tbody th").all_inner_texts() == rows
        assert len(rows) == 12

    def test_is_walked_and_chosen_with_letters(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(5)
        page = eyes(anna, "/stage/cases/")

        for key in "jjxJ":
            page.keyboard.press(key)

        expect(page.locator("[data-chosen]")).to_have_text("2")
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("CASE-NL01-2026-000004/$"))
        page.keyboard.press("]")
        expect(page).to_have_url(re.compile("CASE-NL01-2026-000003/$"))

    def test_leaves_letters_alone_for_those_who_switched_them_off(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(5)
        Person.objects.filter(pk=anna.pk).update(uses_keys=False)
        page = eyes(anna, "/stage/cases/")

        page.keyboard.press("j")

        expect(page.locator("tr.is-here")).to_have_count(0)

    def test_shows_at_least_24_rows_at_1080(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(60)
        page = eyes(anna, "/stage/cases/")

        assert visible_rows(page) >= 24

    def test_shows_at_least_28_rows_when_compact(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(60)
        Person.objects.filter(pk=anna.pk).update(density="compact")

        assert visible_rows(eyes(anna, "/stage/cases/")) >= 28

    def test_works_without_javascript(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(60)
        page = eyes(anna, "/stage/cases/", script=False)

        page.get_by_label("Search", exact=True).last.fill("000007")
        page.get_by_role("button", name="Apply").click()

        expect(page.locator("table.list tbody tr")).to_have_count(1)
        page.get_by_role("link", name="CASE-NL01-2026-000007").click()
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_text("Noted.")).to_be_visible()

    def test_tells_each_ones_fate_after_a_bulk_verb(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(3)
        page = eyes(anna, "/stage/cases/")

        page.get_by_label("Choose all rows of this page").check()
        page.get_by_role("button", name="Note them").click()

        expect(page.locator(".badge.ok")).to_have_count(3)
        accept_everywhere(page, "bulk")


def visible_rows(page: Page) -> int:
    page.set_viewport_size({"width": 1920, "height": 1080})
    bottoms = page.locator("tbody tr").evaluate_all("rows => rows.map((row) => row.getBoundingClientRect().bottom)")
    return sum(bottom <= 1080 for bottom in bottoms)


class TestAVerb:
    at = "/stage/cases/CASE-NL01-2026-000001/"

    def test_is_done_by_its_letter_and_said(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(1)
        page = eyes(anna, self.at)

        page.keyboard.press("n")

        expect(page.get_by_role("status").get_by_text("Noted.")).to_be_visible()

    def test_refused_takes_the_focus_to_the_reason(self, eyes: Eyes, anna: Person) -> None:
        case = stage.some_cases(1)[0]
        page = eyes(anna, self.at)
        stage.note(case=case, text="theirs", by=anna.actor, at=stage.AT, seen=1, key="another-key")

        page.get_by_role("button", name="Note it").click()

        expect(page.locator("#problems .problem")).to_be_focused()
        expect(page.locator("#problems")).to_contain_text("Anna Vos")
        accept_everywhere(page, "stale")

    def test_that_is_not_possible_says_why(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(1)
        page = eyes(anna, self.at)

        button = page.get_by_role("button", name="Close the case")

        expect(button).to_have_attribute("aria-disabled", "true")
        expect(button).to_have_accessible_description("Not possible while open.")

    def test_after_the_session_ended_leads_to_sign_in(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(1)
        page = eyes(anna, self.at)
        page.context.clear_cookies(name="countersign")

        page.get_by_role("button", name="Note it").click()

        expect(page).to_have_url(re.compile(r"/sign-in/\?next=%2Fstage"))


class TestAForm:
    def test_keeps_a_draft_through_a_reload(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(1)
        page = eyes(anna, "/stage/cases/CASE-NL01-2026-000001/edit/")

        page.get_by_label("Cause").press_sequentially("wet pallet")
        expect(page.get_by_text("Kept on this device")).to_be_visible()
        page.reload()

        expect(page.get_by_label("Cause")).to_have_value("wet pallet")

    def test_forgets_it_once_the_server_has_it(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(1)
        page = eyes(anna, "/stage/cases/CASE-NL01-2026-000001/edit/")
        page.get_by_label("Cause").press_sequentially("wet pallet")
        expect(page.get_by_text("Kept on this device")).to_be_visible()

        page.get_by_role("button", name="Keep the cause").click()
        page.wait_for_url("**/CASE-NL01-2026-000001/")
        page.goto(page.url + "edit/")

        expect(page.get_by_label("Cause")).to_have_value("")

    def test_with_errors_takes_the_focus_to_the_summary(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(1)
        page = eyes(anna, "/stage/cases/CASE-NL01-2026-000001/edit/")

        page.get_by_role("button", name="Keep the cause").click()

        expect(page.locator(".errors")).to_be_focused()
        accept_everywhere(page, "errors")


class TestAThousandLines:
    def test_are_filled_from_a_spreadsheet_and_added_up(self, eyes: Eyes, anna: Person) -> None:
        page = eyes(anna, "/stage/lines/")
        first = page.get_by_label("Quantity, line 1", exact=True)

        first.focus()
        page.evaluate(PASTE, "5\t2.04\n7\t2.10\n")

        expect(first).to_have_value("5")
        expect(page.get_by_label("Price, line 2", exact=True)).to_have_value("2.10")
        expect(page.locator("[data-total]")).to_have_text("1,010")

    def test_are_walked_with_enter_across_chunks(self, eyes: Eyes, anna: Person) -> None:
        page = eyes(anna, "/stage/lines/")
        page.get_by_label("Quantity, line 50", exact=True).focus()

        page.keyboard.press("Enter")

        expect(page.get_by_label("Quantity, line 51", exact=True)).to_be_focused()
        page.keyboard.press("Shift+Enter")
        expect(page.get_by_label("Quantity, line 50", exact=True)).to_be_focused()

    def test_are_accessible(self, eyes: Eyes, anna: Person) -> None:
        accept_everywhere(eyes(anna, "/stage/lines/?count=60"), "lines")


class TestTheShell:
    def test_finds_from_anywhere(self, eyes: Eyes, anna: Person) -> None:
        page = eyes(anna, "/")

        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "find"
        page.keyboard.press("Control+k")
        expect(page.locator("#palette")).to_be_visible()
        accept_everywhere(page, "palette")
        page.keyboard.press("Escape")
        expect(page.locator("#palette")).not_to_be_visible()

    def test_helps_beside_the_page(self, eyes: Eyes, anna: Person) -> None:
        page = eyes(anna, "/")

        page.keyboard.press("?")

        expect(page.get_by_role("heading", name="Shortcuts")).to_be_visible()
        accept_everywhere(page, "help")

    def test_begins_with_a_way_past_itself(self, eyes: Eyes, anna: Person) -> None:
        page = eyes(anna, "/")

        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "main"

    def test_leads_everywhere_from_a_phone(self, eyes: Eyes, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        stage.furnish(monkeypatch)
        page = eyes(anna, "/", width=390)

        page.get_by_role("navigation", name="Main, short").get_by_text("More").click()
        accept(page, "more-390")
        page.get_by_role("link", name="Exceptions").last.click()

        expect(page.get_by_role("heading", name="Exceptions")).to_be_visible()

    def test_stays_readable_in_forced_colors_and_high_contrast(self, eyes: Eyes, anna: Person) -> None:
        stage.some_cases(5)
        Person.objects.filter(pk=anna.pk).update(theme="high")
        page = eyes(anna, "/stage/cases/")
        accept_everywhere(page, "high")

        page.emulate_media(forced_colors="active")

        accept(page, "forced")


def test_signs_in_with_the_keyboard_alone(eyes: Eyes, anna: Person) -> None:
    page = eyes(None, "/sign-in/?next=/preferences/")

    page.keyboard.type(anna.email)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    page.keyboard.type(stage.PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Preferences")).to_be_visible()
