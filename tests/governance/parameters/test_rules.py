"""Which value counts where and when. No row, no clock."""

import datetime as dt
from decimal import Decimal
from random import Random

import pytest

from governance.parameters.rules import Level, Place, Said, Standard, effective

T = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
D = Decimal
STANDARD = Standard(D(5), D(0), D(20))
HOUSE, ENTITY, SITE = Place(), Place(1), Place(1, 7)


def said(place: Place, value: int, *, low=None, high=None, locked=False, since=0, until=None, key=1) -> Said:
    end = None if until is None else T + until * DAY
    low, high = (None if figure is None else D(figure) for figure in (low, high))
    return Said(key, place, D(value), low, high, locked, T + since * DAY, end, T + since * DAY - DAY)


def value(*rows: Said, place: Place = SITE, at: dt.datetime = T, standard: Standard = STANDARD) -> Decimal:
    return effective(standard, rows, place, at).value


def test_what_nobody_said_otherwise_is_as_delivered() -> None:
    found = effective(STANDARD, [], SITE, T)

    assert (found.value, found.level, found.source) == (5, None, None)


def test_the_nearer_counts() -> None:
    rows = [said(HOUSE, 6), said(ENTITY, 7), said(SITE, 8)]

    assert [value(*rows, place=place) for place in (HOUSE, ENTITY, SITE, Place(1, 8), Place(2, 9))] == [6, 7, 8, 7, 6]


def test_a_lock_above_counts_whatever_was_said_below() -> None:
    found = effective(STANDARD, [said(HOUSE, 6, locked=True), said(SITE, 8)], SITE, T)

    assert (found.value, found.level, found.locked_by.value) == (6, Level.HOUSE, 6)


def test_the_value_stays_in_the_range_that_was_narrowed_later() -> None:
    assert value(said(HOUSE, 6, low=4, high=10), said(SITE, 15)) == 10
    assert value(said(HOUSE, 6, low=4, high=10), said(ENTITY, 8, low=7, high=9), said(SITE, 5)) == 7


def test_below_the_lowest_level_nobody_is_heard() -> None:
    assert value(said(HOUSE, 6), said(SITE, 8), standard=Standard(D(5), D(0), D(20), Level.HOUSE)) == 6


def test_a_temporary_value_gives_way_to_what_counted_before() -> None:
    rows = [said(SITE, 7, key=1), said(SITE, 9, since=2, until=4, key=2)]

    assert [value(*rows, at=T + day * DAY) for day in range(6)] == [7, 7, 9, 9, 7, 7]


def test_of_two_at_one_place_the_one_decided_last_counts() -> None:
    rows = [said(SITE, 9, since=1, key=2), said(SITE, 7, key=1)]

    assert value(*rows, at=T + 3 * DAY) == 9


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_said_the_value_lies_in_the_range_everywhere(seed: int) -> None:
    dice = Random(seed)
    places = [HOUSE, ENTITY, SITE, Place(1, 8), Place(2), Place(2, 9)]
    rows = []
    for key in range(12):
        low, high = sorted(dice.sample(range(21), 2))
        narrows = dice.random() < 0.5
        since = dice.randrange(10)
        rows.append(
            said(
                dice.choice(places), dice.randrange(21), low=low if narrows else None, high=high if narrows else None,
                locked=dice.random() < 0.2, since=since, until=since + dice.randrange(1, 9), key=key,
            )
        )  # fmt: skip

    for place in places:
        for day in range(20):
            found = effective(STANDARD, rows, place, T + day * DAY)
            if found.low <= found.high:
                assert found.low <= found.value <= found.high
            assert STANDARD.low <= found.value <= STANDARD.high
