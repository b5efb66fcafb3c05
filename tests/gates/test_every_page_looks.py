"""Every page with a real document on it: no finding of axe, no sideways scrolling, targets that a finger meets.

One browser, one server, one page that goes from address to address; light on a desk, dark in a hand.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import HEIGHTS, NEXT_FRAME, overflow, serving, session_of, small_targets, violations
from tests.gates.asking import Answer, portal_visitor, stays
from tests.gates.readings import Readings
from tests.gates.world import World

pytestmark = pytest.mark.browser
DESK, HAND = (1440, "light"), (390, "dark")
"""How pages are read by axe: each on a desk, every third in a hand too. At 320 and at 390 px each must also fit."""
EVERY = 3
IN_A_HAND = [
    *("color-contrast", "link-name", "button-name", "label", "select-name", "image-alt", "aria-hidden-focus"),
    *("aria-allowed-attr", "aria-required-attr", "aria-valid-attr-value", "scrollable-region-focusable", "listitem"),
]
"""The rules that a narrow dark page can break though the wide light one keeps them; the rest is the same document."""
SHELLS = 3
"""So many pages are read with what stands around each of them; it is the same around all."""
SHELL = [".top", ".phone-bar", "#palette", "#help"]
SETTLED = "() => !document.querySelector('.htmx-request')"


def pages(answers: Iterable[Answer]) -> list[str]:
    """Addresses of whole pages; parts of pages are seen on the pages that fetch them."""
    found = [one for one in answers if one.status == 200 and stays(one.route)]
    return [one.address for one in found if b"<html" in one.body[:600]]


def faults(page: Page, base: str, places: list[str]) -> list[str]:
    found = []
    for count, place in enumerate(places):
        seen_in(page, *DESK)
        page.goto(base + place)
        if not page.evaluate(SETTLED):
            page.wait_for_function(SETTLED)
        around = [] if count < SHELLS else [[one] for one in SHELL]
        said = [f"at a desk: {one}" for one in said_by_axe(page, {"include": [["html"]], "exclude": around})]
        seen_in(page, *HAND)
        if count % EVERY == 0:
            within = "html" if count < SHELLS * EVERY else "main"
            rules = {"runOnly": {"type": "rule", "values": IN_A_HAND}}
            said += [f"in a hand: {one}" for one in said_by_axe(page, within, **rules)]
        found += [f"{place} {one}" for one in said]
        picture(page, place)
        found += [f"{place} at 390 px: too small: {one}" for one in small_targets(page)]
        for width in (HAND[0], 320):
            if width != HAND[0]:
                page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            page.evaluate(NEXT_FRAME)
            if wide := overflow(page):
                found.append(f"{place} at {width} px: {wide} px too wide")
    return found


def seen_in(page: Page, width: int, theme: Literal["light", "dark"]) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.emulate_media(color_scheme=theme)


def said_by_axe(page: Page, within: str | dict[str, Any], **rules: Any) -> list[str]:
    found = violations(page, within, **rules)
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def picture(page: Page, place: str) -> None:
    """With SHOTS in the environment, for whoever wants to look."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{place.strip('/').replace('/', '-') or 'work'}.png"))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(reduced_motion="reduce", has_touch=True)
    yield context.new_page()
    context.close()


def test_the_office(office: World, read_by: Readings, page: Page) -> None:
    places = pages(read_by("head").answers)
    with serving() as base:
        page.context.add_cookies([session_of(office.head, base)])
        found = faults(page, base, places)

    assert found == []
    assert len(places) > 60


def test_the_portal(portal: World, page: Page) -> None:
    visitor = portal_visitor(portal.home.scene.supplier_person, portal.home)
    places = pages(visitor.knock("get", only=stays))
    with serving() as base:
        cookies = [{"name": name, "value": one.value, "url": base} for name, one in visitor.client.cookies.items()]
        page.context.add_cookies(cookies)  # type: ignore[arg-type]
        found = faults(page, base, places)

    assert found == []
    assert len(places) > 8


def test_twin_a_page_with_faults_is_reported(page: Page, tmp_path: Path) -> None:
    body = "<p style='color: #ccc; background: #fff'>pale</p><img src=x><button style='width: 9px'>x</button>"
    wide = "<div style='width: 3000px'>wide</div>"
    (tmp_path / "bad.html").write_text(f"<html><head><title>Bad</title></head><body>{body}{wide}</body></html>")

    found = " ".join(faults(page, tmp_path.as_uri(), ["/bad.html"]))

    assert all(word in found for word in ("color-contrast", "image-alt", "html-has-lang", "too small", "too wide"))
