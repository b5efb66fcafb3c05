"""Which approved lines belong on one order, and why: the preview of the *to order* pool.

Lines share an order when the paper can be the same for all of them: supplier, entity, currency and terms. Beyond
that the policy decides. The answer does not depend on the order in which lines come, and no line is merged: each
keeps its own identity on the order, so every receipt can be traced to the request it serves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from foundation.values.reason import BadValue, Reason, because


@dataclass(frozen=True, slots=True)
class PoolLine:
    """An approved requisition line that waits to be ordered. *urgency* is a rank: 0 is the most urgent."""

    id: int
    supplier: int
    entity: int
    currency: str
    site: int
    need_by: date
    payment_terms: str = ""
    delivery_terms: str = ""
    urgency: int = 9


@dataclass(frozen=True, slots=True)
class Policy:
    """How far lines may be gathered.

    An order goes to one site unless *consolidate_sites*. Lines needed further apart than *window_days* go on
    different orders (0: one order a day; None: dates do not matter). With *urgent_apart*, lines of different urgency
    do not wait for each other.
    """

    consolidate_sites: bool = False
    window_days: int | None = None
    urgent_apart: bool = False

    def __post_init__(self) -> None:
        if self.window_days is not None and self.window_days < 0:
            raise BadValue("bad_window", "A date window is a number of days, 0 or more.")


@dataclass(frozen=True, slots=True)
class ProposedOrder:
    """An order as it would be drafted; *lines* are ids of pool lines, soonest need first."""

    supplier: int
    entity: int
    currency: str
    payment_terms: str
    delivery_terms: str
    sites: tuple[int, ...]
    need_by: date
    lines: tuple[int, ...]
    reasons: tuple[Reason, ...]


_Key = tuple[int, int, str, str, str, int, int]


def propose(lines: Iterable[PoolLine], policy: Policy) -> tuple[ProposedOrder, ...]:
    """Every line on exactly one order."""

    def key(line: PoolLine) -> _Key:
        site = 0 if policy.consolidate_sites else line.site
        urgency = line.urgency if policy.urgent_apart else 0
        return line.supplier, line.entity, line.currency, line.payment_terms, line.delivery_terms, site, urgency

    ranked = sorted(lines, key=lambda line: (key(line), line.need_by, line.id))
    return tuple(
        _order(window, policy)
        for _, together in groupby(ranked, key=key)
        for window in _windows(together, policy.window_days)
    )


def _windows(lines: Iterable[PoolLine], days: int | None) -> Iterator[list[PoolLine]]:
    """Cut lines in order of need; a window opens with the first line it does not fit into."""
    window: list[PoolLine] = []
    for line in lines:
        if window and days is not None and line.need_by - window[0].need_by > timedelta(days=days):
            yield window
            window = []
        window.append(line)
    if window:
        yield window


def _order(lines: list[PoolLine], policy: Policy) -> ProposedOrder:
    first = lines[0]
    return ProposedOrder(
        supplier=first.supplier,
        entity=first.entity,
        currency=first.currency,
        payment_terms=first.payment_terms,
        delivery_terms=first.delivery_terms,
        sites=tuple(sorted({line.site for line in lines})),
        need_by=first.need_by,
        lines=tuple(line.id for line in lines),
        reasons=tuple(_reasons(lines, policy)),
    )


def _reasons(lines: list[PoolLine], policy: Policy) -> Iterator[Reason]:
    first, last, sites = lines[0], lines[-1], {line.site for line in lines}
    if len(lines) == 1:
        yield because(
            "alone", "One line in {currency}, with which no other can share an order.", currency=first.currency
        )
    else:
        yield because(
            "same_paper",
            "{count} lines share supplier, entity, currency ({currency}) and terms.",
            count=len(lines),
            currency=first.currency,
        )
    if policy.consolidate_sites and len(sites) > 1:
        yield because("sites_together", "{count} sites are gathered on one order.", count=len(sites))
    elif not policy.consolidate_sites:
        yield because("one_site", "Each site gets its own order.")
    if policy.window_days is not None:
        yield because(
            "same_dates",
            "Needed from {first} to {last}, within {days} days.",
            first=first.need_by,
            last=last.need_by,
            days=policy.window_days,
        )
    if policy.urgent_apart:
        yield because("same_urgency", "Lines of another urgency do not wait for these.")
