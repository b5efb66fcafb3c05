"""A person at a browser: what is clicked, tapped or pressed is counted, text that is typed or pasted is not.

Seconds are those of product and browser; nobody thinks in between. Kilobytes are what came over the line.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, Response, sync_playwright

from bench.chromium import MISSING, PASTE, where_it_is
from bench.measure import Figure
from bench.server import Failed, session_of
from organization.people.models import Person


@contextmanager
def browser() -> Iterator[Browser]:
    if (path := where_it_is()) is None:
        raise SystemExit(MISSING)
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's own loop runs in this thread
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield made
        made.close()


@dataclass
class Hand:
    """One person's page, and what it took so far."""

    page: Page
    clicks: int = 0
    bytes: int = 0
    begun: float = 0.0

    def open(self, path: str) -> None:
        """Where the journey begins: a link that was followed already."""
        self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        self.begun = time.perf_counter()

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def press(self, keys: str) -> None:
        self.clicks += 1
        self.page.keyboard.press(keys)

    def write(self, where: Locator, text: str) -> None:
        """One click to get there; the text is not counted."""
        self.clicks += 1
        where.fill(text)

    def paste(self, where: Locator, text: str) -> None:
        """A click into the cell, and Ctrl V."""
        self.clicks += 2
        where.focus()
        self.page.evaluate(PASTE, text)

    @contextmanager
    def moving(self) -> Iterator[None]:
        """What is done inside leads to another page, which is there when the block ends."""
        with self.page.expect_navigation(wait_until="networkidle"):
            yield

    def figures(self, journey: str, bench: str = "journeys") -> list[Figure]:
        """Its clicks, seconds and kilobytes; the journey has been judged before."""
        took = time.perf_counter() - self.begun
        return [
            Figure(bench, f"{journey}_clicks", self.clicks, ""),
            Figure(bench, f"{journey}_seconds", round(took, 2), "s"),
            Figure(bench, f"{journey}_kb", round(self.bytes / 1024, 1), "KB"),
        ]


@contextmanager
def hand(
    browser: Browser, address: str, person: Person | None, *, width: int = 1440, cookie: str = "", proved: bool = False
) -> Iterator[Hand]:
    """``proved``: he proved with a passkey a moment ago who he is. Nobody: whoever comes by a mailed link."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900 if width > 640 else 844}, reduced_motion="reduce"
    )
    if person is not None:
        context.add_cookies([{"name": cookie, "value": session_of(person, proved=proved), "url": address}])
    made = Hand(context.new_page())

    def weigh(response: Response) -> None:
        if response.status >= 500:
            raise Failed(f"{response.url} answered {response.status}.")
        made.bytes += int(response.headers.get("content-length", 0))

    made.page.on("response", weigh)
    try:
        yield made
    finally:
        context.close()
