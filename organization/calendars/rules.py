"""Working time: when eight working hours are over, and how many passed between two instants.

Hours are written as a wall clock shows them and counted as they really pass: an office that is open from 1 to 4 in the
night the clocks go forward is open for two hours. Results are in the calendar's timezone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from foundation.values.reason import BadValue

DAY = timedelta(days=1)
MIDNIGHT = 24 * 60
LONGEST = timedelta(hours=100_000)
SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?")
Span: TypeAlias = tuple[int, int]
"""From and to, in minutes since midnight; a shift over midnight is two spans on two days."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """*hours* are seven days, Monday first, each with its spans in order; on *holidays* nobody works.

    *special* days have hours of their own, or none, whatever the week and the holidays say.
    """

    hours: tuple[tuple[Span, ...], ...]
    timezone: ZoneInfo
    holidays: frozenset[date] = frozenset()
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.hours) != 7:
            raise BadValue("not_a_week", "A week has seven days, Monday first; a day off has no hours.")
        if not any(self.hours):
            raise BadValue("never_open", "A calendar needs working hours on at least one day.")
        for spans in (*self.hours, *self.special.values()):
            check(spans)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """When work is done on a day; nothing on a day off."""
        if day in self.special:
            return self.special[day]
        return () if day in self.holidays else self.hours[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        return bool(self.spans_on(day))

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
            for opens, closes in self.spans_on(day):
                begin, end = max(self._at(day, opens), closed), self._at(day, closes)
                if begin < end:
                    yield begin, end
                    closed = end
            day += DAY

    def _at(self, day: date, minutes: int) -> datetime:
        """An hour that comes twice is meant the first time."""
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return wall.replace(tzinfo=self.timezone).astimezone(UTC)


def check(spans: Sequence[Span]) -> None:
    """Raise BadValue unless the spans follow each other within one day."""
    edges = [edge for span in spans for edge in span]
    if any(begin >= end for begin, end in spans) or edges != sorted(edges) or not _within_a_day(edges):
        raise BadValue("bad_hours", "Hours must follow each other within the day, such as 9:00 to 12:00.")


def spans_of(text: str) -> tuple[Span, ...]:
    """``"8:00-12:00, 13:00-17"`` as spans; empty text is a day off. Raises BadValue where it cannot be read."""
    spans = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        found = SPAN.fullmatch(part)
        if not found:
            raise BadValue("bad_hours", "Write hours such as 8:00-12:00, 13:00-17:00; empty is a day off.")
        begin, begin_minutes, end, end_minutes = (int(figure or 0) for figure in found.groups())
        if max(begin_minutes, end_minutes) >= 60:
            raise BadValue("bad_hours", "An hour has 60 minutes: write hours such as 8:00-12:30.")
        spans.append((begin * 60 + begin_minutes, end * 60 + end_minutes))
    check(spans)
    return tuple(spans)


def text_of(spans: Sequence[Sequence[int]]) -> str:
    """Spans as people write them; the way back of ``spans_of``."""
    return ", ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in spans)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _within_a_day(edges: list[int]) -> bool:
    return not edges or (edges[0] >= 0 and edges[-1] <= MIDNIGHT)


def _instant(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise BadValue("no_timezone", "An instant needs a timezone.")
    return at.astimezone(UTC)
