"""An answer to an order as it is typed, line by line: read, judged, and put into the words of a submission.

Nothing here writes or asks the database. Tolerances are judged by the same rules that the back office judges by, from
figures that the supplier may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.values.exact import half_up
from foundation.values.quantity import Factor, Unit, parse_decimal
from foundation.values.reason import Reasoned
from procurement.confirmations import rules
from procurement.confirmations.rules import AS_ORDERED, DEVIATES, Answered, Judged, Schedule, Tolerance
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine

PLACES = 6
MOST_PARTS = 12
"""Deliveries that one line may be split into."""
LONGEST_REASON = 200
FURTHEST = timedelta(days=3 * 366)
LONGEST_PART = 60
TYPED, CANNOT, LATER = "typed", "cannot", "later"


@dataclass(frozen=True)
class Wanted:
    """What was asked for on a line, in its order unit, as the supplier reads and types it."""

    quantity: Decimal
    price: Decimal
    on: date

    @classmethod
    def of(cls, line: PurchaseOrderLine) -> "Wanted":
        return cls._in_units(line.ordered - line.cancelled, line.price, line.need_by, line.numerator, line.denominator)

    @classmethod
    def frozen(cls, line: Mapping[str, Any]) -> "Wanted":
        """As an older revision had it."""
        on, factor = date.fromisoformat(line["need_by"]), (line["numerator"], line["denominator"])
        return cls._in_units(Decimal(line["quantity"]), Decimal(line["price"]), on, *factor)

    @classmethod
    def _in_units(cls, base: Decimal, price: Decimal, on: date, numerator: int, denominator: int) -> "Wanted":
        quantity = Factor(numerator, denominator).from_base(base, rounding=True)
        return cls(quantity, half_up(Fraction(price) * numerator / denominator, PLACES), on)


@dataclass
class Part:
    """One delivery of a line as typed: a quantity and a day."""

    quantity: str
    on: str


@dataclass
class LineAnswer:
    """One line: what was wanted, what is typed, what is wrong with it, what it will count as."""

    line: PurchaseOrderLine
    wanted: Wanted
    parts: list[Part]
    price: str
    choice: str = TYPED
    substitute: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    """Field ("quantity", "on-1", "price", "reason") -> what to put right."""
    found: list[Judged] = field(default_factory=list)
    proposed: str = ""
    """What was proposed before and waits for the buyer."""

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def confirmed(self) -> Decimal | None:
        """What counts as confirmed, in the order unit."""
        return self._in_units(self.line.confirmed_quantity)

    @property
    def received(self) -> Decimal | None:
        return self._in_units(self.line.received)

    def _in_units(self, base: Decimal | None) -> Decimal | None:
        factor = Factor(self.line.numerator, self.line.denominator)
        return None if base is None else factor.from_base(base, rounding=True)

    @property
    def is_changed(self) -> bool:
        return bool(self.found) and self.choice == TYPED

    @property
    def verdict(self) -> str:
        return rules.worst(self.found)

    @property
    def must_agree(self) -> bool:
        return self.choice != LATER and self.verdict == DEVIATES

    @property
    def sentences(self) -> str:
        return " ".join(judged.sentence for judged in self.found)

    @property
    def has_more(self) -> bool:
        """Whether its further fields should stand open."""
        return self.choice != TYPED or bool(self.substitute or self.reason or self.errors or len(self.parts) > 1)

    def body(self) -> dict[str, Any]:
        """The line in a submission: only what differs is said, so that nothing is taken for a change."""
        said: dict[str, Any] = {"line": self.number}
        if self.reason:
            said["reason"] = self.reason
        if self.choice == CANNOT:
            return {**said, "rejected": True}
        if len(self.parts) > 1:
            said["split"] = [{"quantity": part.quantity, "on": part.on} for part in self.parts]
        else:
            (part,) = self.parts
            if Decimal(part.quantity) != self.wanted.quantity:
                said["quantity"] = part.quantity
            if part.on != self.wanted.on.isoformat():
                said["on"] = part.on
        if Decimal(self.price) != self.wanted.price:
            said["price"] = self.price
        if self.substitute:
            said["substitute"] = self.substitute
        return said


class Grid:
    """All lines of one answer."""

    def __init__(self, order: PurchaseOrder, lines: list[LineAnswer], reference: str = "") -> None:
        self.order, self.lines, self.reference = order, lines, reference

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the field, sentence), in the order of the page."""
        return [
            (f"{name.partition('-')[0]}-{one.number}-{name.partition('-')[2] or 0}", f"{one.number}: {sentence}")
            for one in self.lines
            for name, sentence in one.errors.items()
        ]

    @property
    def tally(self) -> dict[str, int]:
        said = {"confirmed": 0, "changed": 0, "refused": 0, "later": 0}
        for one in self.lines:
            kind = {CANNOT: "refused", LATER: "later"}.get(one.choice, "changed" if one.found else "confirmed")
            said[kind] += 1
        return said

    @property
    def send_label(self) -> str:
        """``Send answer: confirm 17, change 2, refuse 1``."""
        return sent_label(_("Send answer"), self.tally)

    @property
    def confirm_label(self) -> str:
        n = len(self.lines)
        return ngettext("Confirm %(n)d line as ordered", "Confirm all %(n)d lines as ordered", n) % {"n": n}

    def split(self, text: str) -> None:
        """Offer one more delivery for a line; left empty, it is as if it had never been offered."""
        for one in self.lines:
            if str(one.number) == text and len(one.parts) < MOST_PARTS:
                one.parts.append(Part("", one.parts[-1].on))

    def body(self) -> dict[str, Any]:
        lines = [one.body() for one in self.lines if one.choice != LATER]
        return body(self.order, lines, self.reference)

    def as_ordered(self) -> dict[str, Any]:
        return body(self.order, [{"line": one.number} for one in self.lines], self.reference)


