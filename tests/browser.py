"""Eyes and hands for browser tests: a Chromium, a person signed in, and what every screen must pass.

@pytest.mark.browser
def test_looks_right(eyes): ...
    page = eyes(person, "/orders/", width=390, theme="dark")
    accept_everywhere(page)

The fixtures are known everywhere through tests/conftest.py; imported again they would be others, and Playwright runs once.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bench.chromium import MISSING, where_it_is
from foundation.screens.proving import KNOWN, PROVED
from organization.people.sessions import SessionStore
from tests.proofs import clock

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's own loop runs in this thread

expect.set_options(timeout=20_000)  # a busy machine is slow and not wrong

WIDTHS = (320, 390, 1440)
THEMES = ("light", "dark")
HEIGHTS = {320: 640, 390: 844, 1440: 900}

NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""What follows the width by script has done so."""

__all__ = [
    *("NEXT_FRAME", "THEMES", "WIDTHS", "accept", "accept_everywhere", "leave_by", "overflow", "sign_in"),
    *("small_targets", "violations"),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if (path := where_it_is()) is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


TURN = threading.RLock()
"""Whoever uses the one connection has it: a request from its beginning to its end, or the test that signs somebody in."""


class Server(ThreadedWSGIServer):
    daemon_threads = True

    def _close_connections(self) -> None:
        """The one connection belongs to the test."""


@contextmanager
def serving() -> Iterator[str]:
    """A server inside the test's own transaction, so that nothing is committed and nothing must be cleared away.

    Its requests share the test's connection, one at a time.
    """
    app, over = WSGIHandler(), threading.Event()
    shared = connections["default"]

    def one_at_a_time(environ: Any, start_response: Any) -> Any:
        with TURN:
            if over.is_set():  # a page that was left asks once more; the test's transaction is gone
                start_response("503 Service Unavailable", [])
                return []
            connections["default"] = shared
            return app(environ, start_response)

    server = Server(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(one_at_a_time)
    shared.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        with TURN:  # the request that is being answered has the connection until it ends
            over.set()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        shared.dec_thread_sharing()


@pytest.fixture
def eyes(chromium: Browser, db: None) -> Iterator[Callable[..., Page]]:
    """``eyes(person, "/orders/", width=390, theme="dark")`` opens it as somebody; script errors fail the test."""
    with serving() as address:
        yield from opening(chromium, address)


def opening(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    contexts = []
    faults: list[str] = []

    def open_as(
        person: Any, path: str, *, width: int = 1440, theme: str = "light", script: bool = True, proved: bool = True
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            color_scheme=theme,
            java_script_enabled=script,
            reduced_motion="reduce",
            has_touch=width < 640,
        )
        contexts.append(context)
        if person is not None:
            with TURN:  # a page that was opened before may be asking for its parts
                cookie = session_of(person, address, proved=proved)
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status < 500, answer.status
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert not faults, faults


def session_of(person: Any, address: str, *, proved: bool = True) -> Any:
    """A session as signing in with a passkey makes it, without the form; with a password, if not ``proved``."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[KNOWN] = clock().isoformat()
    if proved:
        session[PROVED] = session[KNOWN]
    session.create()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}


def leave_by(page: Page, control: Locator) -> None:
    """Press what leads elsewhere, and be there: a click alone may answer before the browser has left the page."""
    with page.expect_navigation():
        control.click()


def sign_in(page: Page, email: str, password: str) -> None:
    """Through the form of the portal's page."""
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(password)
    leave_by(page, page.get_by_role("button", name="Sign in", exact=True))


def accept_everywhere(page: Page, picture: str = "") -> None:
    """``accept`` on a desk in light and in a hand in dark; at the smallest width it must still fit."""
    for width, theme in ((1440, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=theme)
        accept(page, f"{picture}-{width}-{theme}" if picture else "")
    page.set_viewport_size({"width": 320, "height": HEIGHTS[320]})
    page.evaluate(NEXT_FRAME)
    assert not overflow(page), f"{page.url} is {overflow(page)} px too wide: {sticking_out(page)}"


def accept(page: Page, picture: str = "") -> None:
    """What every screen passes: no finding of axe, no sideways scrolling, targets that a finger meets.

    With SHOTS in the environment a picture is left there.
    """
    if picture and os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(os.environ["SHOTS"]) / f"{picture}.png"), full_page=False)
    found = violations(page)
    assert not found, [
        (page.url, one["id"], [(node["html"][:160], node["failureSummary"]) for node in one["nodes"]]) for one in found
    ]
    assert not overflow(page), f"{page.url} is {overflow(page)} px too wide: {sticking_out(page)}"
    assert not small_targets(page), small_targets(page)


def violations(page: Page, within: str | dict[str, Any] = "html", **options: Any) -> list[dict[str, Any]]:
    """What axe finds in the page or a part of it. It is loaded once a page, and only its findings come back."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    said = {"resultTypes": ["violations"], **options}
    run = "([within, said]) => axe.run(within, said).then((found) => found.violations)"
    return page.evaluate(run, [within, said])


def overflow(page: Page) -> int:
    """Pixels by which the page can be scrolled sideways."""
    page.wait_for_load_state()  # a page that has only begun has no width yet
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def sticking_out(page: Page) -> list[str]:
    """What makes it so: the first few elements that end beyond the window and do not scroll by themselves."""
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1
            && !one.closest('.table-wrap')).slice(0, 4).map((one) => one.outerHTML.slice(0, 120))"""
    )


def small_targets(page: Page) -> list[str]:
    """Controls below 24 by 24 px, except links within a sentence (WCAG 2.5.8)."""
    return page.evaluate(
        """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary, textarea')]
            .filter((one) => {
                const box = one.getBoundingClientRect();
                const hidden = !one.checkVisibility({visibilityProperty: true})
                    || box.width <= 1 || box.height <= 1 || one.closest('.vh, .skip');
                const label = one.closest('label')?.getBoundingClientRect() ?? box;
                const inline = one.matches('a') && getComputedStyle(one).display === 'inline';
                const size = [Math.max(box.width, label.width), Math.max(box.height, label.height)];
                return !hidden && !inline && Math.min(...size) < 24;
            }).map((one) => one.outerHTML.slice(0, 120))"""
    )
