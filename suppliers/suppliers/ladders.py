"""When somebody is reminded of an end, in steps of days before it. No rows, no clock."""

from collections.abc import Sequence
from datetime import date, timedelta


def rung(*, until: date, on: date, told: int | None, ladder: Sequence[int]) -> int | None:
    """Which step is due and was not told: the lowest that was reached, so that none is told late."""
    lowest = min((days for days in ladder if on >= until - timedelta(days=days)), default=None)
    return lowest if lowest is not None and (told is None or lowest < told) else None
