from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.reason import BadValue
from procurement.orders import rules as orders
from receiving.receipts import rules as receipts
from receiving.receipts.rules import (
    Counted,
    Disposition,
    Expected,
    Tolerance,
    compare,
    may_close,
)

STRICT = Tolerance()
LOOSE = Tolerance(over_percent=Decimal(2), under_percent=Decimal(5))
LINE = Expected(line=1, item=7, ordered=Decimal(100), open=Decimal(100), announced=Decimal(100))


def count(accepted=0, damaged=0, refused=0, line=1, item=7, **details) -> Counted:
    return Counted(line, item, Decimal(accepted), Decimal(damaged), Decimal(refused), **details)


def goes(counted: Counted, expected: Expected = LINE, tolerance: Tolerance = STRICT) -> tuple[int, ...]:
    [disposition] = compare([replace(expected, tolerance=tolerance)], [counted]).dispositions
    return disposition.available, disposition.hold, disposition.damaged, disposition.refused


def wrong(*counted: Counted, expected: Expected = LINE, tolerance: Tolerance = STRICT) -> list[tuple[str, int]]:
    return [
        (found.kind, found.quantity)
        for found in compare([replace(expected, tolerance=tolerance)], counted).discrepancies
    ]


class TestCompare:
    def test_takes_in_what_was_expected(self):
        comparison = compare([LINE], [count(100)])

        assert comparison.dispositions == (Disposition(1, 7, *map(Decimal, (100, 0, 0, 0))),)
        assert comparison.discrepancies == ()

    def test_adds_up_several_counts_of_a_line(self):
        assert wrong(count(60), count(30), count(10)) == []

    def test_refuses_counts_below_zero(self):
        with pytest.raises(BadValue, match="correct the earlier count"):
            count(-1)

    def test_says_nothing_about_lines_nobody_announced(self):
        assert wrong(expected=replace(LINE, announced=None)) == []


class TestOver:
    def test_is_received_and_held(self):
        assert goes(count(101)) == (100, 1, 0, 0)
        assert wrong(count(101)) == [("over", 1)]

    def test_is_let_in_up_to_the_tolerance(self):
        assert goes(count(102), tolerance=LOOSE) == (102, 0, 0, 0)
        assert goes(count(103), tolerance=LOOSE) == (102, 1, 0, 0)
        assert wrong(count(102), tolerance=LOOSE) == []

    def test_does_not_get_the_tolerance_again_with_every_delivery(self):
        full = replace(LINE, open=Decimal(0), over=Decimal(2), announced=None)

        assert goes(count(1), full, LOOSE) == (0, 1, 0, 0)

    def test_holds_no_good_piece_for_a_broken_one(self):
        assert goes(count(98, damaged=5)) == (98, 0, 5, 0)
        assert wrong(count(98, damaged=5)) == [("over", 3), ("damaged", 5)]

    def test_says_how_many_and_why(self):
        [over] = compare([replace(LINE, tolerance=LOOSE)], [count(103)]).discrepancies

        assert str(over.reason) == "103 arrived, 102 could be received without asking: 1 too many."


class TestShort:
    def test_is_less_than_was_announced(self):
        assert wrong(count(90)) == [("short", 10)]
        assert wrong() == [("short", 100)]

    def test_is_forgiven_up_to_the_tolerance(self):
        assert wrong(count(95), tolerance=LOOSE) == []
        assert wrong(count(94), tolerance=LOOSE) == [("short", 6)]

    def test_compares_with_the_notice_and_not_with_the_order(self):
        assert wrong(count(40), expected=replace(LINE, announced=Decimal(40))) == []

    def test_counts_damaged_and_refused_goods_as_arrived(self):
        assert wrong(count(80, damaged=10, refused=10)) == [("damaged", 10), ("refused", 10)]


class TestDamagedAndRefused:
    def test_goods_go_to_quarantine_or_stay_outside(self):
        assert goes(count(80, damaged=10, refused=10)) == (80, 0, 10, 10)

    def test_goods_count_for_the_order_only_if_taken_in(self):
        [disposition] = compare([LINE], [count(80, damaged=10, refused=10)]).dispositions

        assert disposition.on_floor == 90


