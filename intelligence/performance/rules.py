"""Whether one order, line, notice, receipt or invoice line went well. Pure: the definitions are in the glossary
(suppliers/scorecards/glossary.py), and each rule answers None where a case does not count, or not yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from foundation.values.exact import half_up, percent_of, plain
from suppliers.scorecards.glossary import Charged

HOUR = timedelta(hours=1)
NONE = Decimal(0)
WITHIN = ("as_ordered", "tolerated")
"""Verdicts on a confirmed line that nobody had to decide on."""
UNTOUCHED = ("matched", "waiting_receipt")
"""Verdicts on an invoice line that ask nothing of anybody but the dock."""


@dataclass(frozen=True, slots=True)
class Judged:
    """``on`` is the day by which the case falls into a month."""

    on: date
    is_good: bool
    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    value: Decimal | None = None
    charged: str = Charged.NOBODY.value


def answered(
    *,
    due: datetime,
    answered_at: datetime | None,
    worked: timedelta | None,
    over_at: datetime | None,
    now: datetime,
    spent: Mapping[str, int],
) -> Judged | None:
    """Of an order. *worked* is the working time until the answer, *over_at* when it was cancelled or closed.

    *due* is told in its own zone. *spent* says whose working seconds went by since: most of them bear the charge.
    """
    on, said = due.date(), due.isoformat()
    if answered_at is None or worked is None:
        if due >= now or (over_at is not None and over_at <= due):
            return None
        return Judged(on, False, "unanswered", {"due_at": said}, charged=_whose(spent))
    hours = half_up(Decimal(worked // timedelta(seconds=1)) / 3600, 1)
    facts = {"hours": plain(hours), "due_at": said}
    if answered_at <= due:
        return Judged(on, True, "answered", facts, hours)
    return Judged(on, False, "answered_late", facts, hours, _whose(spent))


def _whose(spent: Mapping[str, int]) -> str:
    """The supplier's where nobody wrote it down, and in doubt."""
    others = {whose: seconds for whose, seconds in spent.items() if whose != Charged.SUPPLIER.value}
    most = max(others, key=others.__getitem__, default="")
    supplier: str = Charged.SUPPLIER.value
    return most if others.get(most, 0) > spent.get(supplier, 0) else supplier


def confirmed(*, on: date, verdicts: Iterable[str]) -> Judged:
    """Of an order line: the verdicts on all rows of its first answer."""
    if all(verdict in WITHIN for verdict in verdicts):
        return Judged(on, True, "as_ordered")
    return Judged(on, False, "changed", charged=Charged.SUPPLIER.value)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a truck brought of a line, and for when the supplier had announced it, if he had."""

    on: date
    quantity: Decimal
    announced_for: date | None = None


def due_on(
    *, wanted: date, confirmed_for: date | None, moves: Sequence[tuple[datetime, date]], since: datetime
) -> date:
    """The date first confirmed, else the one wanted, moved where the buyer moved it after *since* (the answer)."""
    due = confirmed_for or wanted
    for at, to in sorted(moves):
        if confirmed_for is None or at > since:
            due = to
    return due


def complete_on(*, wanted: Decimal, arrivals: Sequence[Arrival], percent: Decimal) -> date | None:
    """The first day on which all had arrived that was wanted, less what the site takes as complete."""
    enough, arrived = wanted - percent_of(wanted, percent), NONE
    for arrival in sorted(arrivals, key=lambda one: one.on):
        arrived += arrival.quantity
        if arrived >= enough:
            return arrival.on
    return None


def on_time(
    *, due: date, grace: int, wanted: Decimal, arrivals: Sequence[Arrival], percent: Decimal, today: date
) -> Judged | None:
    """Of an order line. *grace* is in days; a line counts once it is complete or its time is over."""
    last = due + timedelta(days=grace)
    done = complete_on(wanted=wanted, arrivals=arrivals, percent=percent)
    if wanted <= 0 or (done is None and last >= today):
        return None
    if done is not None:
        facts = {"done_on": done.isoformat(), "due_on": due.isoformat()}
        if done <= last:
            return Judged(due, True, "in_full", facts)
        return _late(due, last, done, arrivals, facts)
    arrived = sum((one.quantity for one in arrivals if one.on <= last), NONE)
    facts = {"due_on": due.isoformat(), "arrived": plain(arrived), "wanted": plain(wanted)}
    return Judged(due, False, "not_in_full", facts, charged=Charged.SUPPLIER.value)


def _late(due: date, last: date, done: date, arrivals: Sequence[Arrival], facts: dict[str, Any]) -> Judged:
    """The carrier's, where everything that came too late had been announced in time and came later than announced."""
    late = [one for one in arrivals if last < one.on <= done]
    announced = [one.announced_for for one in late if one.announced_for is not None and one.announced_for <= last]
    if late and len(announced) == len(late):
        facts = facts | {"announced_on": max(announced).isoformat()}
        return Judged(due, False, "carrier_late", facts, charged=Charged.CARRIER.value)
    return Judged(due, False, "late", facts, charged=Charged.SUPPLIER.value)


def as_announced(*, on: date, announced: Decimal, counted: Decimal) -> Judged:
    """Of a line of a ship notice; pieces that were damaged or refused were on the truck too."""
    facts = {"announced": plain(announced), "counted": plain(counted)}
    if announced == counted:
        return Judged(on, True, "as_announced", facts)
    return Judged(on, False, "not_as_announced", facts, charged=Charged.SUPPLIER.value)


def without_discrepancy(*, on: date, kinds: Sequence[str]) -> Judged:
    """Of a received line."""
    if not kinds:
        return Judged(on, True, "clean")
    said = ", ".join(sorted({kind.removeprefix("receipt_").replace("_", " ") for kind in kinds}))
    return Judged(on, False, "discrepancy", {"kinds": said}, charged=Charged.SUPPLIER.value)


def touchless(*, on: date, verdicts: Sequence[str]) -> Judged | None:
    """Of an invoice line: what every run of the match said of it, first to last."""
    if touched := [verdict for verdict in verdicts if verdict not in UNTOUCHED]:
        said = {"verdict": touched[0].replace("_", " ")}
        is_ours = all(verdict == "blocked_by_case" for verdict in touched)
        return Judged(on, False, "differed", said, charged=(Charged.US if is_ours else Charged.SUPPLIER).value)
    return Judged(on, True, "matched") if verdicts and verdicts[-1] == "matched" else None


def price(*, on: date, billed: Decimal, ordered: Decimal) -> Judged | None:
    """Of an invoice line, as a share of the price ordered."""
    if not ordered:
        return None
    facts = {"billed": plain(billed), "ordered": plain(ordered)}
    return Judged(on, billed <= ordered, "price", facts, (billed - ordered) / ordered)


def lead_time(*, issued_on: date, done: date | None, offered: int) -> Judged | None:
    """Of an order line, in days more than the offer says."""
    if done is None:
        return None
    days = (done - issued_on).days
    return Judged(done, days <= offered, "lead_time", {"days": days, "offered": offered}, Decimal(days - offered))
