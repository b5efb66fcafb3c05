"""Journeys walked in a browser by the people whose they are: how many clicks, how long, how much over the line."""

import re
from collections.abc import Iterable

from django.db.models import F
from django.utils.timezone import now
from playwright.sync_api import Browser, expect

from bench import server
from bench.hands import browser, hand
from bench.measure import Figure
from bench.stage import DAY, everywhere
from bench.workloads import Run, workload
from bench.workloads.ruling import change_and_publish
from governance.approvals import links
from governance.approvals.models import ApprovalStep, Decision, Task
from procurement.requisitions.models import Requisition
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers.lifecycle import SupplierState

LINES = 20
WAITING, DOUBTFUL = 14, 4
LOCAL = {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
"""A browser wants a certificate for the settings of production."""
COOKIE = "countersign"


@workload
def journeys(run: Run) -> Iterable[Figure]:
    """J1 twenty lines to approval; J2 approved from a mail; J3 an inbox of fourteen, emptied; J9 the matrix changed."""
    run.stage.agree()
    run.stage.ordered(2)  # a supplier who never sold anything would need a look
    port = run.parts.enter_context(server.serving(run.state, **run.environment, **LOCAL))
    made = run.browser or run.parts.enter_context(browser())
    for journey in (twenty_lines, from_the_mail, fourteen):
        yield from journey(run, made, f"http://localhost:{port}")
    yield from change_and_publish(run, made, f"http://localhost:{port}", cookie=COOKIE)


def twenty_lines(run: Run, made: Browser, address: str) -> Iterable[Figure]:
    """J1: cells of a spreadsheet, pasted; sent by Ctrl Enter."""
    before = set(everywhere(Requisition).values_list("pk", flat=True))
    with hand(made, address, run.stage.person("ask"), cookie=COOKIE) as it:
        it.open("/requests/new/")
        page = it.page
        it.write(page.get_by_label("What is it for?"), "Spring stock")
        if not page.locator("#id_site").input_value():
            it.click(page.locator("#id_site"))
            page.locator("#id_site").select_option(str(run.stage.site.pk))
        it.write(page.locator("#id_need_by"), run.stage.need_by.isoformat())
        skus = wares(run)
        it.paste(
            page.get_by_label("Item 1", exact=True), "\n".join(f"{sku}\t{n}" for n, sku in enumerate(skus, start=1))
        )
        expect(page.locator("tbody [data-amount]").nth(len(skus) - 1)).not_to_be_empty(timeout=20_000)
        it.press("Control+Enter")
        page.wait_for_url(re.compile("/requests/REQ-"), timeout=20_000)
        figures = it.figures("j1_twenty_lines")
    sent = everywhere(Requisition).exclude(pk__in=before).get()
    assert (sent.status, sent.line_count) == ("in_approval", len(skus)), f"{sent} is {sent.status}."
    return figures


def wares(run: Run) -> list[str]:
    """Things that somebody sells, the cheapest first: what is dear may be refused, and that is another journey."""
    sold = SupplierItem.objects.filter(
        supplier__status=SupplierState.ACTIVE, item__is_active=True, currency=run.stage.site.entity.currency
    )
    found = sold.order_by("item__standard_price", "item").values_list("item__sku", flat=True)
    return list(dict.fromkeys(found))[:LINES]


def from_the_mail(run: Run, made: Browser, address: str) -> Iterable[Figure]:
    """J2, signed in: the link in the mail, and the button."""
    task = asked(run)
    document = everywhere(Requisition).get(pk=task.step.request.about.split(":")[1])
    token = links.make(step=task.step, person_id=task.person_id, document=document, at=now())
    with hand(made, address, task.person, width=390, cookie=COOKIE) as it:
        it.open("/")
        it.clicks += 1  # the link in the mail
        it.page.goto(f"/inbox/mail/{token}/")
        it.click(it.page.get_by_role("button", name=re.compile("^Approve")))
        it.page.wait_for_url(re.compile("/inbox/$"))
        figures = it.figures("j2_from_the_mail")
    assert Decision.objects.filter(step=task.step_id, kind="approve").exists()
    return figures


def fourteen(run: Run, made: Browser, address: str) -> Iterable[Figure]:
    """J3: what looks clean in one go, the others one by one with a key each, until nothing waits."""
    first = asked(run, apart=True)
    person, open_ = first.person, Task.objects.filter(person=first.person_id, is_open=True)
    wanted = WAITING if run.samples > 1 else 3
    for number in range(wanted - open_.count()):
        asked(run, apart=number < wanted - DOUBTFUL)
    waiting = set(open_.values_list("step", flat=True))
    with hand(made, address, person, cookie=COOKIE) as it:
        it.open("/inbox/")
        if (many := it.page.get_by_role("button", name=re.compile("^Approve the"))).count():
            with it.moving():
                it.click(many)
            with it.moving():
                it.click(it.page.get_by_role("link", name="Back to the list"))
        while it.page.get_by_role("button", name=re.compile("^Approve")).count():
            with it.moving():
                it.press("a")
        figures = it.figures("j3_inbox")
    said = Decision.objects.filter(step__in=waiting, kind="approve", person=person)
    assert said.count() == len(waiting), f"{said.count()} of {len(waiting)} are decided."
    return [*figures, Figure("journeys", "j3_inbox_waiting", len(waiting), "")]


def asked(run: Run, *, apart: bool = False) -> Task:
    """A fresh question, and who is asked first; ``apart`` from what was asked before, so that nothing is like it."""
    request = run.stage.requested(2)
    if apart:
        everywhere(Requisition).filter(pk=request.pk).update(submitted_at=F("submitted_at") - 30 * DAY)
    step = ApprovalStep.objects.filter(request__about=request.subject).order_by("sequence", "pk").first()
    found = (
        Task.objects.filter(step=step, is_open=True).select_related("step__request", "person").order_by("pk").first()
    )
    assert found is not None, "Nobody was asked."
    return found
