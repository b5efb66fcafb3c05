from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.confirmations import rules as confirmations
from procurement.confirmations.answers import (
    Header,
    NewDate,
    NewPrice,
    NewQuantity,
    OrderedLine,
    Part,
    Rejection,
    Schedule,
    Substitute,
    Tolerance,
)
from procurement.confirmations.rules import judge, judge_line

MONDAY = date(2026, 3, 2)
LINE = OrderedLine(
    Decimal(100),
    Decimal(2),
    "EUR",
    MONDAY,
    Tolerance(
        quantity_percent=Decimal(2),
        quantity_absolute=Decimal(1),
        price_percent=Decimal(1),
        price_absolute=Decimal("0.05"),
        days_early=3,
        days_late=1,
    ),
)
STRICT = replace(LINE, tolerance=Tolerance())


def verdict(*changes, line: OrderedLine = LINE) -> str:
    return judge_line(line, changes).verdict


def schedule(*parts: tuple[int, int | None]) -> Schedule:
    days = ((quantity, None if day is None else MONDAY + timedelta(day)) for quantity, day in parts)
    return Schedule(tuple(Part(Decimal(quantity), on) for quantity, on in days))


class TestJudgeLine:
    def test_without_changes_accepts_as_ordered(self):
        assert verdict() == "accepted_as_ordered"

    def test_of_the_same_again_accepts_as_ordered(self):
        same = (NewQuantity(Decimal("100.0")), NewPrice(Decimal("2.00"), "EUR"), NewDate(MONDAY), schedule((100, 0)))

        assert verdict(*same, line=STRICT) == "accepted_as_ordered"

    @pytest.mark.parametrize(
        ("quantity", "expected"),
        [("98", "tolerated"), ("102", "tolerated"), ("97.99", "deviates"), ("102.01", "deviates"), ("0", "deviates")],
    )
    def test_lets_a_quantity_stray_both_ways(self, quantity, expected):
        assert verdict(NewQuantity(Decimal(quantity))) == expected

    def test_never_takes_nothing_for_near_enough(self):
        generous = replace(LINE, tolerance=Tolerance(quantity_percent=Decimal(100)))

        assert verdict(NewQuantity(Decimal(0)), line=generous) == "deviates"

    @pytest.mark.parametrize(
        ("price", "expected"), [("2.05", "tolerated"), ("2.06", "deviates"), ("1.00", "tolerated")]
    )
    def test_lets_a_price_rise_a_little_and_fall_freely(self, price, expected):
        assert verdict(NewPrice(Decimal(price), "EUR")) == expected

    def test_converts_no_currency(self):
        judgement = judge_line(LINE, (NewPrice(Decimal(2), "USD"),))

        assert judgement.verdict == "deviates"
        assert str(judgement.reasons[0]) == "Confirmed in USD, ordered in EUR; nothing is converted."

    @pytest.mark.parametrize(
        ("days", "expected"), [(1, "tolerated"), (2, "deviates"), (-3, "tolerated"), (-4, "deviates")]
    )
    def test_lets_a_date_move_within_its_days(self, days, expected):
        assert verdict(NewDate(MONDAY + timedelta(days))) == expected

    @pytest.mark.parametrize("change", [NewDate(None), Substitute("B-12"), Rejection("out of range"), Rejection()])
    def test_leaves_to_the_buyer_what_no_tolerance_covers(self, change):
        assert verdict(change) == "deviates"

    def test_is_as_good_as_the_worst_change_and_says_it_first(self):
        judgement = judge_line(LINE, (NewQuantity(Decimal(99)), NewDate(MONDAY + timedelta(9)), NewDate(MONDAY)))

        assert judgement.verdict == "deviates"
        assert list(map(str, judgement.reasons)) == [
            "2026-03-11 is 9 day(s) late, 1 tolerated.",
            "99 instead of 100, 2 more or less tolerated.",
            "The date is as requested.",
        ]

    def test_of_a_line_we_did_not_order_deviates(self):
        assert judge_line(None, ()).verdict == "deviates"


