"""Who gets the goods: by priority, then promise date, then who asked first. No row, no clock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.values.exact import plain


@dataclass(frozen=True, slots=True)
class Demand:
    """One line that waits. ``rank`` sorts: the smallest is served first."""

    line: int
    item: int
    wanted: Decimal
    rank: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each line gets, and a sentence for each that gets less than it wants."""

    given: dict[int, Decimal] = field(default_factory=dict)
    why_not: dict[int, str] = field(default_factory=dict)


def allocate(free: Mapping[int, Decimal], demand: Iterable[Demand]) -> Outcome:
    """Hand out ``free`` (by item) to lines in the order of their rank; the same input always gives the same answer."""
    left = dict(free)
    served: dict[int, int] = defaultdict(int)
    outcome = Outcome()
    for want in sorted(demand, key=lambda d: d.rank):
        have = left.get(want.item, Decimal(0))
        gets = min(have, want.wanted)
        if gets:
            outcome.given[want.line] = gets
            left[want.item] = have - gets
        if gets < want.wanted:
            outcome.why_not[want.line] = _why(want, gets, served[want.item])
        served[want.item] += bool(gets)
    return outcome


def _why(want: Demand, gets: Decimal, before: int) -> str:
    said = {"short": plain(want.wanted - gets), "before": before}
    if before:
        return _("%(short)s are missing: %(before)d lines with an earlier right took what was there.") % said
    if gets:
        return _("%(short)s are missing: this line took all there was.") % said
    return _("%(short)s are missing: nothing of it is free here.") % said