def sent_label(what: str, tally: Mapping[str, int]) -> str:
    """What a press of the button sends, in numbers of lines."""
    words = [
        (tally["confirmed"], _("confirm %(n)d")),
        (tally["changed"], _("change %(n)d")),
        (tally["refused"], _("refuse %(n)d")),
    ]
    said = ", ".join(text % {"n": n} for n, text in words if n)
    return _("%(what)s: %(said)s") % {"what": what, "said": said} if said else what


def body(order: PurchaseOrder, lines: list[dict[str, Any]], reference: str) -> dict[str, Any]:
    """The body of a confirmation (procurement.submissions reads it)."""
    return {
        "revision": order.revision,
        "order": order.number,
        "header": "answered",
        "reference": reference,
        "lines": lines,
    }


def fresh(order: PurchaseOrder, lines: list[PurchaseOrderLine]) -> Grid:
    """The grid as it is first shown: what was promised last, or else what is wanted."""
    return Grid(order, [judged(order, _untouched(line)) for line in answerable(lines)])


def read(
    order: PurchaseOrder, lines: list[PurchaseOrderLine], data: QueryDict, *, seen: dict[int, Wanted], today: date
) -> Grid:
    """The grid as typed. Where a field still says what was wanted then (``seen``), it follows what is wanted now."""
    answers = [judged(order, _typed(line, data, seen.get(line.number), today)) for line in answerable(lines)]
    return Grid(order, answers, data.get("reference", "").strip()[:40])


def answerable(lines: list[PurchaseOrderLine]) -> list[PurchaseOrderLine]:
    return [line for line in lines if line.ordered > line.cancelled and not line.closed_short]


def judged(order: PurchaseOrder, one: LineAnswer) -> LineAnswer:
    """Say what the line will count as, unless it cannot be read or is left for later."""
    if one.errors or one.choice == LATER:
        return one
    line = one.line
    tolerance = Tolerance(order.quantity_percent, order.price_percent, order.days_early, order.days_late)
    asked = rules.asked_of(line)
    try:
        answered = Answered(is_rejected=True) if one.choice == CANNOT else _answered(one)
    except Reasoned as problem:
        one.errors["quantity"] = problem.reason.sentence
        return one
    one.found = [found for found in rules.judge(asked, answered, tolerance) if found.verdict != AS_ORDERED]
    return one


def _answered(one: LineAnswer) -> Answered:
    factor = Factor(one.line.numerator, one.line.denominator)
    schedule = tuple(_schedule(one, part, factor) for part in one.parts)
    return Answered(schedule=schedule, price=_base_price(one, factor), substitute=one.substitute)