class TestSchedule:
    def test_must_be_the_ordered_quantity(self):
        assert verdict(schedule((60, 0), (40, 1))) == "tolerated"
        assert verdict(schedule((60, 0), (41, 0))) == "deviates"

    def test_may_be_the_changed_quantity(self):
        assert verdict(NewQuantity(Decimal(99)), schedule((60, 0), (39, 0))) == "tolerated"

    def test_says_what_will_not_come(self):
        judgement = judge_line(LINE, (schedule((60, 0)),))

        assert str(judgement.reasons[0]) == "The parts are 60 of 100 together; the rest will not come."

    def test_is_as_late_as_its_last_part(self):
        assert verdict(schedule((99, 0), (1, 2))) == "deviates"

    @pytest.mark.parametrize("parts", [(), ((100, 0), (0, 0)), ((101, 0), (-1, 0)), ((60, 0), (40, None))])
    def test_with_parts_that_are_none_deviates(self, parts):
        assert verdict(schedule(*parts)) == "deviates"


class TestJudge:
    ORDER = {1: LINE, 2: LINE}
    LATE = (NewDate(MONDAY + timedelta(30)),)

    @pytest.mark.parametrize(
        ("header", "changes", "facet"),
        [
            (Header.ACCEPTED, {}, "accepted"),
            (Header.ACCEPTED, {1: LATE}, "changed"),
            (Header.CHANGED, {1: ()}, "partly"),
            (Header.CHANGED, {1: (), 2: ()}, "accepted"),
            (Header.CHANGED, {1: (NewQuantity(Decimal(99)),), 2: ()}, "accepted"),
            (Header.CHANGED, {1: (), 2: LATE}, "changed"),
            (Header.REJECTED, {}, "rejected"),
            (Header.REJECTED, {1: ()}, "rejected"),
            (Header.ACKNOWLEDGED, {}, "acknowledged"),
            (Header.ON_HOLD, {}, "acknowledged"),
        ],
    )
    def test_gives_the_order_its_facet(self, header, changes, facet):
        assert judge(self.ORDER, header, changes).facet == facet

    def test_lets_a_header_that_accepts_speak_for_lines_it_does_not_name(self):
        lines = judge(self.ORDER, Header.ACCEPTED, {1: self.LATE}).lines

        assert [lines[key].verdict for key in (1, 2)] == ["deviates", "accepted_as_ordered"]

    def test_lets_a_header_that_rejects_speak_for_every_line(self):
        lines = judge(self.ORDER, Header.REJECTED, {1: ()}).lines

        assert [lines[key].verdict for key in (1, 2)] == ["deviates", "deviates"]

    def test_notices_lines_that_were_not_ordered(self):
        answer = judge(self.ORDER, Header.ACCEPTED, {7: ()})

        assert answer.facet == "changed"
        assert answer.lines[7].verdict == "deviates"

    def test_hears_bad_news_under_a_header_that_only_acknowledges(self):
        answer = judge(self.ORDER, Header.ACKNOWLEDGED, {1: (Rejection(),), 2: ()})

        assert answer.facet == "changed"
        assert list(answer.lines) == [1]

    CHANGES = st.dictionaries(
        st.integers(1, 3), st.lists(st.sampled_from([*LATE, Rejection(), NewDate(MONDAY)]), max_size=2).map(tuple)
    )

    @given(CHANGES)
    def test_never_takes_an_acknowledgement_for_acceptance(self, changes):
        answer = judge(self.ORDER, Header.ACKNOWLEDGED, changes)

        assert answer.facet in ("acknowledged", "changed")
        assert {line.verdict for line in answer.lines.values()} <= {"deviates"}

    def test_twin_that_takes_hearing_for_accepting_binds_the_supplier(self, monkeypatch):
        monkeypatch.setattr(confirmations, "_ONLY_HEARD", ())

        assert judge(self.ORDER, Header.ACKNOWLEDGED, {1: (), 2: ()}).facet == "accepted"
