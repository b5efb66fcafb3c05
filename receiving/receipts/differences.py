"""Say a difference so that people, cases and resolutions can work with it."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.values.exact import plain
from receiving.receipts.models import ReceiptLine
from receiving.receipts.rules import Discrepancy, Kind

CASES = {
    Kind.SHORT: "receipt_short",
    Kind.OVER: "receipt_over",
    Kind.DAMAGED: "receipt_damaged",
    Kind.REFUSED: "receipt_refused",
    Kind.WRONG_ITEM: "receipt_wrong_item",
    Kind.UNORDERED: "receipt_unordered",
    Kind.DOC_MISSING: "receipt_document",
}
STRANGERS = (Kind.WRONG_ITEM, Kind.UNORDERED)
NONE = Decimal(0)


def said(found: Discrepancy, group: list[ReceiptLine]) -> list[dict[str, Any]]:
    """The kind of case, how much, the sentence, and where those goods stand until somebody decides."""
    quantity, stands = _stands(found, group)
    if not quantity:
        return []  # what is too many is among the damaged ones, which have a case of their own
    return [
        {
            "kind": CASES[found.kind],
            "quantity": str(quantity),
            "sentence": _sentence(found, quantity, group[-1]),
            "stands": {status: str(value) for status, value in stands.items() if value},
        }
    ]


def as_json(discrepancies: list[dict[str, Any]]) -> str:
    return json.dumps(discrepancies)


def _stands(found: Discrepancy, group: Iterable[ReceiptLine]) -> tuple[Decimal, dict[str, Decimal]]:
    held = sum((line.held for line in group), NONE)
    if found.kind in (Kind.OVER, Kind.DOC_MISSING):
        return found.hold, {"hold": found.hold}
    if found.kind == Kind.DAMAGED:
        return found.quantity, {"damaged": found.quantity}
    if found.kind in STRANGERS:
        return found.quantity, {"hold": held, "damaged": sum((line.damaged for line in group), NONE)}
    return found.quantity, {}


def _sentence(found: Discrepancy, quantity: Decimal, line: ReceiptLine) -> str:
    facts = {name: plain(value) if isinstance(value, Decimal) else value for name, value in found.reason.facts.items()}
    facts["beyond"] = plain(quantity)
    match found.kind:
        case Kind.SHORT:
            return _("%(missing)s of %(announced)s did not come.") % facts
        case Kind.OVER:
            return _("%(beyond)s more than ordered came; they are on hold.") % facts
        case Kind.DAMAGED:
            return _("%(damaged)s came damaged; they are in quarantine.") % facts
        case Kind.REFUSED:
            return _("%(refused)s was sent away with the truck.") % facts
        case Kind.WRONG_ITEM:
            facts |= {"came": line.item.sku if line.item else line.description, "wanted": line.order_line.description}
            return _("%(arrived)s of %(came)s came in place of %(wanted)s; they are on hold.") % facts
        case Kind.UNORDERED:
            return _("%(arrived)s arrived that nobody ordered; they are on hold.") % facts
        case _:
            return _("%(accepted)s came without the certificate; they are on hold until it is here.") % facts
