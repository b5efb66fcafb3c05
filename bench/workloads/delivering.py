"""Bar 10: what was committed reaches the ERP and everybody else who listens."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import Now

from bench.measure import Figure, Stopwatch
from bench.server import Failed, part
from bench.workloads import Run, workload
from bench.workloads.ordering import Story, people
from config import localprocess
from foundation.journal.models import Delivery
from integration.erp.models import ErpDocument
from integration.erp.standin.store import Store

READY, DONE = Delivery.Status.READY, Delivery.Status.DONE
PATIENCE = 120.0


@workload
def deliver(run: Run) -> Iterable[Figure]:
    """Orders wait for a relay that then starts: how fast it drains. Then one by one: how long each one takes."""
    with erp(run) as erp_port:
        environment = {"ERP_URL": f"http://127.0.0.1:{erp_port}"} | run.environment
        settle(run, environment)
        newest = Delivery.objects.aggregate(last=Max("pk"))["last"] or 0
        orders = [run.stage.ordered(2) for _ in range(max(2, run.samples * 5))]
        with relay(run, environment):
            drained()
            done = Delivery.objects.filter(pk__gt=newest, status=DONE).aggregate(
                n=Count("pk"), took=Max("done_at") - Min("done_at")
            )
            latency = one_by_one(run)
        check(orders, run)
    seconds = max(done["took"].total_seconds(), 1e-3)
    yield Figure("deliver", "deliveries_per_s", round(done["n"] / seconds, 1), "/s", done["n"])
    yield Figure("deliver", "orders", len(orders), "")
    yield from latency.figures("deliver", "committed_to_erp")


def one_by_one(run: Run) -> Stopwatch:
    """From commit to the ERP's answer, by the database's clock."""
    clients, latency = people(run), Stopwatch()
    for _ in range(run.samples):
        order = Story(run.stage, clients).order
        assert order is not None
        drained()
        sent = Delivery.objects.filter(entry__subject=order.subject, subscriber__startswith="integration.")
        for delivery in sent.select_related("entry"):
            assert delivery.status == DONE, f"{delivery.subscriber}: {delivery.note}"
            assert delivery.done_at is not None
            latency.append((delivery.done_at - delivery.entry.recorded_at).total_seconds())
    return latency


def check(orders: list, run: Run) -> None:
    """Nothing waits, nothing needs help, and the ERP holds every order once."""
    assert not Delivery.objects.filter(status=Delivery.Status.PARKED).exists(), "Deliveries were parked."
    known = ErpDocument.objects.filter(reference__in=[order.number for order in orders]).exclude(erp_number="")
    assert known.count() == len(orders), f"{known.count()} of {len(orders)} orders reached the ERP."
    store = Store(run.state / "bench-erp.db")
    held = Counter(document.reference for document in store.find("kind = ?", "purchase-orders"))
    for order in orders:
        assert held[order.number] == 1, f"The ERP holds {order.number} {held[order.number]} times."


@contextmanager
def erp(run: Run) -> Iterator[int]:
    """The stand-in, empty, as a process of its own."""
    store = run.state / "bench-erp.db"
    for leftover in run.state.glob(f"{store.name}*"):
        leftover.unlink()
    port, log = localprocess.free_port(), run.state / "bench-erp.log"
    with part(log, "-m", "integration.erp.standin", "--port", str(port), "--store", str(store)) as process:
        if not localprocess.answers(process, lambda: "listening" in log.read_text()):
            raise Failed(f"The ERP does not start:\n{localprocess.tail(log)}")
        yield port


@contextmanager
def relay(run: Run, environment: dict[str, str]) -> Iterator[None]:
    with part(run.state / "bench-relay.log", "manage.py", "relay", "--alone", **environment):
        yield


def settle(run: Run, environment: dict[str, str]) -> None:
    """Nothing of what happened before waits any more."""
    if waiting().exists():
        with relay(run, environment):
            drained()


def waiting() -> QuerySet[Delivery]:
    """What is to be delivered now; what was told to wait (a deadline, a mail of tomorrow) is left alone."""
    return Delivery.objects.filter(status=READY, next_at__lte=Now())


def drained() -> None:
    deadline = time.monotonic() + PATIENCE
    while waiting().exists():
        if time.monotonic() > deadline:
            left = waiting().order_by("-attempts").first()
            raise Failed(f"{waiting().count()} deliveries still wait; one of them: {left and left.note}")
        time.sleep(0.01)
