"""Columns of many rows in one statement say what saving each row would have said."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from foundation.documents import sets
from governance.approvals.models import ApprovalStep
from procurement.orders.models import PurchaseOrderLine
from tests.scene import Scene, ordered, requested


@pytest.fixture
def lines(scene: Scene) -> list[Any]:
    return list(ordered(scene, items=3).lines.order_by("number"))


def test_writes_each_row_its_own_values(lines, django_assert_num_queries) -> None:
    for number, line in enumerate(lines, start=1):
        line.confirmed_quantity, line.promised_on = Decimal(number) / 3, dt.date(2026, 4, number)
        line.description = f"“{number}” {{,}} \\ '"
    lines[1].confirmed_quantity, lines[1].commitment = None, lines[0].commitment

    with django_assert_num_queries(1):
        sets.write(lines, ["confirmed_quantity", "promised_on", "description", "commitment"])

    found = list(PurchaseOrderLine._base_manager.filter(order=lines[0].order_id).order_by("number"))
    assert [line.confirmed_quantity for line in found] == [Decimal("0.333333"), None, Decimal(1)]
    assert [line.promised_on.day for line in found] == [1, 2, 3]
    assert [line.description for line in found] == [line.description for line in lines]
    assert found[1].commitment_id == lines[0].commitment_id
    assert [line.price for line in found] == [line.price for line in lines]


def test_writes_json_and_flags(scene: Scene) -> None:
    requested(scene)
    step = ApprovalStep.objects.get()
    step.rules, step.where, step.needs = [1, {"a": None}], {}, 3

    sets.write([step], ["rules", "where", "needs"])

    found = ApprovalStep.objects.get()
    assert (found.rules, found.where, found.needs) == ([1, {"a": None}], {}, 3)


def test_of_nothing_asks_nothing(db: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        sets.write([], ["description"])


def test_a_row_that_is_gone_is_no_silence(lines) -> None:
    lines[0].pk = -1

    with pytest.raises(AssertionError, match="1 rows"):
        sets.write(lines, ["description"])