def _schedule(one: LineAnswer, part: Part, factor: Factor) -> Schedule:
    """What was left as ordered counts as exactly that, also where the unit cannot write it exactly."""
    typed = Decimal(part.quantity)
    is_whole_line = len(one.parts) == 1 and typed == one.wanted.quantity
    base = one.line.ordered - one.line.cancelled if is_whole_line else factor.to_base(typed, rounding=True)
    return Schedule(base, date.fromisoformat(part.on))


def _base_price(one: LineAnswer, factor: Factor) -> Decimal:
    typed = Decimal(one.price)
    if typed == one.wanted.price:
        return one.line.price
    return half_up(Fraction(typed) * factor.denominator / factor.numerator, PLACES)


def _untouched(line: PurchaseOrderLine) -> LineAnswer:
    wanted = Wanted.of(line)
    quantity, on = wanted.quantity, wanted.on
    if line.confirmed_quantity is not None:
        quantity = Factor(line.numerator, line.denominator).from_base(line.confirmed_quantity, rounding=True)
        on = line.promised_on or on
    return LineAnswer(line, wanted, [Part(plain(quantity), on.isoformat())], plain(wanted.price))


def _typed(line: PurchaseOrderLine, data: QueryDict, seen: Wanted | None, today: date) -> LineAnswer:
    start, n = _untouched(line), line.number
    quantities, days = data.getlist(f"quantity-{n}"), data.getlist(f"on-{n}")
    if not quantities:
        return start
    typed = [Part(q.strip(), on.strip()) for q, on in zip(quantities, days, strict=False)][:MOST_PARTS]
    parts = typed[:1] + [part for part in typed[1:] if part.quantity]
    price = data.get(f"price-{n}", "").strip()
    choice = data.get(f"choice-{n}", TYPED)
    if seen:
        _follow(parts, seen, start.wanted)
        price = plain(start.wanted.price) if price == plain(seen.price) else price
    one = LineAnswer(
        line,
        start.wanted,
        parts or start.parts,
        price,
        choice if choice in (TYPED, CANNOT, LATER) else TYPED,
        data.get(f"substitute-{n}", "").strip()[:LONGEST_PART],
        data.get(f"reason-{n}", "").strip()[:LONGEST_REASON],
    )
    if one.choice == TYPED:
        _check(one, today)
    elif one.choice == CANNOT and not one.reason:
        one.errors["reason"] = _("Say why you cannot supply it.")
    return one


def _follow(parts: list[Part], seen: Wanted, now: Wanted) -> None:
    if len(parts) == 1 and parts[0].quantity == plain(seen.quantity):
        parts[0].quantity = plain(now.quantity)
    for part in parts:
        part.on = now.on.isoformat() if part.on == seen.on.isoformat() else part.on


def _check(one: LineAnswer, today: date) -> None:
    """Every field in the shape it must have, or a sentence that says what to type."""
    unit = Unit(one.line.unit.code, 0 if one.line.unit.is_whole else PLACES)
    for index, part in enumerate(one.parts):
        place = f"-{index}" if index else ""
        part.quantity = _number(one, f"quantity{place}", part.quantity, unit)
        part.on = _day(one, f"on{place}", part.on, today)
    one.price = _number(one, "price", one.price, None)
    if len(one.substitute) and any(sign in one.substitute for sign in "\x00\n"):
        one.errors["substitute"] = _("A part number is one line of text.")


def _number(one: LineAnswer, name: str, text: str, unit: Unit | None) -> str:
    try:
        value = parse_decimal(text, unit)
    except Reasoned as problem:
        one.errors[name] = problem.reason.sentence
        return text
    if value < 0 or (unit and value == 0):
        wrong = (
            _("More than zero. To refuse the line choose “Cannot supply”.") if unit else _("A price is not negative.")
        )
        one.errors[name] = wrong
    return plain(value)


def _day(one: LineAnswer, name: str, text: str, today: date) -> str:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        one.errors[name] = _("Give a day such as 2026-12-04.")
        return text
    known = (one.wanted.on, one.line.promised_on)
    if on < today and on not in known:
        one.errors[name] = _("This day is over. Give the day on which the goods will arrive.")
    elif on > today + FURTHEST and on not in known:
        one.errors[name] = _("This is years away. Give the day on which the goods will arrive.")
    return on.isoformat()


def plain(value: Decimal) -> str:
    """A figure as it is typed: no thousands, no zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
