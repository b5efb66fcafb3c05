"""Samples, figures, and how busy the machine was while they were taken."""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

BUSY = 1.3
"""Above this the machine did other things as well: the figures do not count."""
LOOP = 1_500_000


def busy() -> float:
    """Wall over CPU time of a fixed loop: 1 on a quiet machine."""
    wall, cpu = time.perf_counter(), time.process_time()
    sum(n * n for n in range(LOOP))
    return (time.perf_counter() - wall) / (time.process_time() - cpu)


@dataclass
class Figure:
    """One measured thing; as JSON one line."""

    bench: str
    metric: str
    value: float
    unit: str
    samples: int = 1
    beside: dict[str, float] = field(default_factory=dict)
    ratio: float | None = None
    busy: float = 0.0

    def as_json(self) -> str:
        return json.dumps(asdict(self))


class Stopwatch(list[float]):
    """Seconds of each lap."""

    @contextmanager
    def lap(self) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.append(time.perf_counter() - begun)

    @property
    def median(self) -> float:
        """In milliseconds, as the two below."""
        return statistics.median(self) * 1e3

    def at(self, share: float) -> float:
        """The sample below which this share of all lies."""
        return sorted(self)[min(len(self) - 1, int(len(self) * share))] * 1e3

    @property
    def least(self) -> float:
        return min(self) * 1e3

    def figures(self, bench: str, what: str = "", *, beside: dict[str, float] | None = None) -> list[Figure]:
        """Median and p95; what stands beside them is compared with the median."""
        prefix = f"{what}_" if what else ""
        median = Figure(bench, f"{prefix}median_ms", round(self.median, 2), "ms", len(self), beside or {})
        if beside:
            median.ratio = round(self.median / next(iter(beside.values())), 2)
        return [median, Figure(bench, f"{prefix}p95_ms", round(self.at(0.95), 2), "ms", len(self))]


def rate(count: int, work: Callable[[], Any]) -> float:
    """How many a second, when ``work`` does ``count`` of them."""
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)


def table(figures: Sequence[Figure]) -> Iterator[str]:
    rows = [("workload", "figure", "value", "beside", "ratio", "samples", "busy")]
    for one in figures:
        beside = ", ".join(f"{name} {value:,.1f}" for name, value in one.beside.items())
        shown = f"{one.value:,.2f} {one.unit}" if one.value < 100 else f"{one.value:,.0f} {one.unit}"
        mark = "" if one.busy < BUSY else " busy!"
        ratio = f"{one.ratio:g}" if one.ratio is not None else ""
        rows.append((one.bench, one.metric, shown, beside, ratio, str(one.samples), f"{one.busy:.2f}{mark}"))
    widths = [max(len(row[column]) for row in rows) for column in range(7)]
    for row in rows:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
