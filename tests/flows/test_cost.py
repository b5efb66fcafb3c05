"""What the spine costs: statements from a request to its issued order, whatever the number of lines."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import scene as story
from tests.scene import Scene, ordered

MOST = 105
"""Raised, submitted, approved, drafted and issued by the actions, each in a transaction of its own. Four of them ask what
was agreed with the supplier (terms at draft and issue, documents that stop orders, ceilings of blanket orders)."""


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "drain", lambda: None)


def cost(scene: Scene, items: int) -> int:
    with CaptureQueriesContext(connection) as asked:
        ordered(scene, items=items)
    return sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)


def test_an_order_costs_few_statements_and_no_more_with_more_lines(scene: Scene) -> None:
    ordered(scene)  # the matrix is compiled once a process

    one, many = cost(scene, 1), cost(scene, 4)

    assert many <= one <= MOST
