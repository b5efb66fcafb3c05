"""When a document counts and when its end is told."""

import datetime as dt

import pytest

from suppliers.documents.rules import LADDER, Standing, standing
from suppliers.suppliers.ladders import rung

ON = dt.date(2026, 3, 2)


def days(n):
    return ON + dt.timedelta(days=n)


@pytest.mark.parametrize(
    ("until", "how"),
    [
        (None, Standing.VALID),
        (days(91), Standing.VALID),
        (days(90), Standing.ENDING),
        (ON, Standing.ENDING),
        (days(-1), Standing.EXPIRED),
    ],
)
def test_the_last_day_still_counts(until, how):
    assert standing(until=until, on=ON) == how


@pytest.mark.parametrize(
    ("left", "told", "due"),
    [
        (91, None, None),
        (90, None, 90),
        (60, 90, None),
        (30, 90, 30),
        (30, 30, None),
        (12, None, 30),
        (0, 30, 0),
        (-5, 0, None),
        (-5, None, 0),
    ],
)
def test_each_rung_is_told_once_and_never_late(left, told, due):
    assert rung(until=days(left), on=ON, told=told, ladder=LADDER) == due
