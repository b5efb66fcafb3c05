from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.reason import BadValue
from organization.calendars.rules import WorkingCalendar

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NINE_TO_FIVE = ((9 * 60, 17 * 60),)
OFFICE = WorkingCalendar((*[NINE_TO_FIVE] * 5, (), ()), AMSTERDAM, frozenset([date(2026, 4, 6)]))
ALWAYS = WorkingCalendar((((0, 24 * 60),),) * 7, AMSTERDAM)
NIGHTS = WorkingCalendar((((60, 4 * 60),),) * 7, AMSTERDAM)


def at(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


class TestWorkingCalendar:
    @pytest.mark.parametrize(
        ("week", "sentence"),
        [
            ((NINE_TO_FIVE,) * 6, "seven days"),
            (((),) * 7, "at least one day"),
            ((((600, 540),),) * 7, "follow each other"),
            ((((540, 720), (700, 900)),) * 7, "follow each other"),
            ((((540, 1441),),) * 7, "within the day"),
            ((((-1, 60),),) * 7, "within the day"),
        ],
    )
    def test_refuses_weeks_nobody_could_work(self, week, sentence):
        with pytest.raises(BadValue, match=sentence):
            WorkingCalendar(week, AMSTERDAM)

    def test_knows_its_days(self):
        assert OFFICE.is_working_day(date(2026, 4, 7))
        assert not OFFICE.is_working_day(date(2026, 4, 6)), "Easter Monday"
        assert not OFFICE.is_working_day(date(2026, 4, 4)), "Saturday"


class TestAddWorking:
    @pytest.mark.parametrize(
        ("start", "work", "end"),
        [
            ("2026-03-03T10:00", 2, "2026-03-03T12:00"),
            ("2026-03-03T10:00", 8, "2026-03-04T10:00"),
            ("2026-03-03T05:00", 1, "2026-03-03T10:00"),
            ("2026-03-03T10:00", 7, "2026-03-03T17:00"),
            ("2026-03-06T16:00", 2, "2026-03-09T10:00"),
            ("2026-03-07T12:00", 1, "2026-03-09T10:00"),
            ("2026-04-02T16:00", 10, "2026-04-07T10:00"),
            ("2026-03-07T12:00", 0, "2026-03-07T12:00"),
        ],
    )
    def test_counts_only_hours_that_are_worked(self, start, work, end):
        assert OFFICE.add_working(at(start), hours(work)) == at(end)

    def test_answers_in_its_own_timezone(self):
        start = datetime(2026, 3, 3, 9, tzinfo=UTC)

        assert OFFICE.add_working(start, hours(1)).isoformat() == "2026-03-03T11:00:00+01:00"

    def test_skips_a_lunch_break(self):
        split = replace(OFFICE, hours=(((540, 720), (780, 1020)),) * 7)

        assert split.add_working(at("2026-03-03T11:00"), hours(2)) == at("2026-03-03T14:00")

    def test_refuses_an_instant_without_timezone(self):
        with pytest.raises(BadValue, match="needs a timezone"):
            OFFICE.add_working(datetime(2026, 3, 3), hours(1))

    @pytest.mark.parametrize("work", [-1, 100_001])
    def test_refuses_less_than_nothing_and_more_than_a_life(self, work):
        with pytest.raises(BadValue, match="between nothing and"):
            OFFICE.add_working(at("2026-03-03T10:00"), hours(work))


class TestWorkingBetween:
    @pytest.mark.parametrize(
        ("start", "end", "worked"),
        [
            ("2026-03-03T10:00", "2026-03-03T12:00", 2),
            ("2026-03-03T10:00", "2026-03-04T10:00", 8),
            ("2026-03-06T16:00", "2026-03-09T10:00", 2),
            ("2026-03-07T00:00", "2026-03-09T00:00", 0),
            ("2026-04-06T00:00", "2026-04-07T00:00", 0),
            ("2026-03-09T10:00", "2026-03-06T16:00", -2),
        ],
    )
    def test_counts_only_hours_that_are_worked(self, start, end, worked):
        assert OFFICE.working_between(at(start), at(end)) == hours(worked)

    def test_reads_the_hour_that_comes_twice_by_its_fold(self):
        first = at("2026-10-25T02:30")

        assert ALWAYS.working_between(first, first.replace(fold=1)) == hours(1)
        assert ALWAYS.working_between(first.replace(fold=1), first) == hours(-1)

    def test_refuses_an_instant_without_timezone(self):
        with pytest.raises(BadValue, match="needs a timezone"):
            OFFICE.working_between(at("2026-03-03T10:00"), datetime(2026, 3, 3))


class TestClockChanges:
    def test_leave_office_hours_alone(self):
        assert OFFICE.add_working(at("2026-03-27T16:00"), hours(9)) == at("2026-03-30T17:00")

    @pytest.mark.parametrize(("night", "worked"), [("2026-03-28", 3), ("2026-03-29", 2), ("2026-10-25", 4)])
    def test_shorten_and_lengthen_the_night_they_happen_in(self, night, worked):
        assert NIGHTS.working_between(at(f"{night}T00:00"), at(f"{night}T12:00")) == hours(worked)

    @pytest.mark.parametrize(("day", "worked"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)])
    def test_give_days_their_real_length(self, day, worked):
        start = at(f"{day}T00:00")

        assert ALWAYS.working_between(start, start + timedelta(days=1)) == hours(worked)

    def test_count_no_hour_that_was_skipped(self):
        skipped = WorkingCalendar((((120, 180),),) * 7, AMSTERDAM)

        assert skipped.working_between(at("2026-03-29T00:00"), at("2026-03-29T12:00")) == hours(0)

    def test_count_no_hour_twice_where_a_break_falls_into_the_gap(self):
        split = WorkingCalendar((((60, 150), (180, 240)),) * 7, AMSTERDAM)

        assert split.working_between(at("2026-03-29T00:00"), at("2026-03-29T12:00")) == hours(2)

    def test_leave_the_end_of_yesterday_where_they_skip_midnight(self):
        sundays = WorkingCalendar(((),) * 6 + (((0, 24 * 60),),), ZoneInfo("America/Toronto"))
        noon, skipped = datetime(1919, 3, 30, 17, tzinfo=UTC), datetime(1919, 3, 31, 4, 30, tzinfo=UTC)
        soon, later = skipped + timedelta(minutes=10), skipped + hours(1)

        whole = sundays.working_between(noon, later)
        assert sundays.working_between(noon, soon) + sundays.working_between(soon, later) == whole == hours(12)

    def test_twin_that_subtracts_wall_clocks_is_an_hour_off(self):
        start, end = at("2026-03-29T01:00"), at("2026-03-29T04:00")

        assert end - start == hours(3) != ALWAYS.working_between(start, end)


