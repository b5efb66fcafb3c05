"""Two buyers merge the same order into two others, and one sends it meanwhile: its lines end on exactly one paper."""

import os
from typing import Any

import pytest

from foundation.door import turn
from procurement.orders import actions as orders
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.regrouping import actions as regrouping
from tests.committed import collide, own_database, trouble
from tests.procurement.orders.stories import drafted
from tests.scene import NOW, build, key

pytestmark = pytest.mark.slow
RACES = int(os.environ.get("RACES", "100")) // 16


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database() as name:
        yield name


@pytest.fixture(scope="module")
def company(db) -> Any:
    return build()


@pytest.fixture
def scene(company):
    def prepare():
        return company, *(drafted(company) for _n in range(3))

    return prepare


def _merge(scene, into, other):
    seen = {one.pk: one.version for one in (into, other)}
    regrouping.merge(into=into, others=[other], seen=seen, by=scene.buyer, at=NOW, key=key())


def merges_into_the_first(scene, first, wanted, last):
    _merge(scene, first, wanted)


def merges_into_the_last(scene, first, wanted, last):
    _merge(scene, last, wanted)


def sends_it(scene, first, wanted, last):
    orders.issue(order=wanted, by=scene.buyer, at=NOW, seen=wanted.version, key=key())


def violations(scenes) -> int:
    """Orders whose header does not say what its lines are, or that were sent and are empty."""
    wrong = 0
    for _scene, *three in scenes:
        pks = [one.pk for one in three]
        for order in PurchaseOrder._base_manager.filter(pk__in=pks):
            lines = PurchaseOrderLine._base_manager.filter(order=order.pk)
            wrong += order.line_count != len(lines) or order.amount != sum(line.amount for line in lines)
            wrong += order.status == "issued" and not lines
    return wrong


def test_its_lines_go_one_way(scene) -> None:
    scenes, endings = collide(RACES, scene, merges_into_the_first, merges_into_the_last, sends_it)

    assert (violations(scenes), trouble(endings)) == (0, {})
    assert sum(n for ending, n in endings.items() if ending.endswith(": ok")) == RACES


def test_twin_without_the_locks_ends_in_errors(scene, monkeypatch) -> None:
    """The guards behind the lock hold, but they are no answers: a merge that read what it did not hold fails late."""
    monkeypatch.setattr(turn, "lock", unlocked)
    monkeypatch.setattr(turn, "lock_all", lambda rows, *, share=False: [unlocked(row) for row in rows])

    scenes, endings = collide(RACES, scene, merges_into_the_first, merges_into_the_last, sends_it)

    assert violations(scenes) == 0
    assert trouble(endings)


def unlocked(document, *, share=False):
    return type(document)._base_manager.get(pk=document.pk)
