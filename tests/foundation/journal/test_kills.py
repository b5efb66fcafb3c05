"""Kill -9 at every step of the relay and of the workers: nothing is lost, nothing doubled, nothing out of order.

The guarantee has three parts, and each twin takes one away: the receiver's keys, finishing after the call, and the
token that guards the result.
"""

import random
import time
from collections import defaultdict

import pytest

from foundation.journal.events import subscribers
from foundation.journal.models import Delivery
from tests.committed import own_database
from tests.foundation.documents import Renamed, backlog
from tests.foundation.journal.processes import HANDING_POINTS, RELAY_POINTS, WORKER_POINTS, Nursery, Worker
from tests.foundation.journal.receiver import Receiver
from tests.foundation.journal.told import NAME

pytestmark = pytest.mark.slow
KILLED_OFTEN = {"lease": 0.3, "poll": 0.02, "starts": 1000, "tries": 1000, "backoff": 0.01, "limit": 16, "hands": 4}


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database() as name:
        yield name


@pytest.fixture(autouse=True)
def subscribed(monkeypatch):
    """So that entries written here have a delivery; the call itself is the other processes'."""
    Delivery.objects.filter(status__in=["ready", "parked"]).update(status="done")
    monkeypatch.setitem(subscribers, Renamed.name, {NAME: lambda event, *, key: None})


@pytest.fixture
def receiver(request):
    made = Receiver(**getattr(request, "param", {}))
    yield made
    made.stop()


def is_waiting() -> bool:
    return Delivery.objects.filter(status=Delivery.Status.READY).exists()


def storm(nursery: Nursery, kills: int, points: list[str], **options: object) -> int:
    """Two relays at a time, killed again and again at every step, until all is delivered; how many events."""
    alive = events = 0
    while True:
        dead = sum(nursery.kills.values())
        if not is_waiting():
            if dead >= kills:
                break
            events += backlog(60, 8)
        while alive < 2:
            point = points[dead % len(points)] if dead < kills else ""
            nursery.fork(point, random.randint(1, 6), **(KILLED_OFTEN | options))
            alive += 1
        nursery.wait()
        alive -= 1
    return events


def judge(acts: list[tuple[str, int]], events: int) -> dict[str, int]:
    """What went wrong, by the receiver's own book: for each subject the numbers 1, 2, 3 ... must have come, once."""
    seen: dict[str, list[int]] = defaultdict(list)
    disorder = 0
    for subject, number in acts:
        first_time = number not in seen[subject]
        disorder += bool(first_time and seen[subject] and number < max(seen[subject]))
        seen[subject].append(number)
    distinct = sum(len(set(numbers)) for numbers in seen.values())
    return {"lost": events - distinct, "doubled": len(acts) - distinct, "out of order": disorder}


NOTHING = {"lost": 0, "doubled": 0, "out of order": 0}


class TestTheRelay:
    def test_killed_146_times_at_every_step_loses_and_doubles_nothing(self, db, receiver):
        nursery = Nursery(db, receiver.port)
        events = storm(nursery, 146, RELAY_POINTS)
        nursery.stop()

        assert sum(nursery.kills.values()) >= 146
        assert set(nursery.kills) == set(RELAY_POINTS)
        assert judge(receiver.acts(), events) == NOTHING
        report("relay", nursery.kills, events)

    @pytest.mark.parametrize("receiver", [{"keyed": False}], indirect=True)
    def test_twin_whose_receiver_knows_no_keys_doubles(self, db, receiver):
        nursery = Nursery(db, receiver.port)
        events = storm(nursery, 24, ["call.after", "finish.written"])
        nursery.stop()

        verdict = judge(receiver.acts(), events)
        report("no keys", nursery.kills, events, verdict)
        assert verdict["doubled"]
        assert not verdict["lost"]

    def test_twin_that_finishes_before_it_calls_loses(self, db, receiver):
        nursery = Nursery(db, receiver.port, TWIN="finish_first")
        events = storm(nursery, 24, ["call.before", "finish.committed"], hands=1)
        nursery.stop()

        verdict = judge(receiver.acts(), events)
        report("finish first", nursery.kills, events, verdict)
        assert verdict["lost"]


class TestWorkers:
    def test_and_relays_killed_54_times_lose_and_double_nothing(self, db, receiver, tmp_path):
        armed = {name.replace(".", "_"): random.randint(4, 12) for name in WORKER_POINTS}
        worker = Worker(db, receiver.port, tmp_path / "worker.log", **armed)
        nursery = Nursery(db, receiver.port)
        try:
            events = storm(nursery, 24, HANDING_POINTS, hands_over=True, patience=0.5)
            started = time.monotonic()
            while (worker.kills() < 30 or is_waiting()) and time.monotonic() - started < 300:
                events += 0 if is_waiting() else backlog(60, 8)
                nursery.fork("", 1, **KILLED_OFTEN, hands_over=True, patience=0.5)
                nursery.wait()
        finally:
            worker.stop()
            nursery.stop()

        report("workers", nursery.kills, events, worker.kills())
        assert worker.kills() >= 30
        assert sum(nursery.kills.values()) >= 24
        assert judge(receiver.acts(), events) == NOTHING


def report(*said: object) -> None:
    """Shown by ``pytest -s``: the figures of the run."""
    print("\n", *(dict(one) if isinstance(one, dict) else one for one in said))
