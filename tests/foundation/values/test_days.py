"""Where a day ends, also where the calendar does."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from foundation.values.days import end_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_a_day_ends_when_the_next_begins_where_the_reader_is() -> None:
    with timezone.override(AMSTERDAM):
        assert end_of(dt.date(2026, 3, 28)) == dt.datetime(2026, 3, 28, 23, tzinfo=dt.UTC)
        assert end_of(dt.date(2026, 3, 29)) == dt.datetime(2026, 3, 29, 22, tzinfo=dt.UTC)


@pytest.mark.parametrize("place", ["Pacific/Honolulu", "Europe/Amsterdam", "Pacific/Kiritimati"])
def test_the_last_day_of_the_calendar_ends_too(place: str) -> None:
    with timezone.override(ZoneInfo(place)):
        assert end_of(dt.date.max).astimezone(dt.UTC).year == 9999
