"""Policy checks of a request: each says pass, warn or block, and how to mend it. No row, no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from foundation.values.days import day_text
from governance.waivers.registry import register, register_document

WARN, BLOCK, WAIVED = "warn", "block", "waived"
WAIVABLE = {
    "supplier": _l("Ordering from a supplier that is not open for orders"),
    "budget": _l("Spending beyond the budget"),
    "off_contract": _l("Buying outside a contract"),
    "price": _l("Paying more than usual"),
    "lead_time": _l("Asking for it sooner than the supplier delivers"),
    "minimum": _l("Ordering less than the supplier's minimum"),
    "multiple": _l("Ordering what is no multiple of the supplier's"),
}
"""Checks that a waiver lets pass. Why something is urgent is always said."""
for _name, _words in WAIVABLE.items():
    register(_name, _words)
register_document("procurement.requisition", "/requests/{}/")
register_document("procurement.purchaseorder", "/orders/{}/")


@dataclass(frozen=True)
class Checked:
    """What is known of one line when it is checked."""

    number: int
    item: str
    has_supplier: bool
    supplier_state: str
    supplier_may_be_ordered_from: bool
    price_source: str
    price: Decimal
    standard_price: Decimal
    """In the same currency, for one base unit; zero when nobody keeps one."""
    warned_percent: Decimal
    """So much above the standard price is told."""
    under_contract: bool
    contract_exists: bool
    need_by: date
    soonest: date
    units: Decimal
    minimum: Decimal
    multiple: Decimal


@dataclass(frozen=True)
class Finding:
    kind: str
    verdict: str
    sentence: str
    line: int | None = None
    waiver: int | None = None
    """By which it is let pass."""
    other: str = ""
    """The number of another request that this is about."""
    merges: bool = False
    """Whether the other one still takes lines."""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def findings(
    lines: Iterable[Checked],
    *,
    budget_state: str,
    urgency: str,
    urgency_reason: str,
    stock_out_on: date | None = None,
) -> list[Finding]:
    """Everything that is not as it should be, worst first."""
    found = [finding for line in lines for finding in _line(line)]
    if budget_state == "over":
        found.append(Finding("budget", WARN, _("The budget of the cost center does not cover this.")))
    if budget_state == "unbudgeted":
        found.append(Finding("budget", WARN, _("No budget is kept for this: name a cost center that has one.")))
    if urgency != "normal" and not urgency_reason.strip():
        found.append(Finding("urgency", BLOCK, _("Say why it is urgent: what stands still, and from when.")))
    if urgency == "emergency" and stock_out_on is None:
        found.append(Finding("urgency", BLOCK, _("An emergency needs the day on which the stock runs out.")))
    return sorted(found, key=lambda f: (f.verdict != BLOCK, f.line or 0))


def _line(line: Checked) -> Iterator[Finding]:
    if line.has_supplier and not line.supplier_may_be_ordered_from:
        sentence = _("The supplier is %(state)s: pick another one.") % {"state": line.supplier_state}
        yield Finding("supplier", BLOCK, sentence, line.number)
    if not line.under_contract and line.contract_exists:
        sentence = _("There is a contract for %(item)s; this buys outside it.") % {"item": line.item}
        yield Finding("off_contract", WARN, sentence, line.number)
    if line.standard_price and line.price > line.standard_price * (1 + line.warned_percent / 100):
        above = (line.price / line.standard_price - 1) * 100
        sentence = _("The price is %(percent)d %% above what %(item)s usually costs.") % {
            "percent": above,
            "item": line.item,
        }
        yield Finding("price", WARN, sentence, line.number)
    if line.need_by < line.soonest:
        sentence = _("The supplier needs until %(day)s: ask for a later date or mark it urgent.") % {
            "day": day_text(line.soonest)
        }
        yield Finding("lead_time", WARN, sentence, line.number)
    if line.units < line.minimum:
        sentence = _("The supplier takes orders from %(minimum)s up.") % {"minimum": f"{line.minimum.normalize():f}"}
        yield Finding("minimum", WARN, sentence, line.number)
    elif line.multiple and line.units % line.multiple:
        sentence = _("The supplier sells multiples of %(multiple)s.") % {"multiple": f"{line.multiple.normalize():f}"}
        yield Finding("multiple", WARN, sentence, line.number)


def blocks(found: Iterable[Finding]) -> list[str]:
    return [f"{_('Line')} {f.line}: {f.sentence}" if f.line else f.sentence for f in found if f.verdict == BLOCK]


@dataclass(frozen=True)
class Fate:
    """How far a line has come, as a tone and a phrase."""

    tone: str
    phrase: str


def fate(line: Any, became: Iterable[Any]) -> Fate:
    """From request to match, the furthest thing that is true of all of it.

    ``line`` has quantity, ordered, cancelled; what became of it has open, received, billed, ordered, promised_on.
    """
    became = [one for one in became if one.order_status not in ("cancelled", "rejected")]
    if line.outcome:
        return Fate("warn", _("Sent back")) if line.outcome == "returned" else Fate("bad", _("Rejected"))
    if line.quantity == line.cancelled:
        return Fate("neutral", _("Cancelled"))
    if not became:
        waits = line.requisition.status in ("approved", "partly_ordered")
        return Fate("wait", _("Waits to be ordered")) if waits else Fate("neutral", _("Not ordered"))
    received, ordered = sum(one.received for one in became), sum(one.ordered for one in became)
    if all(one.billed >= one.ordered for one in became):
        return Fate("ok", _("Invoiced"))
    if received >= ordered:
        return Fate("ok", _("Received"))
    if received:
        return Fate("info", _("Partly received"))
    if all(one.promised_on for one in became):
        return Fate("info", _("Confirmed"))
    if any(one.order_status == "issued" for one in became):
        return Fate("info", _("Ordered, not confirmed"))
    return Fate("wait", _("On an order that is not sent"))
