"""A scan from a device: sent twice, counted once."""

import uuid
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from receiving.receipts import codes
from receiving.receipts.actions.count import counting, whole
from receiving.receipts.codes import Meant, Recognized
from receiving.receipts.events import CodeScanned
from receiving.receipts.models import Receipt, ReceiptLine, Scan

CONDITIONS = ("accepted", "damaged", "refused")


class _KnownAlready(Exception):
    """Another sender brought the same scan first."""


def scan(
    *,
    receipt: Receipt,
    device_id: uuid.UUID,
    code: str,
    by: Actor,
    at: datetime,
    quantity: Decimal | None = None,
    condition: str = "accepted",
) -> Receipt:
    """Add what a code stands for (or ``quantity`` of it) to the counts; ``device_id`` is the scan's own, forever.

    An SSCC counts what of its unit is not counted yet. Refused when all of it is, and when no line of the receipt
    knows the code: the screen then offers to add it.
    """
    if Scan.objects.filter(device_id=device_id).exists():
        return receipt
    try:
        return _scan(
            receipt=receipt,
            device=str(device_id),
            code=code,
            quantity=quantity,
            condition=condition,
            by=by,
            at=at,
            key=f"scan:{device_id}",
        )
    except _KnownAlready:
        return receipt


@verb
def _scan(
    *,
    receipt: Receipt,
    device: str,
    code: str,
    quantity: Decimal | None,
    condition: str,
    by: Actor,
    at: datetime,
    key: str,
) -> Receipt:
    with deciding(receipt, by=by, seen=AS_IT_IS, key=key) as receipt:
        allow(by, "receive_goods", receipt)
        counting(receipt)
        if Scan.objects.filter(device_id=device).exists():
            raise _KnownAlready
        if condition not in CONDITIONS:
            raise Refused(_("Goods are accepted, damaged or refused."))
        found = codes.recognize(receipt, code)
        if not found.meant:
            raise Refused(unknown(found))
        if found.unit and not found.left:
            raise Refused(_("%(sscc)s is counted already.") % {"sscc": found.code.sscc})
        wanted = found.left if found.unit else found.meant
        told = [_add(receipt, meant, quantity, condition) for meant in wanted]
        _remember(receipt, device, code, condition, told, by=by, at=at)
        lines = [[line.number, str(added)] for line, added in told]
        event = CodeScanned(subject=receipt.subject, device=device, code=code[:120], condition=condition, lines=lines)
        journal.record(event, at=at)
    return receipt


def unknown(found: Recognized) -> str:
    """What was read, and that it is not on this receipt."""
    said = {"code": found.code.sscc or found.code.gtin or found.code.text}
    if found.unit:
        return _("%(code)s is on this truck, but nobody said what stands on it: count it line by line.") % said
    if found.item:
        return _("%(item)s was not announced here: add it as a new line.") % {"item": found.item}
    return _("Read: %(code)s. No line of this receipt knows it: try the other label, or add a line.") % said


def _add(receipt: Receipt, meant: Meant, quantity: Decimal | None, condition: str) -> tuple[ReceiptLine, Decimal]:
    added = quantity if quantity is not None else meant.quantity
    line = _of_lot(receipt, meant.line, meant.lot)
    whole(line.item, added)
    setattr(line, condition, getattr(line, condition) + added)
    line.lot = meant.lot or line.lot
    if line.item and line.item.tracks_lots and not line.lot:
        raise Refused(_("%(item)s is kept by lots: say which lot it is.") % {"item": line.item.sku})
    receipt.counted_count += not line.is_counted
    line.is_counted, line.tries = True, line.tries + 1
    line.save(update_fields=[condition, "lot", "is_counted", "tries"])
    return line, added


def _of_lot(receipt: Receipt, line: ReceiptLine, lot: str) -> ReceiptLine:
    """Another lot of the same goods is a line of its own: lots are never mixed."""
    if not lot or line.lot in ("", lot) or not (line.accepted or line.damaged or line.refused):
        return line
    receipt.line_count += 1
    return ReceiptLine.objects.create(
        receipt=receipt,
        number=receipt.line_count,
        order_line=line.order_line,
        item=line.item,
        description=line.description,
        lot=lot,
    )


def _remember(
    receipt: Receipt,
    device: str,
    code: str,
    condition: str,
    told: list[tuple[ReceiptLine, Decimal]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    first = uuid.UUID(device)
    Scan.objects.bulk_create(
        Scan(
            receipt=receipt,
            device_id=uuid.uuid5(first, str(line.pk)) if number else first,
            line=line,
            code=code[:120],
            quantity=added,
            condition=condition,
            at=at,
            by=str(by),
        )
        for number, (line, added) in enumerate(told)
    )
