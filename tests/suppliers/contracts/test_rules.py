"""When a contract is used up if it goes on as it went."""

import datetime as dt
from decimal import Decimal

import pytest

from suppliers.contracts.rules import used_up_on

ON = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("left", "called", "since", "days"),
    [
        (900, 900, 200, 90),
        (450, 900, 200, 45),
        (100, 100, 10, 10),
        (100, 0, 200, None),
        (0, 50, 200, 0),
        (90_000, 90, 200, None),
    ],
)
def test_the_pace_of_late_is_carried_on(left, called, since, days):
    found = used_up_on(
        left=Decimal(left),
        called_lately=Decimal(called),
        starts_on=ON - dt.timedelta(days=since),
        ends_on=ON + dt.timedelta(days=365),
        on=ON,
    )
    assert found == (None if days is None else ON + dt.timedelta(days=days))
