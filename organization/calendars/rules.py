"""Working time: when eight working hours are over, and how many passed between two instants.

Hours are written as a wall clock shows them and counted as they really pass: an office that is open from 1 to 4 in the
night the clocks go forward is open for two hours. Results are in the calendar's timezone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from foundation.values.reason import BadValue

DAY = timedelta(days=1)
MIDNIGHT = 24 * 60
LONGEST = timedelta(hours=100_000)
Span: TypeAlias = tuple[int, int]
"""From and to, in minutes since midnight; a shift over midnight is two spans on two days."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """*hours* are seven days, Monday first, each with its spans in order; on *holidays* nobody works."""

    hours: tuple[tuple[Span, ...], ...]
    timezone: ZoneInfo
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.hours) != 7:
            raise BadValue("not_a_week", "A week has seven days, Monday first; a day off has no hours.")
        if not any(self.hours):
            raise BadValue("never_open", "A calendar needs working hours on at least one day.")
        for spans in self.hours:
            edges = [edge for span in spans for edge in span]
            if any(begin >= end for begin, end in spans) or edges != sorted(edges) or not _within_a_day(edges):
                raise BadValue("bad_hours", "Hours must follow each other within the day, such as 9:00 to 12:00.")

    def is_working_day(self, day: date) -> bool:
        return day not in self.holidays and bool(self.hours[day.weekday()])

    def add_working(self, start: datetime, work: timedelta) -> datetime:
        """The first instant at which so much has been worked since *start*. No work is over at once."""
        if not timedelta(0) <= work <= LONGEST:
            raise BadValue("bad_work", "Working time must be between nothing and 100,000 hours.")
        left, now = work, _instant(start)
        if left:
            for begin, end in self._spans(now):
                begin = max(begin, now)
                if begin + left <= end:
                    now = begin + left
                    break
                left -= max(end - begin, timedelta(0))
        return now.astimezone(self.timezone)

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from *start* to *end*; negative if *end* comes first."""
        first, last = _instant(start), _instant(end)
        if last < first:
            return -self.working_between(last, first)
        worked = timedelta(0)
        for opens, closes in self._spans(first):
            if opens >= last:
                break
            worked += max(min(closes, last) - max(opens, first), timedelta(0))
        return worked

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """All spans from the day before *start* on, as instants that never overlap.

        An hour that the clocks skip has no length, and its edges may fall behind those after it; hence the clamp.
        """
        day, closed = start.astimezone(self.timezone).date() - DAY, datetime.min.replace(tzinfo=UTC)
        while True:
            if self.is_working_day(day):
                for opens, closes in self.hours[day.weekday()]:
                    begin, end = max(self._at(day, opens), closed), self._at(day, closes)
                    if begin < end:
                        yield begin, end
                        closed = end
            day += DAY

    def _at(self, day: date, minutes: int) -> datetime:
        """An hour that comes twice is meant the first time."""
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return wall.replace(tzinfo=self.timezone).astimezone(UTC)


def _within_a_day(edges: list[int]) -> bool:
    return not edges or (edges[0] >= 0 and edges[-1] <= MIDNIGHT)


def _instant(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise BadValue("no_timezone", "An instant needs a timezone.")
    return at.astimezone(UTC)
