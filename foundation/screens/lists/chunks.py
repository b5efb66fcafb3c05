"""Long tables in parts: 20 rows a table keep a page of 1,000 lines as quick as one of 50."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """``{% for lines in order.lines.all|chunked:20 %}``: as itertools.batched, which is newer than our Python."""
    left = iter(rows)
    while part := list(islice(left, size)):
        yield part
