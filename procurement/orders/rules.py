"""The quantity law of an order line: nothing ordered is ever lost from sight.

``ordered + over = open + received - reopened + cancelled``, in base units, after every step; no counter below
zero; a line never waits for goods and has too many at the same time. Each verb returns new counters or raises
``Impossible``. It never refuses what stands on the floor: too much is received and counted as *over*.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from foundation.values.reason import Reason, Reasoned, because

NONE = Decimal(0)


class Impossible(Reasoned):
    """The step would break the quantity law; the sentence says what the limit is."""


@dataclass(frozen=True, slots=True)
class Counters:
    """Where the quantity of a line is.

    *received* is net of reversed receipts. *reopened* is the part of it that went back to the supplier: it is open
    again if a replacement is expected, cancelled if not.
    """

    ordered: Decimal
    open: Decimal = NONE
    over: Decimal = NONE
    received: Decimal = NONE
    reopened: Decimal = NONE
    cancelled: Decimal = NONE

    @classmethod
    def of(cls, ordered: Decimal) -> Self:
        """A fresh line: all of it is open."""
        _check_positive(ordered)
        return cls(ordered=ordered, open=ordered)

    @property
    def kept(self) -> Decimal:
        """What arrived and did not go back."""
        return self.received - self.reopened

    @property
    def is_settled(self) -> bool:
        """Nothing is expected any more."""
        return not self.open

    def _moved(
        self,
        *,
        ordered: Decimal = NONE,
        open: Decimal = NONE,
        over: Decimal = NONE,
        received: Decimal = NONE,
        reopened: Decimal = NONE,
        cancelled: Decimal = NONE,
    ) -> "Counters":
        return Counters(
            self.ordered + ordered,
            self.open + open,
            self.over + over,
            self.received + received,
            self.reopened + reopened,
            self.cancelled + cancelled,
        )


def receive(line: Counters, quantity: Decimal) -> Counters:
    """Goods stand on the floor; what was not open any more is over."""
    _check_positive(quantity)
    expected = min(line.open, quantity)
    return line._moved(open=-expected, over=quantity - expected, received=quantity)


def reverse_receipt(line: Counters, quantity: Decimal) -> Counters:
    """They never stood there: a receipt was wrong. What it had put over goes first, the rest is expected again."""
    _check_kept(line, quantity)
    surplus = min(line.over, quantity)
    return line._moved(open=quantity - surplus, over=-surplus, received=-quantity)


def send_back(line: Counters, quantity: Decimal, *, replace: bool) -> Counters:
    """Goods return to the supplier. What was over goes first and is simply gone; the rest is reopened.

    With *replace* the supplier owes it again. Without, it is cancelled in the same breath, so the commitment falls
    and an invoice for it has nothing to match.
    """
    _check_kept(line, quantity)
    surplus = min(line.over, quantity)
    rest = quantity - surplus
    owed, cancelled = (rest, NONE) if replace else (NONE, rest)
    return line._moved(open=owed, over=-surplus, received=-surplus, reopened=rest, cancelled=cancelled)


def cancel_remainder(line: Counters, quantity: Decimal) -> Counters:
    """Stop waiting for part of what is open."""
    _check_positive(quantity)
    if quantity > line.open:
        raise Impossible(
            "more_than_open",
            "Only {open} is still open, so {quantity} cannot be cancelled.",
            open=line.open,
            quantity=quantity,
        )
    return line._moved(open=-quantity, cancelled=quantity)


def short_close(line: Counters) -> Counters:
    """Stop waiting for all of it. A line with nothing open may be closed too; its counters stay."""
    return line._moved(open=-line.open, cancelled=line.open)


def reopen(line: Counters, quantity: Decimal) -> Counters:
    """Want after all what was cancelled. Goods that came too many count against it first."""
    _check_positive(quantity)
    if quantity > line.cancelled:
        raise Impossible(
            "more_than_cancelled",
            "Only {cancelled} was cancelled, so {quantity} cannot be reopened.",
            cancelled=line.cancelled,
            quantity=quantity,
        )
    surplus = min(line.over, quantity)
    return line._moved(open=quantity - surplus, over=-surplus, cancelled=-quantity)


def change_ordered(line: Counters, new: Decimal) -> Counters:
    """The order now says *new*. More takes up what is over first; less can only come from what is open."""
    if new <= 0:
        raise Impossible("not_positive", "An ordered quantity must be above zero; to drop a line, cancel it.")
    more = new - line.ordered
    if more >= 0:
        surplus = min(line.over, more)
        return line._moved(ordered=more, open=more - surplus, over=-surplus)
    lowest = line.ordered - line.open
    if new < lowest:
        raise Impossible(
            "below_settled",
            "{lowest} has already been received or cancelled; the ordered quantity cannot be less.",
            lowest=lowest,
        )
    return line._moved(ordered=more, open=more)


def law(line: Counters) -> Iterator[Reason]:
    """Every sentence of the law that these counters break; none for counters the verbs made."""
    if line.ordered + line.over != line.open + line.received - line.reopened + line.cancelled:
        yield because("does_not_add_up", "Ordered and over are not open, received, reopened and cancelled together.")
    if min(line.ordered, line.open, line.over, line.received, line.reopened, line.cancelled) < 0:
        yield because("negative", "A quantity is below zero.")
    if line.open and line.over:
        yield because("open_and_over", "The line waits for goods and has too many of them.")
    if line.reopened > line.received:
        yield because("reopened_unreceived", "More went back than was received.")


def _check_kept(line: Counters, quantity: Decimal) -> None:
    _check_positive(quantity)
    if quantity > line.kept:
        raise Impossible(
            "more_than_kept",
            "Only {kept} was received and has not gone back; {quantity} is more than that.",
            kept=line.kept,
            quantity=quantity,
        )


def _check_positive(quantity: Decimal) -> None:
    if not quantity > 0:
        raise Impossible("not_positive", "The quantity must be above zero.")
