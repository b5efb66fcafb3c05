"""What is typed about pallets, and what it means."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receiving.notices.portal_packing import Unclear, dealt, equally, ranges, spread


def numbers(shares: dict) -> dict:
    return {unit: int(share) for unit, share in shares.items()}


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("", {1: 120, 2: 120, 3: 120, 4: 120}),
        ("2-3", {2: 240, 3: 240}),
        ("2", {2: 480}),
        ("1:100 2:380", {1: 100, 2: 380}),
        ("1:100, 2-3", {1: 100, 2: 190, 3: 190}),
        ("1-2:100 3-4:380", {1: 50, 2: 50, 3: 190, 4: 190}),
        ("2-3:480; 4", {2: 240, 3: 240}),
        ("1 , 3", {1: 240, 3: 240}),
        ("1 - 2", {1: 240, 2: 240}),
    ],
)
def test_what_is_typed_is_understood(text, shares):
    assert numbers(spread(text, Decimal(480), 4, is_whole=True)) == shares


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1:100", "100 stand on the pallets, 480 are on the truck"),
        ("1:500", "500 stand on the pallets"),
        ("5", "there are pallets 1 to 4"),
        ("3-2", "there are pallets 1 to 4"),
        ("all", "write pallets such as 2-3"),
        ("1:1.2.3", "1:1.2.3"),
    ],
)
def test_what_is_not_is_said(text, said):
    with pytest.raises(Unclear, match=said):
        spread(text, Decimal(480), 4, is_whole=True)


@given(st.decimals(0, 10_000, places=3).filter(bool), st.integers(1, 40), st.booleans())
def test_nothing_is_lost_by_sharing(quantity, count, is_whole):
    shares = equally(quantity, range(1, count + 1), is_whole=is_whole)

    assert sum(shares.values()) == quantity
    assert all(share > 0 for share in shares.values())
    if is_whole and not quantity % 1:
        assert max(shares.values()) - min(shares.values()) <= 1
        assert all(not share % 1 for share in shares.values())


def test_pallets_are_written_as_they_are_typed():
    assert ranges([3, 1, 2, 7]) == "1-3, 7"
    assert numbers(spread(ranges([3, 1, 2, 7]), Decimal(8), 8, is_whole=True)) == {1: 2, 2: 2, 3: 2, 7: 2}


def test_serial_numbers_follow_the_goods():
    assert dealt(["a", "b", "c"], {2: Decimal(1), 1: Decimal(2)}) == {1: ["a", "b"], 2: ["c"]}
