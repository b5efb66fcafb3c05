"""What two revisions of an order say differently, line by line and field by field. No row, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.values.exact import plain

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
HEADER = ("need_by", "payment_terms", "incoterm", "note")
FIELDS = ("quantity", "price", "need_by", "description", "supplier_sku", "unit")
NUMBERS = ("quantity", "price")


@dataclass(frozen=True)
class Difference:
    """One field that changed; ``line`` is None for the header."""

    line: int | None
    what: str
    field: str
    before: str
    after: str
    kind: str = CHANGED


def between(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Header first, then lines by number."""
    return [*_header(old, new), *_lines(old, new)]


def amounts(old: dict[str, Any], new: dict[str, Any]) -> tuple[Decimal, Decimal]:
    return Decimal(old["amount"]), Decimal(new["amount"])


def _header(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for field in HEADER:
        if old[field] != new[field]:
            yield Difference(None, _("Order"), _label(field), _said(field, old), _said(field, new))


def _lines(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    before = {line["number"]: line for line in old["lines"]}
    after = {line["number"]: line for line in new["lines"]}
    for number in sorted(before.keys() | after.keys()):
        was, is_ = before.get(number), after.get(number)
        if was is None or is_ is None:
            line = was or is_ or {}
            text = f"{_said('quantity', line)} × {line['description']}"
            kind = REMOVED if is_ is None else ADDED
            yield Difference(number, _name(line), _("Line"), text if was else "", text if is_ else "", kind)
            continue
        if is_["is_cancelled"] and not was["is_cancelled"]:
            said = _said("quantity", was), _said("quantity", is_)
            yield Difference(number, _name(was), _("Cancelled"), *said, REMOVED)
            continue
        for field in FIELDS:
            if _value(field, was) != _value(field, is_):
                yield Difference(number, _name(is_), _label(field), _said(field, was), _said(field, is_))


def _value(field: str, line: dict[str, Any]) -> Any:
    return Decimal(line[field]) if field in NUMBERS else line[field]


def _said(field: str, of: dict[str, Any]) -> str:
    value = of.get(field)
    if value is None or value == "":
        return "–"
    if field == "quantity":
        return f"{plain(Decimal(value))} {of['base_unit']}"
    return plain(Decimal(value), 2) if field in NUMBERS else str(value)


def _name(line: dict[str, Any]) -> str:
    return f"{line['sku']} {line['description']}".strip()


def _label(field: str) -> str:
    words = {
        "quantity": _("Quantity"),
        "price": _("Price"),
        "need_by": _("Need by"),
        "description": _("Description"),
        "supplier_sku": _("Supplier's part"),
        "unit": _("Unit"),
        "payment_terms": _("Payment terms"),
        "incoterm": _("Delivery terms"),
        "note": _("Note"),
    }
    return words[field]
