"""Journeys of a supplier, from the mail to what the buyer sees: the portal, its relay and a browser.

Seconds run until the page says what came of it, so they hold the portal, the relay and the back office's own work.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.utils.timezone import now
from playwright.sync_api import expect

from bench import server
from bench.hands import Hand, browser, hand
from bench.measure import Figure
from bench.stage import everywhere
from bench.workloads import Run, workload
from bench.workloads.delivering import relay, settle
from bench.workloads.walking import LINES, LOCAL
from organization.notifications.models import Mail
from organization.people import links
from organization.people.models import Person
from procurement.orders.models import PurchaseOrder

BENCH = "supplier"
ORDERS = 200
PATIENCE = 60_000
"""Milliseconds that a page may take to say what came of it."""


@workload
def supplier(run: Run) -> Iterable[Figure]:
    """J4: twenty lines confirmed, on a new device and on a known one; 200 orders confirmed together (bar 21)."""
    run.stage.agree()
    orders = [run.stage.ordered(LINES) for _ in range(2)]
    settle(run, run.environment)
    with portal(run) as address, relay(run, run.environment), coming(run, address) as it:
        yield from twenty_lines(it, orders[0], "j4_new_device")
        yield from twenty_lines(it, orders[1], "j4_confirm_20")
        yield from together(run, it)


@contextmanager
def portal(run: Run) -> Iterator[str]:
    said = run.environment | LOCAL | {"COUNTERSIGN_PROCESS": "portal"}
    with server.serving(run.state, **said) as port:
        yield f"http://localhost:{port}"


@contextmanager
def coming(run: Run, address: str) -> Iterator[Hand]:
    """Somebody on a phone whom nobody knows yet."""
    made = run.browser or run.parts.enter_context(browser())
    with hand(made, address, None, width=390) as it:
        yield it


def twenty_lines(it: Hand, order: PurchaseOrder, journey: str) -> list[Figure]:
    """From the mail: the link, a code where the device is new, and one button."""
    person = mailbox(order)
    link = urlsplit(links.make(person=person, about=order.public_id, title=order.number, at=now())).path
    it.clicks, it.bytes = 1, 0  # the link in the mail
    it.open(link)
    if (ask := it.page.get_by_role("button", name="Mail me the code")).count():
        it.click(ask)
        it.page.get_by_label("Code").fill(code())
        it.click(it.page.get_by_role("button", name="Go on"))
    it.click(it.page.get_by_role("button", name=re.compile("^Confirm all")))
    expect(it.page.locator("#result")).to_contain_text("Confirmed", timeout=PATIENCE)
    figures = it.figures(journey, BENCH)
    order.refresh_from_db()
    assert order.confirmed == "confirmed", f"{order.number} is {order.confirmed}."
    return figures


def mailbox(order: PurchaseOrder) -> Person:
    """Somebody of the supplier who may sign in."""
    said = {"name": "Bench supplier", "kind": Person.OF_SUPPLIER, "party_id": order.supplier_id}
    person, _new = Person.objects.get_or_create(email=f"supplier-{order.supplier_id}@bench.example", defaults=said)
    return person


def code() -> str:
    text = Mail.objects.filter(key__startswith="code:").latest("pk").text
    found = re.search(r"\b\d{6}\b", text)
    assert found, text
    return found[0]


def together(run: Run, it: Hand) -> Iterable[Figure]:
    """All that wait, on however many pages, ticked by one box, looked at on one page, sent by one press."""
    count = ORDERS if run.samples > 1 else 3
    orders = [run.stage.ordered(LINES if run.samples > 1 else 2) for _ in range(count)]
    waiting = everywhere(PurchaseOrder).filter(pk__in=[order.pk for order in orders])
    settle(run, run.environment)
    it.page.set_viewport_size({"width": 1440, "height": 900})
    it.clicks, it.bytes = 0, 0
    it.open("/orders/?view=to-confirm&to_confirm=1")
    it.click(it.page.get_by_role("checkbox", name=re.compile("all that match")))
    it.click(it.page.get_by_role("button", name=re.compile("^Confirm as ordered")))
    it.click(it.page.get_by_role("button", name=re.compile("^Confirm what is ticked")))
    it.page.wait_for_url(re.compile("/sent/"), timeout=PATIENCE)
    expect(it.page.get_by_text("Received")).to_have_count(0, timeout=PATIENCE)
    figures = it.figures(f"confirm_{ORDERS}", BENCH)
    left = waiting.exclude(confirmed="confirmed").count()
    assert not left, f"{left} orders were not confirmed."
    return [*figures, Figure(BENCH, "confirm_lines", sum(order.line_count for order in orders), "")]
