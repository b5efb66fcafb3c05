"""What was expected against what was counted: where every piece goes, and what somebody must look at.

What stands on the floor is always recorded. Too many are received and held, damaged ones are received into
quarantine, goods nobody ordered are held without a line. Only what was refused at the door is not taken in. Nobody
has to count falsely to be allowed to go on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from foundation.values.exact import percent_of
from foundation.values.reason import BadValue, Reason, because

NONE = Decimal(0)


class Kind(StrEnum):
    """What can be wrong with a delivery; each opens a case."""

    SHORT = "short"
    OVER = "over"
    DAMAGED = "damaged"
    REFUSED = "refused"
    WRONG_ITEM = "wrong_item"
    UNORDERED = "unordered"
    DOC_MISSING = "doc_missing"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """In percent of the ordered quantity for too many, of the announced one for too few."""

    over_percent: Decimal = NONE
    under_percent: Decimal = NONE


@dataclass(frozen=True, slots=True)
class Expected:
    """An order line as the dock knows it, in base units.

    *announced* is what this delivery should bring; None if nobody said, and then nothing can be short. *over* is what
    earlier deliveries brought too many. *documents* must come with the goods.
    """

    line: int
    item: int
    ordered: Decimal
    open: Decimal
    over: Decimal = NONE
    announced: Decimal | None = None
    documents: frozenset[str] = frozenset()
    tolerance: Tolerance = Tolerance()


@dataclass(frozen=True, slots=True)
class Counted:
    """One count; a line may be counted in several. *line* is None when the receiver found no line for the goods."""

    line: int | None
    item: int
    accepted: Decimal = NONE
    damaged: Decimal = NONE
    refused: Decimal = NONE
    documents: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if min(self.accepted, self.damaged, self.refused) < 0:
            raise BadValue("negative_count", "A count cannot be below zero; correct the earlier count instead.")


@dataclass(frozen=True, slots=True)
class Disposition:
    """Where counted goods go. *line* is None where they do not count towards an order line."""

    line: int | None
    item: int
    available: Decimal
    hold: Decimal
    damaged: Decimal
    refused: Decimal

    @property
    def on_floor(self) -> Decimal:
        """What was taken in, and what the order line receives."""
        return self.available + self.hold + self.damaged


@dataclass(frozen=True, slots=True)
class Discrepancy:
    kind: Kind
    line: int | None
    item: int
    quantity: Decimal
    reason: Reason
    hold: Decimal = NONE
    """How many of the pieces on hold stand there for this; too many and too few papers may share a line."""


@dataclass(frozen=True, slots=True)
class Comparison:
    dispositions: tuple[Disposition, ...]
    discrepancies: tuple[Discrepancy, ...]


def compare(expected: Iterable[Expected], counted: Iterable[Counted]) -> Comparison:
    """One disposition per line and item counted, in the order of expected lines, strangers last."""
    lines = {line.line: line for line in expected}
    ours: dict[int, list[Counted]] = defaultdict(list)
    strange: dict[tuple[int | None, int], list[Counted]] = defaultdict(list)
    for count in counted:
        line = lines.get(count.line) if count.line is not None else None
        if line is not None and line.item == count.item:
            ours[line.line].append(count)
        else:
            strange[line.line if line else None, count.item].append(count)

    dispositions: list[Disposition] = []
    discrepancies: list[Discrepancy] = []
    for number, line in lines.items():
        if number not in ours:
            discrepancies += _short(line, NONE)
            continue
        total = _sum(ours[number])
        dispositions.append(_disposed(line, total))
        discrepancies += _wrong(line, total)
    for (meant, _), counts in strange.items():
        total = _sum(counts)
        dispositions.append(Disposition(None, total.item, NONE, total.accepted, total.damaged, total.refused))
        discrepancies += _stranger(lines[meant] if meant is not None else None, total)
    return Comparison(tuple(dispositions), tuple(discrepancies))


def may_close(line: Expected, received: Decimal) -> bool:
    """Whether so little stays open after receiving *received* that the line need not wait for it."""
    return line.open - received <= percent_of(line.ordered, line.tolerance.under_percent)


def _disposed(line: Expected, total: Counted) -> Disposition:
    """Good pieces fill the room first: a broken surplus piece goes back anyway, so it holds up none of them."""
    hold = _too_many(line, total)
    if line.documents - total.documents:
        hold = total.accepted
    return Disposition(line.line, line.item, total.accepted - hold, hold, total.damaged, total.refused)


def _too_many(line: Expected, total: Counted) -> Decimal:
    return max(total.accepted - _room(line), NONE)


def _room(line: Expected) -> Decimal:
    """How much may still be received without asking."""
    return line.open + max(percent_of(line.ordered, line.tolerance.over_percent) - line.over, NONE)


def _wrong(line: Expected, total: Counted) -> Iterator[Discrepancy]:
    arrived, room = total.accepted + total.damaged, _room(line)
    if arrived > room:
        facts = {"arrived": arrived, "room": room, "beyond": arrived - room}
        reason = because(
            "over", "{arrived} arrived, {room} could be received without asking: {beyond} too many.", **facts
        )
        yield Discrepancy(Kind.OVER, line.line, line.item, arrived - room, reason, hold=_too_many(line, total))
    yield from _short(line, arrived + total.refused)
    if total.damaged:
        reason = because("damaged", "{damaged} arrived damaged and is in quarantine.", damaged=total.damaged)
        yield Discrepancy(Kind.DAMAGED, line.line, line.item, total.damaged, reason)
    if total.refused:
        reason = because("refused", "{refused} was refused at the door and not taken in.", refused=total.refused)
        yield Discrepancy(Kind.REFUSED, line.line, line.item, total.refused, reason)
    if missing := line.documents - total.documents:
        names = ", ".join(sorted(missing))
        waiting = total.accepted - _too_many(line, total)
        reason = because(
            "doc_missing",
            "The goods came without {documents}; {accepted} is on hold until it is here.",
            documents=names,
            accepted=waiting,
        )
        yield Discrepancy(Kind.DOC_MISSING, line.line, line.item, waiting, reason, hold=waiting)


def _short(line: Expected, arrived: Decimal) -> Iterator[Discrepancy]:
    if line.announced is None:
        return
    missing = line.announced - arrived
    if missing > percent_of(line.announced, line.tolerance.under_percent):
        facts = {"announced": line.announced, "arrived": arrived, "missing": missing}
        reason = because("short", "{announced} was announced and {arrived} arrived: {missing} short.", **facts)
        yield Discrepancy(Kind.SHORT, line.line, line.item, missing, reason)


def _stranger(meant: Expected | None, total: Counted) -> Iterator[Discrepancy]:
    """Goods that are nobody's: the wrong item for a line, or no line at all."""
    arrived = total.accepted + total.damaged + total.refused
    if not arrived:
        return
    if meant is not None:
        reason = because(
            "wrong_item",
            "{arrived} of item {came} came where item {wanted} was ordered.",
            arrived=arrived,
            came=total.item,
            wanted=meant.item,
        )
        yield Discrepancy(Kind.WRONG_ITEM, meant.line, total.item, arrived, reason)
    else:
        reason = because("unordered", "{arrived} arrived that nobody ordered here.", arrived=arrived)
        yield Discrepancy(Kind.UNORDERED, None, total.item, arrived, reason)


def _sum(counts: list[Counted]) -> Counted:
    first = counts[0]
    if len(counts) == 1:
        return first
    return Counted(
        first.line,
        first.item,
        sum((count.accepted for count in counts), NONE),
        sum((count.damaged for count in counts), NONE),
        sum((count.refused for count in counts), NONE),
        frozenset().union(*(count.documents for count in counts)),
    )
