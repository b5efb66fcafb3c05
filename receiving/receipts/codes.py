"""From a code on the goods to the lines of a receipt that it means."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from foundation.values.quantity import Factor
from organization.items.models import Item, ItemUnit
from receiving.notices import barcodes
from receiving.notices.models import HandlingUnit
from receiving.notices.rules import below
from receiving.receipts.models import Receipt, ReceiptLine

ONE = Factor(1)


@dataclass(frozen=True)
class Meant:
    """A line and how much one scan of the code stands for, in base units."""

    line: ReceiptLine
    quantity: Decimal
    lot: str = ""
    expires_on: date | None = None


@dataclass(frozen=True)
class Recognized:
    """``meant`` is empty for a code that no line of the receipt knows; ``item`` may know it all the same.

    ``unit`` is the pallet or carton of the notice whose SSCC was read.
    """

    code: barcodes.Code
    meant: tuple[Meant, ...] = ()
    item: Item | None = None
    factor: Factor = ONE
    unit: HandlingUnit | None = None

    @property
    def left(self) -> tuple[Meant, ...]:
        """What of the unit is not counted yet."""
        return tuple(meant for meant in self.meant if not meant.line.is_counted)


def recognize(receipt: Receipt, raw: str) -> Recognized:
    """An SSCC means all that the notice put on that unit and on the units inside it; anything else means one line.

    Of several lines with the item, the one with the code's lot, else the first that is not counted, else the first.
    """
    code = barcodes.read(raw)
    rows = receipt.lines.select_related("item__base_unit", "order_line__unit", "notice_line").order_by("number")
    if code.sscc:
        return _on_unit(receipt, rows, code)
    item, factor = _item(code)
    if item is None and code.text:
        line = rows.filter(order_line__supplier_sku__iexact=code.text).first()
        if line is not None:
            pack = Factor(line.order_line.numerator, line.order_line.denominator)
            return Recognized(code, (_one(line, pack, code),), line.item, pack)
    if item is None:
        return Recognized(code)
    lines = list(rows.filter(item=item))
    best = sorted(lines, key=lambda line: (line.lot != code.lot, line.is_counted, line.number))[:1]
    return Recognized(code, tuple(_one(line, factor, code) for line in best), item, factor)


def _on_unit(receipt: Receipt, rows: QuerySet[ReceiptLine], code: barcodes.Code) -> Recognized:
    units = {unit.pk: unit for unit in receipt.notice.units.all()} if receipt.notice else {}
    top = next((unit for unit in units.values() if unit.sscc == code.sscc), None)
    if top is None:
        return Recognized(code)
    inside = below(((unit.pk, unit.around_id) for unit in units.values()), top.pk)
    lines = rows.filter(content__unit__in=inside).order_by("content__unit__number", "number")
    return Recognized(code, tuple(Meant(line, line.expected, line.lot) for line in lines), unit=top)


def _one(line: ReceiptLine, factor: Factor, code: barcodes.Code) -> Meant:
    return Meant(line, factor.to_base(Decimal(code.count or 1), rounding=True), code.lot, code.expires_on)


def _item(code: barcodes.Code) -> tuple[Item | None, Factor]:
    items = Item.objects.select_related("base_unit")
    if not code.gtin:
        return items.filter(sku__iexact=code.text).first(), ONE
    bare = code.gtin.lstrip("0")
    ways = {code.gtin, bare, bare.zfill(13), bare.zfill(12), bare.zfill(8)}
    if item := items.filter(Q(gtin__in=ways) | Q(sku=code.text)).first():
        return item, ONE
    pack = ItemUnit.objects.select_related("item__base_unit").filter(gtin__in=ways).first()
    return (pack.item, Factor(pack.numerator, pack.denominator)) if pack else (None, ONE)
