"""Bars 4 and 6: the pages that people look at all day."""

import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlencode

from django.utils.timezone import now

from bench.measure import Figure, Stopwatch
from bench.server import Client
from bench.stage import key
from bench.workloads import Run, workload
from bench.workloads.ordering import beside
from foundation.screens.lists import paging
from governance.approvals.models import Task
from organization.people.models import Person
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder

ROWS = 50
ROW = re.compile(r"<tr[^>]* data-href=")


def timed(client: Client, address: str, samples: int) -> tuple[Stopwatch, str]:
    watch = Stopwatch()
    page = client.get(address).text
    for _ in range(samples):
        with watch.lap():
            page = client.get(address).text
    return watch, page


@workload
def inbox(run: Run) -> Iterable[Figure]:
    """The work page of an approver with a full first page, beside the same rows from a plain view and template."""
    person = approver(run)
    open_ = Task.objects.filter(person=person, is_open=True).count()
    bare, page = timed(Client(run.plain_port), f"/tasks/{person.pk}/", run.samples)
    assert page.count("<tr>") == min(ROWS, open_), "The plain page does not show the tasks."
    watch, page = timed(run.client(person), "/?tab=approvals", run.samples)
    assert len(ROW.findall(page)) == min(ROWS, open_), "The work page does not show the tasks."
    yield from watch.figures("inbox", beside={"plain_page_ms": round(bare.median, 2)})
    watch, page = timed(run.client(person), "/api/v1/tasks/", run.samples)
    yield from watch.figures("inbox", "api")[:1]
    yield Figure("inbox", "open_tasks", open_, "")


def approver(run: Run) -> Person:
    """Whoever is asked most; requests are sent until the page is full."""
    wanted = ROWS + 10 if run.samples > 1 else 2
    asked: Person | None = None
    while asked is None or Task.objects.filter(person=asked, is_open=True).count() < wanted:
        request = run.stage.requested(2)
        tasks = Task.objects.filter(step__request__about=request.subject, is_open=True)
        first = tasks.select_related("person").order_by("step__sequence", "pk").first()
        assert first is not None, "Nobody was asked."
        asked = asked or first.person
    return asked


@workload
def order_search(run: Run) -> Iterable[Figure]:
    """The list of orders by every way that people narrow it; the rows are compared with the database's own answer."""
    reader = run.stage.reader()
    client, visible = run.client(reader), PurchaseOrder.objects.visible_to(reader.actor)
    worst = Stopwatch([0.0])
    for name, (asked, rows) in searches(visible).items():
        watch, page = timed(client, f"/orders/?{urlencode(asked)}", run.samples)
        found, wanted = len(ROW.findall(page)), min(ROWS, rows.count())
        assert found == wanted, f"{name}: {found} rows are shown, there are {wanted}."
        worst = max(worst, watch, key=lambda one: one.median)
        yield from watch.figures("order_search", name)
    watch = deep(client, visible, run.samples)
    worst = max(worst, watch, key=lambda one: one.median)
    yield from watch.figures("order_search", "deep_page")
    peer = run.peer.seconds("search", run.samples) if run.peer else []
    yield from worst.figures("order_search", "worst", beside=beside(run, peer))
    yield Figure("order_search", "orders", visible.count(), "")


def searches(visible) -> dict:  # type: ignore[no-untyped-def]
    """Name -> (what the address says, the same asked of the database)."""
    some = visible.select_related("supplier__party").order_by("pk")[visible.count() // 2]
    part, name = some.number[-4:], some.supplier.party.name.split()[0]
    late = now() - timedelta(days=1)
    return {
        "none": ({}, visible),
        "open": ({"status": "issued"}, visible.filter(status=OrderState.ISSUED)),
        "site": ({"site": some.site_id}, visible.filter(site=some.site_id)),
        "number_part": ({"q": part}, matching(visible, part)),
        "supplier_part": ({"q": name}, matching(visible, name)),
        "late": ({"need_by_to": late.date().isoformat()}, visible.filter(need_by__lte=late.date())),
        "nothing": ({"q": key()}, visible.none()),
    }


def matching(visible, text: str):  # type: ignore[no-untyped-def]
    fields = ("number", "supplier__party__name", "erp_number", "supplier_reference")
    found = visible.none()
    for name in fields:
        found = found | visible.filter(**{f"{name}__icontains": text})
    return found


def deep(client: Client, visible, samples: int) -> Stopwatch:  # type: ignore[no-untyped-def]
    """The last full page, asked for by its key as the links of the pages before it do."""
    oldest = list(visible.order_by("pk")[: ROWS + 1])
    row = oldest[-1]
    row.sorted_by = row.pk
    watch, page = timed(client, f"/orders/?sort=-id&after={paging.write(row)}", samples)
    assert len(ROW.findall(page)) == len(oldest) - 1, "The last page lacks rows."
    return watch
