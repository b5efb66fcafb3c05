"""Single rules that documents are held to; ``checks`` says which kind is held to which."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from foundation.values.exact import half_up
from foundation.values.exact import plain as shown
from foundation.values.money import minor_unit
from integration.canon.faults import Fault, Level
from integration.canon.parts import Adjustment, OrderReference, Slot

MOST_LINES = 20_000


@dataclass(frozen=True)
class Known:
    """What the reader knows besides the document; None asks nothing."""

    today: date | None = None
    has_order: Callable[[str], bool] | None = None
    """Whether there is an order of this number."""


def named(number: str, where: str) -> Iterator[Fault]:
    if not number.strip():
        yield Fault(Level.REFUSE, "number_missing", where, _("The document has no number: send it again with one."))


def numbered(numbers: Iterable[str]) -> Iterator[Fault]:
    """Every line has a number of its own, and there are not too many of them."""
    counts = Counter(numbers)
    for number, times in counts.items():
        if not number:
            sentence = _("A line has no number, so it is not certain what it is about: number every line.")
            yield Fault(Level.HOLD, "line_number_missing", "lines", sentence)
        elif times > 1:
            said = {"number": number, "times": times}
            sentence = _("Line %(number)s is there %(times)s times: give each line its own number.") % said
            yield Fault(Level.HOLD, "line_number_twice", f"lines[{number}]", sentence)
    yield from not_too_many(counts.total())


def not_too_many(lines: int) -> Iterator[Fault]:
    if lines > MOST_LINES:
        sentence = _("The document has more than %(most)s lines: send it in parts.") % {"most": MOST_LINES}
        yield Fault(Level.REFUSE, "too_many_lines", "lines", sentence)


def ordered(reference: OrderReference | None, known: Known, where: str, level: Level = Level.HOLD) -> Iterator[Fault]:
    """An order is named, and there is one of that number."""
    if reference is None or not reference.number.strip():
        sentence = _("No purchase order is named: write the number of the order that this is about.")
        yield Fault(level, "order_missing", where, sentence)
    elif known.has_order and not known.has_order(reference.number):
        sentence = _("There is no order %(number)s: check the number.") % {"number": reference.number}
        yield Fault(level, "order_unknown", where, sentence)


def orders(lines: Iterable[OrderReference | None], whole: OrderReference | None, known: Known) -> Iterator[Fault]:
    """The same of every line's order, each order once."""
    found = [OrderReference.of(own, whole) for own in lines] or [whole]
    numbers = dict.fromkeys(reference.number.strip() if reference else "" for reference in found)
    for number in numbers:
        yield from ordered(OrderReference(number=number), known, "order")


def dated(known: Known, where: str, on: date | None) -> Iterator[Fault]:
    """Nothing was written tomorrow; a day of leave for other time zones."""
    if known.today and on and on > known.today + timedelta(days=1):
        sentence = _("The document is dated %(on)s, which is still to come: check the date.") % {"on": on.isoformat()}
        yield Fault(Level.WARNING, "date_to_come", where, sentence)


def follows(first: date | None, then: date | None, where: str, sentence: str, level: Level) -> Iterator[Fault]:
    """``then`` is not before ``first``."""
    if first and then and then < first:
        days = {"first": first.isoformat(), "then": then.isoformat()}
        yield Fault(level, "dates_impossible", where, sentence % days)


def positive(value: Decimal | None, where: str, *, zero: bool = False) -> Iterator[Fault]:
    """A quantity or price that must not be below zero, nor zero unless that says something."""
    if value is None or value > 0 or (zero and value == 0):
        return
    said = {"value": shown(value)}
    sentence = _("%(value)s is not possible here: write a number above zero.") % said
    if zero:
        sentence = _("%(value)s is not possible here: write zero or more.") % said
    yield Fault(Level.HOLD, "negative" if value < 0 else "zero", where, sentence)


def slots(schedule: tuple[Slot, ...], quantity: Decimal | None, where: str) -> Iterator[Fault]:
    """The rows of a schedule make up the line's quantity."""
    for row in schedule:
        yield from positive(row.quantity, f"{where}.schedule", zero=True)
    total = sum((row.quantity for row in schedule), Decimal(0))
    if schedule and quantity is not None and total != quantity:
        said = {"total": shown(total), "quantity": shown(quantity)}
        sentence = _("The schedule adds up to %(total)s and the line says %(quantity)s: make them agree.") % said
        yield Fault(Level.HOLD, "schedule_sum", f"{where}.schedule", sentence)


def priced(quantity: Decimal, price: Decimal, basis: Decimal, currency: str) -> Decimal:
    """What so many cost, rounded once to the currency's minor unit."""
    return half_up(Fraction(quantity) * Fraction(price) / Fraction(basis), minor_unit(currency))


def amounts(price: Decimal | None, basis: Decimal, where: str) -> Iterator[Fault]:
    yield from positive(price, f"{where}.price", zero=True)
    yield from positive(basis, f"{where}.price_basis")


def agree(said: Decimal | None, found: Decimal, where: str, code: str, what: str) -> Iterator[Fault]:
    """A figure that was said is the one that was found; a figure that was not said agrees."""
    if said is not None and said != found:
        words = {"what": what, "said": shown(said), "found": shown(found)}
        sentence = _("%(what)s is %(said)s, but the parts make %(found)s: correct one of them.") % words
        yield Fault(Level.HOLD, code, where, sentence)


def net(adjustments: tuple[Adjustment, ...]) -> Decimal:
    """Charges less allowances."""
    return sum((each.amount if each.is_charge else -each.amount for each in adjustments), Decimal(0))


def adjusted(adjustments: tuple[Adjustment, ...], currency: str, where: str) -> Iterator[Fault]:
    """Each allowance and charge is above zero, and its percentage of its base where both are said."""
    for number, each in enumerate(adjustments, 1):
        at = f"{where}adjustments[{number}]"
        yield from positive(each.amount, at, zero=True)
        if each.percent is not None and each.base is not None:
            found = half_up(Fraction(each.base) * Fraction(each.percent) / 100, minor_unit(currency))
            yield from agree(each.amount, found, at, "adjustment_amount", _("The allowance or charge"))
