"""Whatever goes wrong on the way, the ERP has each document once. The twins show that the guards are what does it."""

import dataclasses
import random
import time
from datetime import UTC, datetime

import pytest

from integration.erp.outcomes import Delivered, Refused, Retry
from tests.integration.erp.conftest import StandIn

TROUBLE = [
    {"fault": fault, "times": None, "chance": 0.06, "seconds": 0.2}
    for fault in (
        "delay",
        "drop_before_commit",
        "drop_after_commit",
        "status:500",
        "status:502",
        "status:503",
        "slow_body",
        "truncated_json",
        "wrong_schema",
        "html_maintenance_200",
    )
]
PATIENCE = 0.1
"""Less than the delays above, so that a delayed document is always given up before it is posted."""


class Sender:
    """What the outbox does: ask until it is certain, remember when it asked, now and then die in between."""

    def __init__(self, client, documents, seed=1):
        self.client = client
        self.asked = dict.fromkeys(documents)
        self.waiting = list(documents)
        self.chance = random.Random(seed)
        self.outcomes = {}

    def run(self):
        """Send round after round; a document that is uncertain waits for its turn like any other."""
        for _ in range(2000):
            if not self.waiting:
                return
            for document in list(self.waiting):
                self.attempt(document)
            time.sleep(0.02)
        raise AssertionError(f"never certain: {self.outcomes}")

    def attempt(self, document):
        def before_asking():
            self.asked[document] = datetime.now(UTC)

        outcome = self.client.deliver(
            document,
            key=f"key of {document.number}",
            asked_at=self.asked[document],
            now=datetime.now(UTC),
            before_asking=before_asking,
        )
        if self.chance.random() < 0.1:
            return  # killed before it could write down what it heard
        self.outcomes[document.number] = outcome
        if isinstance(outcome, Retry):
            self.asked[document] = None
        if isinstance(outcome, Delivered | Refused):
            self.waiting.remove(document)


@pytest.fixture
def orders(order):
    return [dataclasses.replace(order, number=f"PO-NL01-2026-{number:06}") for number in range(1, 13)]


def numbers_of(orders):
    return [order.number for order in orders]


class TestAnErpWithKeys:
    def test_has_each_document_once(self, erp, client_for, orders):
        erp.control("/faults", TROUBLE)

        Sender(client_for(erp, timeout=PATIENCE), orders).run()

        assert erp.effects() == numbers_of(orders)

    def test_has_doubles_when_the_key_changes_between_attempts(self, erp, client_for, order):
        """The twin: a key per attempt instead of a key per document."""
        client = client_for(erp)
        erp.fault("drop_after_commit")

        for attempt in ("first", "second"):
            client.post(order, key=attempt)

        assert erp.effects() == [order.number, order.number]


class TestAnErpWithoutKeys:
    def test_has_each_document_once(self, keyless_erp, client_for, orders):
        keyless_erp.control("/faults", TROUBLE)

        Sender(client_for(keyless_erp, keyed=False, timeout=PATIENCE, settle=2), orders).run()

        assert keyless_erp.effects() == numbers_of(orders)

    def test_has_doubles_when_nobody_waits_for_late_postings(self, keyless_erp, client_for, orders):
        """The twin: settle=0. The look-up comes while the first posting is still on its way."""
        keyless_erp.fault("delay", times=len(orders), seconds=1)

        Sender(client_for(keyless_erp, keyed=False, timeout=PATIENCE, settle=0), orders).run()
        posted = eventually(keyless_erp.effects, lambda found: len(found) > len(orders))

        assert len(posted) > len(orders)

    def test_has_doubles_when_nobody_looks_up(self, keyless_erp, client_for, order):
        """The twin: sent again because no answer came."""
        client = client_for(keyless_erp, keyed=False)
        keyless_erp.fault("drop_after_commit")

        for _ in range(2):
            client.post(order, key="")

        assert keyless_erp.effects() == [order.number, order.number]

    def test_has_doubles_when_its_look_up_does_not_tell_the_truth(self, keyless_erp, client_for, order):
        """The limit of looking up: an ERP that answers from a stale copy. Reconciliation tells of the doubles."""
        client = client_for(keyless_erp, keyed=False, settle=0)
        keyless_erp.control("/faults", [{"fault": "drop_after_commit"}, {"fault": "stale_look_up", "match": "GET *"}])

        Sender(client, [order]).run()

        assert client.look_up(order).doubles


class TestAnErpThatIsKilled:
    def test_has_each_document_once_when_it_is_back(self, tmp_path, client_for, orders):
        erp = StandIn(tmp_path / "erp.db")
        erp.fault("drop_after_commit", times=3)
        sender = Sender(client_for(erp, timeout=PATIENCE), orders)
        for order in orders[:6]:
            sender.attempt(order)
        erp.kill()
        sender.attempt(orders[6])

        erp = StandIn(tmp_path / "erp.db")
        sender.client = client_for(erp)
        sender.run()

        assert erp.effects() == numbers_of(orders)
        erp.kill()


class TestAnOutage:
    def test_loses_nothing_and_doubles_nothing(self, keyless_erp, client_for, orders):
        sender = Sender(client_for(keyless_erp, keyed=False, settle=0), orders)
        keyless_erp.control("/outage", {"on": True})
        for order in orders:
            sender.attempt(order)
        keyless_erp.control("/outage", {"on": False})

        sender.run()

        assert keyless_erp.effects() == numbers_of(orders)


def eventually(look, is_enough):
    for _ in range(100):
        if is_enough(look()):
            break
        time.sleep(0.05)
    return look()