class TestStrangers:
    def test_of_the_wrong_item_are_held_and_leave_the_line_short(self):
        comparison = compare([LINE], [count(100, item=8)])

        assert comparison.dispositions == (Disposition(None, 8, *map(Decimal, (0, 100, 0, 0))),)
        assert [(found.kind, found.line) for found in comparison.discrepancies] == [("short", 1), ("wrong_item", 1)]
        assert str(comparison.discrepancies[1].reason) == "100 of item 8 came where item 7 was ordered."

    @pytest.mark.parametrize("line", [None, 99])
    def test_nobody_ordered_are_held_too(self, line):
        comparison = compare([], [count(5, damaged=1, line=line)])

        assert comparison.dispositions == (Disposition(None, 7, *map(Decimal, (0, 5, 1, 0))),)
        assert [(found.kind, found.quantity) for found in comparison.discrepancies] == [("unordered", 6)]


class TestDocuments:
    CHEMICAL = replace(LINE, documents=frozenset(["safety data sheet", "certificate of analysis"]))

    def test_that_are_missing_hold_the_goods(self):
        sheet_only = count(100, documents=frozenset(["safety data sheet"]))

        assert goes(sheet_only, self.CHEMICAL) == (0, 100, 0, 0)
        [missing] = compare([self.CHEMICAL], [sheet_only]).discrepancies
        assert missing.kind == "doc_missing"
        assert "came without certificate of analysis; 100 is on hold" in str(missing.reason)

    def test_may_come_with_any_of_the_counts(self):
        counts = [count(50, documents=frozenset([name])) for name in sorted(self.CHEMICAL.documents)]

        assert compare([self.CHEMICAL], counts).discrepancies == ()


class TestMayClose:
    def test_is_when_what_stays_open_is_within_the_tolerance(self):
        loose = replace(LINE, tolerance=LOOSE)

        assert may_close(loose, Decimal(95))
        assert not may_close(loose, Decimal("94.999999"))
        assert not may_close(LINE, Decimal(99))


QUANTITIES = st.integers(0, 150).map(Decimal)
COUNTS = st.builds(
    Counted,
    line=st.sampled_from([None, 1, 2, 9]),
    item=st.sampled_from([7, 8]),
    accepted=QUANTITIES,
    damaged=QUANTITIES,
    refused=QUANTITIES,
)
FIRST = replace(LINE, tolerance=LOOSE)
TWO_LINES = [FIRST, replace(FIRST, line=2, item=8, open=Decimal(40), announced=None)]


def lost(counts: list[Counted]) -> Counter:
    """Pieces per item that were counted but have no disposition."""
    missing: Counter = Counter()
    for counted in counts:
        missing[counted.item] += counted.accepted + counted.damaged + counted.refused
    for disposition in compare(TWO_LINES, counts).dispositions:
        missing[disposition.item] -= disposition.on_floor + disposition.refused
    return +missing


class TestAlways:
    @given(st.lists(COUNTS, max_size=8))
    def test_every_piece_counted_goes_somewhere(self, counts):
        assert not lost(counts)

    def test_twin_that_turns_surplus_away_loses_pieces(self, monkeypatch):
        honest = receipts._disposed
        monkeypatch.setattr(receipts, "_disposed", lambda *args: replace(honest(*args), hold=Decimal(0)))

        assert lost([count(150)])

    @given(st.lists(COUNTS, max_size=8))
    def test_the_order_can_always_receive_what_stands_on_the_floor(self, counts):
        for disposition in compare(TWO_LINES, counts).dispositions:
            if disposition.line and disposition.on_floor:
                line = orders.receive(orders.Counters.of(Decimal(100)), disposition.on_floor)
                assert not list(orders.law(line))

    @given(st.lists(COUNTS, max_size=8))
    def test_nothing_is_available_beyond_the_tolerance(self, counts):
        room = {1: 102, 2: 42}

        for disposition in compare(TWO_LINES, counts).dispositions:
            assert disposition.available <= room.get(disposition.line, 0)
