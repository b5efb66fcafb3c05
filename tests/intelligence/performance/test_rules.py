"""The rules of performance, by property: what must hold whatever happened."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence.performance import rules
from intelligence.performance.rules import Arrival
from suppliers.scorecards import rules as figures
from suppliers.scorecards.rules import Case, Tally

DAY = dt.date(2026, 3, 16)
DUE = dt.datetime(2026, 3, 4, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
NONE = Decimal(0)
days = st.integers(-30, 30).map(lambda n: DAY + dt.timedelta(days=n))
quantities = st.integers(1, 50).map(Decimal)
arrivals = st.lists(st.builds(Arrival, days, quantities, st.none() | days), max_size=6)
cases = st.lists(
    st.builds(Case, st.booleans(), st.none() | st.integers(-9, 99).map(Decimal), st.booleans()), max_size=40
)


def judged(found, *, grace=2, wanted=Decimal(100), today=DAY + dt.timedelta(days=60), percent=NONE):
    return rules.on_time(due=DAY, grace=grace, wanted=wanted, arrivals=found, percent=percent, today=today)


class TestOnTime:
    @given(arrivals, st.integers(0, 10), st.integers(1, 120).map(Decimal))
    def test_is_good_exactly_when_enough_stood_at_the_door_by_the_last_day(self, found, grace, wanted):
        in_time = sum(one.quantity for one in found if one.on <= DAY + dt.timedelta(days=grace))

        assert judged(found, grace=grace, wanted=wanted).is_good == (in_time >= wanted)

    @given(arrivals, st.permutations(range(6)))
    def test_does_not_depend_on_the_order_in_which_trucks_are_told(self, found, order):
        shuffled = [found[n] for n in order if n < len(found)]

        assert judged(found) == judged(shuffled)

    @given(arrivals, st.builds(Arrival, days, quantities))
    def test_another_truck_never_makes_a_good_line_bad(self, found, more):
        if judged(found).is_good:
            assert judged([*found, more]).is_good

    @given(arrivals, days)
    def test_is_not_decided_before_it_is_complete_or_its_time_is_over(self, found, today):
        known = [one for one in found if one.on <= today]
        if (early := judged(known, today=today)) is not None:
            assert early.is_good == judged(known).is_good
        else:
            assert today <= DAY + dt.timedelta(days=2)

    def test_what_nobody_wants_any_more_does_not_count(self):
        assert judged([], wanted=NONE) is None

    def test_a_site_takes_a_little_less_as_complete(self):
        found = [Arrival(DAY, Decimal(95))]
        assert not judged(found).is_good
        assert judged(found, percent=Decimal(5)).is_good

    @pytest.mark.parametrize(
        ("announced", "charged"), [(DAY, "carrier"), (DAY + dt.timedelta(days=3), "supplier"), (None, "supplier")]
    )
    def test_the_carrier_is_charged_for_what_was_announced_in_time(self, announced, charged):
        late = Arrival(DAY + dt.timedelta(days=5), Decimal(100), announced)
        found = judged([late])
        assert (found.is_good, found.charged) == (False, charged)


class TestDue:
    AT = DUE

    def test_is_the_date_confirmed_then_as_the_buyer_moved_it_afterwards(self):
        later, earlier = DAY + dt.timedelta(days=9), DAY - dt.timedelta(days=9)
        before, after = (self.AT - HOUR, earlier), (self.AT + HOUR, later)

        def due(confirmed, *moves):
            return rules.due_on(wanted=earlier, confirmed_for=confirmed, moves=moves, since=self.AT)

        assert due(DAY) == DAY
        assert due(DAY, before) == DAY
        assert due(DAY, before, after) == later
        assert due(None) == earlier
        assert due(None, after) == later


class TestAnswered:
    def found(self, answered=None, over=None, now=DUE + 90 * HOUR, **spent):
        worked = answered and answered - (DUE - 48 * HOUR)
        return rules.answered(due=DUE, answered_at=answered, worked=worked, over_at=over, now=now, spent=spent)

    @pytest.mark.parametrize("answered", [None, DUE + 9 * HOUR])
    def test_is_charged_to_whom_most_of_the_time_was_waited_for(self, answered):
        assert self.found(answered).charged == "supplier"
        assert self.found(answered, us=60, supplier=61).charged == "supplier"
        assert self.found(answered, us=60, supplier=60).charged == "supplier"
        assert self.found(answered, us=61, supplier=60, system=9).charged == "us"
        assert self.found(answered, system=61, us=60).charged == "system"

    @given(st.integers(-47, 80))
    def test_in_time_is_up_to_the_instant_it_was_due(self, hours):
        found = self.found(DUE + hours * HOUR)
        assert found.is_good == (hours <= 0)
        assert found.value == 48 + hours
        assert (found.charged == "supplier") == (hours > 0)

    def test_no_answer_counts_once_it_was_due(self):
        assert self.found(now=DUE) is None
        assert not self.found().is_good
        assert self.found().value is None

    def test_an_order_that_was_cancelled_before_does_not_count(self):
        assert self.found(over=DUE - HOUR) is None
        assert not self.found(over=DUE + HOUR).is_good


class TestOthers:
    @given(quantities, quantities)
    def test_a_notice_is_exact_or_not(self, announced, counted):
        found = rules.as_announced(on=DAY, announced=announced, counted=counted)
        assert found.is_good == (announced == counted)

    @given(st.lists(st.sampled_from(["as_ordered", "tolerated", "deviates"]), min_size=1))
    def test_one_row_beyond_tolerance_makes_the_line_changed(self, verdicts):
        assert rules.confirmed(on=DAY, verdicts=verdicts).is_good == ("deviates" not in verdicts)

    @pytest.mark.parametrize(
        ("verdicts", "good", "charged"),
        [
            (["matched"], True, ""),
            (["waiting_receipt", "matched"], True, ""),
            (["price_variance", "matched"], False, "supplier"),
            (["waiting_receipt", "blocked_by_case", "matched"], False, "us"),
        ],
    )
    def test_a_line_is_touchless_that_no_run_of_the_match_stopped(self, verdicts, good, charged):
        found = rules.touchless(on=DAY, verdicts=verdicts)
        assert (found.is_good, found.charged) == (good, charged)

    def test_what_waits_for_our_count_is_not_decided(self):
        assert rules.touchless(on=DAY, verdicts=["waiting_receipt"]) is None

    def test_variances(self):
        assert rules.price(on=DAY, billed=Decimal("2.1"), ordered=Decimal(2)).value == Decimal("0.05")
        assert rules.price(on=DAY, billed=Decimal(1), ordered=NONE) is None
        took = rules.lead_time(issued_on=DAY, done=DAY + dt.timedelta(days=9), offered=7)
        assert (took.value, took.is_good) == (2, False)


class TestFigures:
    @given(cases)
    def test_every_case_is_counted_once_or_stands_beside(self, found):
        tally = figures.tally(found)
        assert tally.n + tally.excluded == len(found)
        assert tally.share_of_all == figures.share(sum(case.is_good for case in found), len(found))

    @given(cases, st.integers(0, 40))
    def test_months_add_up(self, found, at):
        assert figures.tally(found[:at]) + figures.tally(found[at:]) == figures.tally(found)
        assert Tally() + figures.tally(found) == figures.tally(found)

    @given(st.lists(st.integers(-99, 99).map(Decimal), min_size=1))
    def test_a_rank_is_a_value_that_so_many_do_not_exceed(self, values):
        for part, found in (
            (Decimal("0.5"), figures.median(values)),
            (Decimal("0.9"), figures.rank(values, Decimal("0.9"))),
        ):
            assert found in values
            assert sum(value <= found for value in values) >= part * len(values)
            assert sum(value < found for value in values) < part * len(values)

    @given(st.dictionaries(st.integers(), st.integers(0, 100).map(Decimal), max_size=20))
    def test_quarters_follow_the_figures(self, shares):
        found = figures.quarters(shares)
        if len(shares) < 4:
            assert not found
            return
        assert set(found.values()) <= {1, 2, 3, 4}
        for one, mine in shares.items():
            assert all(found[one] <= found[other] for other, theirs in shares.items() if mine >= theirs)