SPANS = st.lists(st.integers(0, 48).map(lambda half: half * 30), min_size=2, max_size=4, unique=True).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)
CALENDARS = st.builds(
    WorkingCalendar,
    st.tuples(SPANS, *[st.just(()) | SPANS] * 6),
    st.sampled_from([ZoneInfo(name) for name in ("Europe/Amsterdam", "America/Sao_Paulo", "Asia/Kolkata")]),
    st.frozensets(st.integers(0, 30).map(lambda days: date(2026, 3, 15) + timedelta(days)), max_size=4),
)
# Around the changes of clocks: Sao Paulo's came at midnight, until 2019.
INSTANTS = st.builds(
    lambda base, minutes: base + timedelta(minutes=minutes),
    st.sampled_from(
        [datetime(2026, 3, 24, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC), datetime(2018, 11, 1, tzinfo=UTC)]
    ),
    st.integers(0, 10 * 24 * 60),
)
WORK = st.integers(0, 100 * 60).map(lambda minutes: timedelta(minutes=minutes))


class TestAlways:
    @given(CALENDARS, INSTANTS, WORK)
    def test_adding_and_counting_agree(self, calendar, start, work):
        assert calendar.working_between(start, calendar.add_working(start, work)) == work

    @given(CALENDARS, INSTANTS, INSTANTS, INSTANTS)
    def test_parts_sum_up_to_the_whole(self, calendar, one, two, three):
        parts = calendar.working_between(one, two) + calendar.working_between(two, three)

        assert parts == calendar.working_between(one, three)

    @given(CALENDARS, INSTANTS, WORK, WORK)
    def test_work_in_two_parts_ends_when_it_would_in_one(self, calendar, start, first, second):
        halfway = calendar.add_working(start, first)

        assert calendar.add_working(halfway, second) == calendar.add_working(start, first + second)

    @given(CALENDARS, INSTANTS, INSTANTS)
    def test_nobody_works_longer_than_time_passes(self, calendar, one, two):
        assert abs(calendar.working_between(one, two)) <= abs(two - one)

    @given(CALENDARS, INSTANTS)
    def test_spans_follow_each_other(self, calendar, start):
        soon = start + timedelta(days=12)
        spans = list(takewhile(lambda span: span[0] < soon, calendar._spans(start)))

        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert all(begin < end for begin, end in spans)
