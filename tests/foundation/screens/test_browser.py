"""The shell, a list, a detail page, a form and sign-in, seen in a browser at three widths and in both themes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import accept_everywhere
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
def test_every_screen_is_accessible_and_fits(eyes: Eyes, name: str) -> None:
    person = stage.a_person("Anna Vos", "see_case", "work_case")
    stage.some_cases(60)

    page = eyes(None if name == "sign_in" else person, SCREENS[name])

    expect(page.get_by_role("main")).to_be_visible()
    accept_everywhere(page, name)
