"""From an order response to the body of a confirmation. Lines count over the header; what is open goes to a person."""

from typing import Any

from django.utils.translation import gettext as _

from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.plain import digits
from integration.inbox.matching import (
    Doubts,
    Lines,
    Wanted,
    called,
    currency_fits,
    in_units,
    order_of,
    price_of,
    unit_fits,
)
from procurement.confirmations import glossary
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Supplier

OPEN = {glossary.PRICE_PENDING, glossary.ON_HOLD, glossary.ALREADY_DELIVERED}
"""Answers that settle nothing a submission could say."""
DAYLESS = {glossary.DATE_PENDING, glossary.BACKORDERED, glossary.PARTLY_BACKORDERED, glossary.DATE_CHANGED}
"""Answers that say something only with a day."""
FIGURELESS = {glossary.CHANGED, glossary.QUANTITY_CHANGED, glossary.PRICE_CHANGED}
MEANINGS = {code.word: code.meaning for code in glossary.LINES}


def confirmation(response: OrderResponse, supplier: Supplier, doubts: Doubts) -> list[Wanted]:
    """One submission about the order it answers, or doubts."""
    order = order_of(response.order, supplier, "order", doubts)
    if order is None:
        return []
    currency_fits(order, response.currency, doubts)
    header, lines = _answered(response, order, doubts)
    body = {
        "revision": response.order.revision or order.revision,
        "order": order.number,
        "header": header,
        "reference": response.supplier_reference or response.number,
        "lines": lines,
    }
    return [Wanted(SubmissionKind.CONFIRMATION, [order], body)]


def _answered(response: OrderResponse, order: PurchaseOrder, doubts: Doubts) -> tuple[str, list[dict[str, Any]]]:
    """The header that ``confirm`` knows, and what is said of each line."""
    header = glossary.TAKEN_AS.get(response.code, "")
    if header == glossary.ACKNOWLEDGED:
        return header, []
    if header == glossary.REJECTED and all(line.code in glossary.NOTHING_COMES for line in response.lines):
        return header, []
    rows = Lines(order)
    said = [_line(line, rows, doubts) for line in response.lines]
    lines = [line for line in said if line is not None]
    if response.code == glossary.ACCEPTED:
        spoken = {line["line"] for line in lines}
        lines += [{"line": row.number} for row in rows.rows if row.number not in spoken and not row.closed_short]
    if not lines and not doubts.found:
        sentence = _("It says that something changes, but no line says what: ask for the lines.")
        doubts.hold("lines_missing", "lines", sentence)
    return glossary.ANSWERED, lines


def _line(line: ResponseLine, rows: Lines, doubts: Doubts) -> dict[str, Any] | None:
    where = f"lines[{line.number}]"
    if line.code == glossary.ADDED:
        sentence = _("The supplier adds %(item)s as line %(line)s: only the buyer can, by changing the order.")
        doubts.hold("line_added", where, sentence, item=called(line.item) or "?", line=line.number)
        return None
    row = rows.find(line.number, line.item, where, doubts)
    if row is None:
        return None
    said: dict[str, Any] = {"line": row.number}
    if reason := line.reason or " ".join(line.notes):
        said["reason"] = reason
    if line.code in glossary.NOTHING_COMES:
        return said | {"rejected": True}
    if line.code in OPEN:
        sentence = _("Line %(line)s is still open with the supplier (%(meaning)s): ask what it waits for.")
        doubts.hold("still_open", where, sentence, line=line.number, meaning=MEANINGS[line.code])
        return None
    if not unit_fits(row, line.unit, where, doubts):
        return None
    if (price := price_of(row, line, f"{where}.price", doubts)) is not None:
        said["price"] = digits(price)
    if line.substitute:
        said["substitute"] = called(line.substitute)
    return said | _coming(line, row, price_said=price is not None, where=where, doubts=doubts)


def _coming(
    line: ResponseLine, row: PurchaseOrderLine, *, price_said: bool, where: str, doubts: Doubts
) -> dict[str, Any]:
    """What comes when: nothing said is as ordered, and a day that is not known is not promised."""
    if not line.schedule:
        _as_ordered(line, row, price_said, where, doubts)
        return {}
    if len(line.schedule) == 1:
        (slot,) = line.schedule
        if slot.on is None and line.code in DAYLESS:
            _dayless(line, where, doubts)
        return {"quantity": digits(slot.quantity)} | ({"on": slot.on.isoformat()} if slot.on else {})
    if any(slot.on is None for slot in line.schedule):
        _dayless(line, where, doubts)
        return {}
    return {
        "split": [{"quantity": digits(slot.quantity), "on": slot.on.isoformat()} for slot in line.schedule if slot.on]
    }


def _as_ordered(line: ResponseLine, row: PurchaseOrderLine, price_said: bool, where: str, doubts: Doubts) -> None:
    ordered = {in_units(row, row.ordered), in_units(row, row.ordered - row.cancelled)}
    if line.code in DAYLESS:
        _dayless(line, where, doubts)
    elif line.code in FIGURELESS and not price_said:
        sentence = _("Line %(line)s is changed, but nothing says how: ask for quantity, day or price.")
        doubts.hold("change_missing", where, sentence, line=line.number)
    elif line.quantity is not None and line.quantity not in ordered:
        sentence = _("Line %(line)s repeats %(said)s as ordered; we ordered %(ours)s: ask how many come.")
        doubts.hold("ordered_differs", where, sentence, line=line.number, said=digits(line.quantity),
                    ours=digits(min(ordered)))  # fmt: skip


def _dayless(line: ResponseLine, where: str, doubts: Doubts) -> None:
    sentence = _("Line %(line)s does not say on which day all of it comes: ask for the days.")
    doubts.hold("day_missing", where, sentence, line=line.number)
