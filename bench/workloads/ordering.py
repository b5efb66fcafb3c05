"""Bars 1 and 2: from a request of ten lines to an issued order, one client and four."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from bench.measure import Figure, Stopwatch
from bench.server import Client, Failed, said_on
from bench.stage import Stage, everywhere, insist_approved, open_tasks
from bench.workloads import Run, workload
from finance.commitments.models import Commitment
from foundation.journal.models import Delivery, Entry
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder
from procurement.requisitions.models import Requisition

LINES = 10
CLIENTS = 4
WARM = 3
STEPS = ("create", "submit", "approve", "draft_and_issue")


@dataclass
class Story:
    """One request by its people, over HTTP, step by step; the clock runs while the product answers and not between."""

    stage: Stage
    clients: dict[int, Client]
    laps: dict[str, float] = field(default_factory=dict)
    decisions: int = 0
    order: PurchaseOrder | None = None

    def __post_init__(self) -> None:
        self.stage.another_month()
        created = self._create()
        request = everywhere(Requisition).get(number=created["number"])
        self._timed("submit", self._as("ask").post, f"/requisitions/{request.number}/submit/", created)
        self._approve(request)
        insist_approved(request)
        lines = list(request.lines.values_list("pk", flat=True))
        form = {"line": lines, "do": "draft", "issue": "on"}
        page = self._timed("draft_and_issue", self._as("buy").send, "/pool/draft/", form)
        self.order = everywhere(PurchaseOrder).filter(lines__sources__requisition_line=lines[0]).first()
        if self.order is None:
            raise Failed(f"No order was drafted: {said_on(page)}")

    @property
    def seconds(self) -> float:
        return sum(self.laps.values())

    def _as(self, duty: str) -> Client:
        return self.clients[self.stage.person(duty).pk]

    def _timed(self, step: str, call, path: str, said: dict):  # type: ignore[no-untyped-def]
        said = {"version": said["version"]} if step == "submit" else said
        begun = time.perf_counter()
        answer = call(path, said)
        self.laps[step] = self.laps.get(step, 0.0) + time.perf_counter() - begun
        return answer

    def _create(self) -> dict:
        stage = self.stage
        lines = [
            {"item": ware.sku, "quantity": f"{quantity:f}", "supplier": stage.supplier.number}
            for ware, quantity in stage.basket(LINES)
        ]
        said = {"site": stage.site.code, "title": "Bench", "need_by": stage.need_by.isoformat(), "lines": lines}
        if stage.center:
            said["cost_center"] = stage.center.code
        return self._timed("create", self._as("ask").post, "/requisitions/", said)

    def _approve(self, request: Requisition) -> None:
        while tasks := open_tasks(request):
            task = tasks[0]
            if task.person_id not in self.clients:
                self.clients[task.person_id] = Client(self._as("buy").link.port, task.person)
            said = {"kind": "approve", "version": task.step.request.about_version}
            self.decisions += 1
            self._timed("approve", self.clients[task.person_id].post, f"/tasks/{task.pk}/decide/", said)


def people(run: Run) -> dict[int, Client]:
    """A connection for each person of the story."""
    duties = ("ask", "decide", "buy")
    return {run.stage.person(duty).pk: run.client(run.stage.person(duty)) for duty in duties}


@workload
def request_to_order(run: Run) -> Iterable[Figure]:
    """Create, submit (routing, policy, budget), approve, draft and issue: four calls, each in its own transactions."""
    clients = people(run)
    for _ in range(WARM if run.samples > 1 else 0):
        Story(run.stage, clients)
    stories, peer = [], []
    for _ in range(run.samples):
        stories.append(Story(run.stage, clients))
        if run.peer:
            peer += run.peer.seconds("order", LINES)
    for story in stories:
        check(story)
    whole = Stopwatch(story.seconds for story in stories)
    yield from whole.figures("request_to_order", beside=beside(run, peer))
    for step in STEPS:
        yield from Stopwatch(story.laps[step] for story in stories).figures("request_to_order", step)[:1]
    decisions = sum(story.decisions for story in stories) / len(stories)
    yield Figure("request_to_order", "decisions", round(decisions, 2), "", len(stories))


def beside(run: Run, seconds: list[float]) -> dict[str, float]:
    return {f"{run.peer.name}_ms": round(Stopwatch(seconds).median, 2)} if run.peer and seconds else {}


def check(story: Story) -> None:
    """The order is issued, ten lines are bound, the sums agree, somebody approved, and all of it is in the journal."""
    order = story.order
    assert order is not None
    assert order.status == OrderState.ISSUED, f"{order} is {order.status}."
    assert "approve" in story.laps, f"Nobody had to approve {order}: the bench would measure less than it says."
    lines = list(order.lines.prefetch_related("sources__requisition_line__requisition"))
    assert len(lines) == LINES == order.line_count == order.open_line_count
    assert sum((line.amount for line in lines), Decimal(0)) == order.amount
    assert everywhere(Commitment).filter(order_number=order.number, quantity__gt=0).count() == LINES
    (request,) = {source.requisition_line.requisition for line in lines for source in line.sources.all()}
    said = Entry.objects.filter(subject__in=[order.subject, request.subject])
    names = {name.rpartition(".")[2] for name in said.values_list("name", flat=True)}
    wanted = {"RequisitionRaised", "RequisitionSubmitted", "RequisitionApproved", "OrderDrafted", "OrderIssued"}
    assert wanted <= names, f"The journal lacks {wanted - names}."
    assert Delivery.objects.filter(entry__in=said.filter(name__endswith=".OrderIssued")).exists()


@workload
def concurrent_orders(run: Run) -> Iterable[Figure]:
    """The same by four clients at once on two workers: none fails, no number is given twice."""
    each = max(1, run.samples // 2)
    casts, faults, stories = [people(run) for _ in range(CLIENTS)], [], []

    def work(clients: dict[int, Client]) -> None:
        for _ in range(each):
            try:
                stories.append(Story(run.stage, clients))
            except Exception as error:
                faults.append(error)

    threads = [threading.Thread(target=work, args=(clients,)) for clients in casts]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begun
    assert not faults, f"{len(faults)} of {each * CLIENTS} failed, the first: {faults[0]!r}"
    for story in stories:
        check(story)
    numbers = {story.order.number for story in stories if story.order}
    assert len(numbers) == each * CLIENTS, "A number was given twice."
    laps = Stopwatch(story.seconds for story in stories)
    rate = Figure("concurrent_orders", "orders_per_s", round(len(stories) / elapsed, 2), "/s", len(stories))
    if run.peer:
        took = run.peer.seconds("concurrent", CLIENTS, len(stories))
        rate.beside = {f"{run.peer.name}_per_s": round(len(stories) / sum(took), 2)}
        rate.ratio = round(rate.value * sum(took) / len(stories), 2)
    yield rate
    yield from laps.figures("concurrent_orders")
    yield Figure("concurrent_orders", "p99_ms", round(laps.at(0.99), 2), "ms", len(stories))
    yield Figure("concurrent_orders", "failures", len(faults), "", len(stories))
