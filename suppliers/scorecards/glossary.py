"""The measures of a scorecard: the one place that says what each counts. Pages, docs and the API read it from here.

A measure is the share of its cases that went well. The two variances are medians instead, and have no target.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.values.days import day_text


class Measure(models.TextChoices):
    CONFIRM_TIME = "confirm_time", _("Answered in time")
    AS_ORDERED = "as_ordered", _("Confirmed as ordered")
    ON_TIME = "on_time", _("On time in full")
    NOTICE = "notice", _("Ship notice as counted")
    RECEIPT = "receipt", _("Received without discrepancy")
    TOUCHLESS = "touchless", _("Matched without a case")
    PRICE = "price", _("Price against the order")
    LEAD_TIME = "lead_time", _("Lead time against the offer")


class Charged(models.TextChoices):
    """Whose it was that a case did not go well, as far as what was recorded says it."""

    NOBODY = "", _("Nobody")
    US = "us", _("Us")
    SUPPLIER = "supplier", _("Supplier")
    CARRIER = "carrier", _("Carrier")
    SYSTEM = "system", _("System")


class Contest(models.TextChoices):
    """What became of a supplier's objection to a case."""

    NONE = "", _("Not contested")
    OPEN = "open", _("Contested")
    KEPT = "kept", _("Contested, counts")
    EXCLUDED = "excluded", _("Excluded")


@dataclass(frozen=True)
class Definition:
    """``case`` is what is counted, ``month`` the day by which a case falls into a month."""

    key: Measure
    case: Any
    definition: Any
    month: Any
    target: int | None = None
    """Percent; the default of the parameter."""
    unit: str = "percent"
    """Of the values of its cases: percent, hours or days."""

    @property
    def label(self) -> Any:
        return self.key.label

    @property
    def is_variance(self) -> bool:
        return self.target is None


_ALL = (
    Definition(
        Measure.CONFIRM_TIME,
        _("orders"),
        _("Share of orders that were answered by the time the order asked for. How long an answer took is counted in "
          "working hours of the receiving site, from issue to the first answer; an order without an answer counts as "
          "late and takes no part in the hours. An order that was cancelled before its answer was due does not count."),
        _("when the answer was due"),
        target=90,
        unit="hours",
    ),
    Definition(
        Measure.AS_ORDERED,
        _("answered order lines"),
        _("Share of order lines whose first answer stayed within the tolerances agreed for quantity, price and date, "
          "so that nobody had to decide on a change."),
        _("when the first answer came"),
        target=90,
    ),
    Definition(
        Measure.ON_TIME,
        _("order lines"),
        _("Share of order lines that had arrived in full by the date first confirmed, or wanted where none was "
          "confirmed, plus the days the terms allow. A date that we moved counts as moved; a later date of the "
          "supplier's does not. What counts is the day the truck stood at the door, not the day we counted it. "
          "Early is on time. Lines that we cancelled do not count."),
        _("when the line was due"),
        target=95,
    ),
    Definition(
        Measure.NOTICE,
        _("announced lines"),
        _("Share of lines of ship notices of which exactly what was announced stood on the truck when it was counted, "
          "damaged and refused pieces included."),
        _("when the truck arrived"),
        target=95,
    ),
    Definition(
        Measure.RECEIPT,
        _("received lines"),
        _("Share of received lines without a discrepancy: nothing short, too many, damaged, refused, of another item, "
          "not ordered or without its papers. The discrepancy rate is the rest. Receipts that were reversed do not "
          "count."),
        _("when the truck arrived"),
        target=98,
    ),
    Definition(
        Measure.TOUCHLESS,
        _("invoice lines"),
        _("Share of invoice lines that matched order and receipt in every run of the match, so that nobody had to look "
          "at them. Waiting for our own count is not held against anybody. Invoices that were rejected count; lines "
          "that name no order of ours do not."),
        _("when the invoice came"),
        target=90,
    ),
    Definition(
        Measure.PRICE,
        _("invoice lines"),
        _("How far the price billed lies above (+) or below (−) the price ordered: the median over invoice lines. "
          "Good are lines billed at the price ordered or below."),
        _("when the invoice came"),
    ),
    Definition(
        Measure.LEAD_TIME,
        _("order lines"),
        _("Calendar days from issue until the line had arrived in full, less the lead time of the supplier's offer: "
          "the median over order lines, later (+) or sooner (−). Good are lines that took no longer than offered."),
        _("when the line was complete"),
        unit="days",
    ),
)  # fmt: skip
DEFINITIONS: dict[str, Definition] = {one.key.value: one for one in _ALL}
SCORED = [one for one in _ALL if not one.is_variance]
VARIANCES = [one for one in _ALL if one.is_variance]

SENTENCES: dict[str, Any] = {
    "answered": _("Answered after %(hours)s working hours, in time."),
    "answered_late": _("Answered after %(hours)s working hours; due was %(due_at)s."),
    "unanswered": _("Not answered by %(due_at)s."),
    "as_ordered": _("Confirmed as ordered."),
    "changed": _("The answer was beyond the tolerances."),
    "in_full": _("Complete on %(done_on)s; due was %(due_on)s."),
    "late": _("Complete on %(done_on)s only; due was %(due_on)s."),
    "not_in_full": _("%(arrived)s of %(wanted)s had arrived in time; due was %(due_on)s."),
    "carrier_late": _("Announced for %(announced_on)s, due %(due_on)s; complete on %(done_on)s."),
    "as_announced": _("%(announced)s announced and counted."),
    "not_as_announced": _("%(announced)s announced, %(counted)s counted."),
    "clean": _("No discrepancy."),
    "discrepancy": _("Discrepancy: %(kinds)s."),
    "matched": _("Matched without anybody looking."),
    "differed": _("Differed from the order: %(verdict)s."),
    "price": _("Billed %(billed)s, ordered %(ordered)s."),
    "lead_time": _("%(days)s days; the offer says %(offered)s."),
}
"""What is said of a case, by its code; the facts stand on the case, days (``_on``) and instants (``_at``) as ISO."""


def sentence(code: str, facts: dict[str, Any]) -> str:
    """In the reader's language."""
    return str(SENTENCES[code]) % {name: _said(name, value) for name, value in facts.items()}


def _said(name: str, value: Any) -> Any:
    if name.endswith("_on"):
        return day_text(date.fromisoformat(value))
    if name.endswith("_at"):
        at = datetime.fromisoformat(value)
        return f"{day_text(at.date())}, {at:%H:%M}"
    return value
