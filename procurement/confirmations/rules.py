"""What a supplier's answer means: as ordered, near enough, or something the buyer must decide.

An answer to a line is a list of changes; a line without changes is accepted as ordered. Each change is judged alone
and the line is as good as its worst one. Receiving an order is not accepting it: a header that says *acknowledged*
never means more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from foundation.values.exact import leeway
from foundation.values.reason import Reason, because
from procurement.confirmations.answers import (
    Change,
    Header,
    NewDate,
    NewPrice,
    NewQuantity,
    OrderedLine,
    Part,
    Rejection,
    Schedule,
    Substitute,
)

NONE = Decimal(0)


class Verdict(StrEnum):
    """From good to bad."""

    AS_ORDERED = "accepted_as_ordered"
    TOLERATED = "tolerated"
    DEVIATES = "deviates"


class Facet(StrEnum):
    """What the order may be called after the answer."""

    ACKNOWLEDGED = "acknowledged"
    PARTLY = "partly"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Judgement:
    """*reasons* are those of the worst verdict, then the others."""

    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """*facet* for the order; *lines* that were answered, by their key."""

    facet: Facet
    lines: Mapping[int, Judgement]


_Found: TypeAlias = tuple[Verdict, Reason]
_WORSE = list(Verdict)
_ONLY_HEARD = (Header.ACKNOWLEDGED, Header.ON_HOLD)


def judge(
    ordered: Mapping[int, OrderedLine],
    header: Header,
    changes: Mapping[int, tuple[Change, ...]],
) -> Answer:
    """Judge a whole answer. *changes* holds the lines it names; one that names no change accepts its line.

    A header that accepts speaks for the lines that are not named, one that rejects for all of them. Under a header
    that only acknowledges, a line cannot be accepted, but bad news is heard.
    """
    answered = dict(changes)
    if header is Header.ACCEPTED:
        answered = dict.fromkeys(ordered, ()) | answered
    if header is Header.REJECTED:
        answered = {key: (*answered.get(key, ()), Rejection()) for key in ordered.keys() | answered.keys()}
    lines = {key: judge_line(ordered.get(key), answered[key]) for key in sorted(answered)}
    if header in _ONLY_HEARD:
        lines = {key: line for key, line in lines.items() if line.verdict is Verdict.DEVIATES}
    return Answer(_facet(header, lines, complete=ordered.keys() <= lines.keys()), lines)


def judge_line(ordered: OrderedLine | None, changes: tuple[Change, ...]) -> Judgement:
    if ordered is None:
        return Judgement(Verdict.DEVIATES, (because("added", "This line is not on the order; you must agree."),))
    if not changes:
        return Judgement(Verdict.AS_ORDERED, (because("as_ordered", "Accepted as ordered."),))
    total = next((change.quantity for change in changes if isinstance(change, NewQuantity)), ordered.quantity)
    found = [verdict for change in changes for verdict in _judged(change, ordered, total)]
    found.sort(key=lambda judged: -_WORSE.index(judged[0]))
    return Judgement(found[0][0], tuple(reason for _, reason in found))


def _facet(header: Header, lines: Mapping[int, Judgement], *, complete: bool) -> Facet:
    if header is Header.REJECTED:
        return Facet.REJECTED
    if any(line.verdict is Verdict.DEVIATES for line in lines.values()):
        return Facet.CHANGED
    if header in _ONLY_HEARD:
        return Facet.ACKNOWLEDGED
    return Facet.ACCEPTED if complete else Facet.PARTLY


def _judged(change: Change, ordered: OrderedLine, total: Decimal) -> Iterator[_Found]:
    match change:
        case NewQuantity(quantity):
            yield _quantity(quantity, ordered)
        case NewDate(on):
            yield _day(on, ordered)
        case NewPrice(price, currency):
            yield _price(price, currency, ordered)
        case Substitute(item):
            yield Verdict.DEVIATES, because("substituted", "Item {item} is offered instead; you must agree.", item=item)
        case Rejection(why) if why:
            yield Verdict.DEVIATES, because("rejected", "The supplier does not accept this line: {why}", why=why)
        case Rejection():
            yield Verdict.DEVIATES, because("rejected", "The supplier does not accept this line.")
        case Schedule(parts):
            yield from _schedule(parts, ordered, total)


def _quantity(quantity: Decimal, ordered: OrderedLine) -> _Found:
    difference = quantity - ordered.quantity
    if not difference:
        return Verdict.AS_ORDERED, because("quantity_kept", "The quantity is as ordered.")
    allowed = leeway(ordered.quantity, ordered.tolerance.quantity_percent, ordered.tolerance.quantity_absolute)
    verdict = Verdict.TOLERATED if quantity > 0 and abs(difference) <= allowed else Verdict.DEVIATES
    facts = {"quantity": quantity, "ordered": ordered.quantity, "allowed": allowed}
    return verdict, because("quantity", "{quantity} instead of {ordered}, {allowed} more or less tolerated.", **facts)


def _price(price: Decimal, currency: str, ordered: OrderedLine) -> _Found:
    if currency != ordered.currency:
        codes = {"currency": currency, "ordered": ordered.currency}
        reason = because("currency", "Confirmed in {currency}, ordered in {ordered}; nothing is converted.", **codes)
        return Verdict.DEVIATES, reason
    difference = price - ordered.price
    if not difference:
        return Verdict.AS_ORDERED, because("price_kept", "The price is as ordered.")
    allowed = leeway(ordered.price, ordered.tolerance.price_percent, ordered.tolerance.price_absolute)
    verdict = Verdict.TOLERATED if difference <= allowed else Verdict.DEVIATES
    facts = {"price": price, "ordered": ordered.price, "allowed": allowed}
    return verdict, because("price", "{price} instead of {ordered}, {allowed} more tolerated.", **facts)


def _day(on: date | None, ordered: OrderedLine) -> _Found:
    if on is None:
        return Verdict.DEVIATES, because("no_date", "The supplier cannot say when.")
    days = (on - ordered.requested_on).days
    early, late = ordered.tolerance.days_early, ordered.tolerance.days_late
    verdict = Verdict.TOLERATED if -early <= days <= late else Verdict.DEVIATES
    if days > 0:
        return verdict, because("late", "{on} is {days} day(s) late, {late} tolerated.", on=on, days=days, late=late)
    if days < 0:
        return verdict, because(
            "early", "{on} is {days} day(s) early, {early} tolerated.", on=on, days=-days, early=early
        )
    return Verdict.AS_ORDERED, because("date_kept", "The date is as requested.")


def _schedule(parts: tuple[Part, ...], ordered: OrderedLine, total: Decimal) -> Iterator[_Found]:
    """Every part by its own date; and together they must be the line."""
    stated = sum((part.quantity for part in parts), NONE)
    if any(part.quantity <= 0 for part in parts):
        yield Verdict.DEVIATES, because("empty_part", "A part of the schedule has no quantity.")
    if stated < total:
        facts = {"stated": stated, "total": total}
        reason = because("missing_part", "The parts are {stated} of {total} together; the rest will not come.", **facts)
        yield Verdict.DEVIATES, reason
    if stated > total:
        facts = {"stated": stated, "total": total}
        yield Verdict.DEVIATES, because("extra_part", "The parts are {stated} together, more than {total}.", **facts)
    for part in parts:
        yield _day(part.on, ordered)
