"""Every workload runs over real HTTP on a small distributor, and its own assertions hold. No time is judged here."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser

from bench.measure import Figure, Stopwatch, table
from bench.server import Failed
from bench.stage import Stage, current, everywhere
from bench.workloads import Run, ordering, receiving, workloads
from bench.worlds import named
from procurement.orders.models import PurchaseOrder
from suppliers.supplier_items.models import PriceBreak
from tests.committed import own_database
from tests.scene import build

NAMES = [
    *("deliver", "request_to_order", "concurrent_orders", "inbox", "order_search", "receipt_1000", "ceilings"),
    *("decide", "replay", "checks", "visible", "bulk_decide", "journeys", "edi", "supplier", "grid"),
]


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database() as name:
        build()
        PriceBreak.objects.update(valid_from=dt.date(2020, 1, 1))  # servers live by the clock on the wall
        yield name


@pytest.fixture(scope="module")
def run(db: str, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    name = connection.settings_dict["NAME"]
    address = named(os.environ["DATABASE_OWNER_URL"], name)
    portal = named(os.environ["DATABASE_PORTAL_URL"], name)
    with ExitStack() as parts:
        parts.callback(os.environ.pop, "BENCH_UNSAFE", None)
        os.environ["BENCH_UNSAFE"] = "1"  # the databases of tests do not sync
        yield Run(
            state=Path(tmp_path_factory.mktemp("bench")),
            samples=1,
            lines=12,
            parts=parts,
            browser=chromium,
            environment={"DATABASE_URL": address, "DATABASE_OWNER_URL": address, "DATABASE_PORTAL_URL": portal},
        )


@pytest.mark.parametrize("name", NAMES)
def test_runs_and_says_what_it_measured(run: Run, name: str) -> None:
    figures = list(workloads[name](run))

    assert figures
    assert all(figure.bench == name and figure.value >= 0 and figure.samples > 0 for figure in figures)
    assert set(json.loads(figures[0].as_json())) == {
        *("bench", "metric", "value", "unit", "samples", "beside", "ratio", "busy")
    }


def test_there_are_no_others() -> None:
    assert sorted(workloads) == sorted(NAMES)


class TestAssertionsOfAWorkload:
    """A bench that measures work that was not done says so instead of a time."""

    def test_an_order_that_was_not_issued_is_no_sample(self, run: Run) -> None:
        story = ordering.Story(run.stage, ordering.people(run))
        PurchaseOrder._base_manager.filter(pk=story.order.pk).update(line_count=9)
        story.order.refresh_from_db()

        with pytest.raises(AssertionError):
            ordering.check(story)

    def test_goods_that_were_not_booked_are_no_sample(self, run: Run) -> None:
        order = run.stage.ordered(3)
        receipt = run.stage.counted(order)

        with pytest.raises(AssertionError):
            receiving.check(receipt, order, 0)

    def test_an_answer_that_is_no_success_is_none(self, run: Run) -> None:
        with pytest.raises(Failed, match="404"):
            run.client(run.stage.person("buy")).get("/orders/NOTHING-1/")


class TestTheStage:
    def test_each_duty_has_a_person_of_its_own(self, run: Run) -> None:
        assert len({person.pk for person in run.stage.people.values()}) == len(run.stage.people)

    def test_what_it_prepares_is_counted_and_not_posted(self, run: Run) -> None:
        receipt = run.stage.counted(run.stage.ordered(2))

        assert (current(receipt).status, receipt.counted_count) == ("open", 2)

    def test_a_world_in_which_nobody_may_do_it_is_refused(self, run: Run, monkeypatch: Any) -> None:
        monkeypatch.setattr("bench.stage.DUTIES", {"ask": ("raise_requisition",), "rule": ("no_such_verb",)})

        with pytest.raises(SystemExit, match="no site"):
            Stage()


class TestFigures:
    def test_are_set_beside_the_first_of_what_stands_beside_them(self) -> None:
        median, p95 = Stopwatch([0.01, 0.02, 0.03]).figures("x", beside={"floor_ms": 10.0, "peer_ms": 40.0})

        assert (median.value, median.ratio, p95.value) == (20.0, 2.0, 30.0)

    def test_of_a_busy_machine_are_marked(self) -> None:
        quiet, loud = Figure("x", "m", 1, "ms", busy=1.1), Figure("x", "m", 1, "ms", busy=1.5)

        assert [("busy!" in line) for line in table([quiet, loud])] == [False, False, True]


def test_every_order_of_the_bench_is_its_own(run: Run) -> None:
    numbers = list(everywhere(PurchaseOrder).values_list("number", flat=True))

    assert len(numbers) == len(set(numbers)) > 5
