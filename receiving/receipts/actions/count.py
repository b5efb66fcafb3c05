"""Count what came: enter what stands on the floor, line by line or all at once."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, deciding, verb
from foundation.files.models import StoredFile
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.items.models import Item
from procurement.orders.models import PurchaseOrderLine
from receiving.receipts.events import LineCounted, RestCounted
from receiving.receipts.lifecycle import ReceiptState
from receiving.receipts.models import Receipt, ReceiptLine


@verb
def count(
    *,
    receipt: Receipt,
    line_number: int,
    accepted: Decimal,
    by: Actor,
    at: datetime,
    key: str,
    damaged: Decimal = Decimal(0),
    refused: Decimal = Decimal(0),
    lot: str = "",
    note: str = "",
    photo: StoredFile | None = None,
    has_certificate: bool = False,
) -> Receipt:
    """What stands there of one line, in base units; counting again replaces the count. Zero means: not there.

    ``has_certificate`` says that the papers of an item that needs them came along; without, posting holds the goods.

    Where counting is blind, a first count that differs is asked for again, without a word on which way it differs; the
    second one stands.
    """
    with deciding(receipt, by=by, seen=AS_IT_IS, key=key) as receipt:
        allow(by, "receive_goods", receipt)
        counting(receipt)
        line = receipt.lines.select_related("item__base_unit").filter(number=line_number).first()
        if line is None:
            raise Refused(_("This receipt has no line %(number)s.") % {"number": line_number})
        whole(line.item, accepted, damaged, refused)
        _lot(line, lot, accepted + damaged)
        line.accepted, line.damaged, line.refused = accepted, damaged, refused
        line.lot, line.note, line.photo = lot or line.lot, note or line.note, photo or line.photo
        line.has_certificate = has_certificate
        line.tries += 1
        _settle(receipt, line)
        line.save()
        said = {"accepted": str(accepted), "damaged": str(damaged), "refused": str(refused)}
        journal.record(LineCounted(subject=receipt.subject, line=line_number, **said), at=at)
    return receipt


@verb
def as_announced(*, receipt: Receipt, by: Actor, at: datetime, key: str) -> Receipt:
    """Everything that was not counted yet came as announced. Not where counting is blind."""
    with deciding(receipt, by=by, seen=AS_IT_IS, key=key) as receipt:
        allow(by, "receive_goods", receipt)
        counting(receipt)
        if receipt.site.counts_blind:
            raise Refused(_("%(site)s counts blind: count every line.") % {"site": receipt.site.name})
        if receipt.lines.filter(is_counted=False, lot="", item__tracks_lots=True).exists():
            raise Refused(_("Some lines need a lot: count those first."))
        if receipt.lines.filter(is_counted=False, item__needs_certificate=True).exists():
            raise Refused(_("Some lines need a certificate: count those first, and say whether it is here."))
        _rest(receipt, at=at, as_announced=True, accepted=F("expected"))
    return receipt


@verb
def nothing_more(*, receipt: Receipt, by: Actor, at: datetime, key: str) -> Receipt:
    """The truck is empty: what was not counted yet is not there."""
    with deciding(receipt, by=by, seen=AS_IT_IS, key=key) as receipt:
        allow(by, "receive_goods", receipt)
        counting(receipt)
        _rest(receipt, at=at, as_announced=False, accepted=0)
    return receipt


@verb
def add_line(
    *,
    receipt: Receipt,
    by: Actor,
    at: datetime,
    key: str,
    accepted: Decimal,
    order_line: PurchaseOrderLine | None = None,
    item: Item | None = None,
    description: str = "",
    note: str = "",
    lot: str = "",
) -> Receipt:
    """Something nobody announced: another order's goods, another item than the one of a line, a thing nobody ordered.

    It is recorded all the same. With an order line and a different item it is the wrong item for that line.
    """
    with deciding(receipt, by=by, seen=AS_IT_IS, key=key) as receipt:
        allow(by, "receive_goods", receipt)
        counting(receipt)
        item = item or (order_line.item if order_line else None)
        what = description or (item.description if item else order_line.description if order_line else "")
        if not what:
            raise Refused(_("Say what it is: scan it, pick the item, or describe it."))
        whole(item, accepted)
        receipt.line_count += 1
        receipt.counted_count += 1
        ReceiptLine.objects.create(
            receipt=receipt,
            number=receipt.line_count,
            order_line=order_line,
            item=item,
            description=what,
            is_counted=True,
            tries=1,
            accepted=accepted,
            note=note,
            lot=lot,
        )
        said = {"accepted": str(accepted), "damaged": "0", "refused": "0"}
        journal.record(LineCounted(subject=receipt.subject, line=receipt.line_count, **said), at=at)
    return receipt


def counting(receipt: Receipt) -> None:
    if receipt.status != ReceiptState.OPEN:
        raise Refused(
            _("This receipt is %(state)s: nothing can be counted.") % {"state": receipt.get_status_display().lower()}
        )


def whole(item: Item | None, *quantities: Decimal) -> None:
    unit = item.base_unit if item else None
    for quantity in quantities:
        if quantity < 0:
            raise Refused(_("A count cannot be negative."))
        if unit and unit.is_whole and quantity % 1:
            raise Refused(_("%(item)s is counted in whole %(unit)s.") % {"item": item.sku, "unit": unit.name})


def _lot(line: ReceiptLine, lot: str, quantity: Decimal) -> None:
    if line.item and line.item.tracks_lots and quantity and not (lot or line.lot):
        raise Refused(_("%(item)s is kept by lots: say which lot it is.") % {"item": line.item.sku})


def _settle(receipt: Receipt, line: ReceiptLine) -> None:
    """Whether this count stands."""
    differs = line.accepted != line.expected or line.damaged or line.refused
    if receipt.site.counts_blind and differs and line.tries == 1:
        return
    receipt.counted_count += not line.is_counted
    line.is_counted = True


def _rest(receipt: Receipt, *, at: datetime, as_announced: bool, accepted: object) -> None:
    told = receipt.lines.filter(is_counted=False).update(is_counted=True, tries=F("tries") + 1, accepted=accepted)
    if not told:
        raise Refused(_("Every line is counted already."))
    receipt.counted_count += told
    journal.record(RestCounted(subject=receipt.subject, lines=told, as_announced=as_announced), at=at)
