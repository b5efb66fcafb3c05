"""Receipts: what came with a delivery note, counted line by line and posted; differences become cases, as always."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.values.actor import Actor
from integration.imports import origins
from integration.imports.columns import DAY, FLAG, NUMBER, Column, Piece, Row
from integration.imports.kinds.base import Kind, Undone, Writing
from integration.imports.kinds.orders import noon
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from receiving.receipts import actions as receipts
from receiving.receipts.models import Receipt, ReceiptLine

NONE = Decimal(0)
COUNTS = ("accepted", "damaged", "refused")


@dataclass(frozen=True)
class Came:
    """What came of one order line."""

    line: PurchaseOrderLine
    accepted: Decimal
    damaged: Decimal
    refused: Decimal
    lot: str
    note: str
    certificate: bool


class Receipts(Kind):
    name, label, one = "receipts", gettext_lazy("Receipts"), gettext_lazy("receipt")
    verbs = ("receive_goods",)
    key = ("delivery_note",)
    one_row = is_master = False
    columns = (
        Column("delivery_note", gettext_lazy("Delivery note"), needed=True, also=("packing slip", "receipt")),
        Column(
            "order",
            gettext_lazy("Order"),
            needed=True,
            also=("purchaseorderid", "order number", "po", "po number"),
            hint=gettext_lazy("Our number, or the one it was imported under."),
        ),
        Column("sku", gettext_lazy("SKU"), needed=True, of="item", also=("item", "item number", "product")),
        Column("accepted", gettext_lazy("Accepted"), NUMBER, needed=True, also=("stockedqty", "quantity", "received")),
        Column("damaged", gettext_lazy("Damaged"), NUMBER, also=("rejectedqty", "rejected")),
        Column("refused", gettext_lazy("Refused at the door"), NUMBER, also=("refused",)),
        Column("received_on", gettext_lazy("Received on"), DAY, also=("shipdate", "date", "receipt date")),
        Column("lot", gettext_lazy("Lot"), also=("batch",)),
        Column("has_certificate", gettext_lazy("The certificate is here"), FLAG, also=("certificate",)),
        Column("note", gettext_lazy("Note"), longest=200, also=("remark",)),
    )

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        rows = [row for piece in pieces for row in piece.rows if row["order"]]
        known = orders_by_name({row["order"] for row in rows}, by)
        for row in rows:
            if row["order"] in known:
                row.means["order"] = known[row["order"]]
            else:
                row.object(_("There is no order “%(text)s” that you may receive.") % {"text": row["order"]})
        found = {order.pk for order in known.values()}
        lines = PurchaseOrderLine.objects.everywhere(because="lines of orders in hand").filter(order__in=found)
        self.lines: dict[tuple[int, int], list[PurchaseOrderLine]] = defaultdict(list)
        for line in lines.select_related("item__base_unit").order_by("number"):
            self.lines[line.order_id, line.item_id].append(line)
        references = {_reference(piece) for piece in pieces if "order" in piece.row.means}
        self.origins = origins.known(self.name, references)

    def judge(self, piece: Piece, by: Actor) -> None:
        piece.all("received_on")
        if len({(row.means["order"].supplier_id, row.means["order"].site_id) for row in piece.rows}) > 1:
            piece.row.object(_("One delivery note is of one supplier and one site."))
        came = [self._came(row) for row in piece.rows]
        if piece.errors:
            return
        piece.plan = came
        origins.compare(piece, self.origins.get(_reference(piece)))

    def _came(self, row: Row) -> Came | None:
        lines = self.lines.get((row.means["order"].pk, row.means["sku"].pk), [])
        if not lines:
            said = {"order": row.means["order"].number, "sku": row["sku"]}
            row.object(_("%(order)s has no line for %(sku)s.") % said)
            return None
        counted = {name: row.get(name, NONE) for name in COUNTS}
        if row.means["sku"].base_unit.is_whole and any(value % 1 for value in counted.values()):
            row.object(
                _("%(sku)s is counted in whole %(unit)s.") % {"sku": row["sku"], "unit": lines[0].item.base_unit}
            )
        if row.means["sku"].tracks_lots and not row["lot"] and any(counted.values()):
            row.object(_("%(sku)s is kept by lots: say which lot it is.") % {"sku": row["sku"]})
        line = next((line for line in lines if line.open), lines[0])
        words = {"lot": row.get("lot", ""), "note": row.get("note", "")}
        return Came(line, **counted, **words, certificate=bool(row["has_certificate"]))

    def write(self, piece: Piece, writing: Writing) -> None:
        order: PurchaseOrder = piece.row.means["order"]
        at = noon(piece.row["received_on"], order.site) if piece.row["received_on"] else writing.at
        said: dict[str, Any] = {"by": writing.by, "at": at}
        wanted = {row.means["order"].pk: row.means["order"] for row in piece.rows}
        receipt = receipts.start(
            site=order.site,
            supplier=order.supplier,
            orders=list(wanted.values()),
            delivery_note=piece.row["delivery_note"],
            key=writing.key(piece, "start"),
            **said,
        )
        receipt = self._count(receipt, piece, writing, said)
        receipt = receipts.post(receipt=receipt, seen=receipt.version, key=writing.key(piece, "post"), **said)
        piece.subject = receipt.subject
        origins.keep(self.name, _reference(piece), piece, receipt.subject, writing.batch)

    def _count(self, receipt: Receipt, piece: Piece, writing: Writing, said: dict[str, Any]) -> Receipt:
        """Line by line what differs; what came as expected all at once."""
        came: dict[int, list[Came]] = defaultdict(list)
        for one in piece.plan:
            came[one.line.pk].append(one)
        lines = list(receipt.lines.select_related("item").order_by("number"))
        as_expected = []
        for line in lines:
            counts = came.pop(line.order_line_id or 0, [])
            if _is_plain(line, counts) and not receipt.site.counts_blind:
                as_expected.append(line)
            else:
                receipt = _count_line(receipt, line, counts, writing.key(piece, f"count-{line.number}"), said)
        if as_expected:
            receipt = receipts.as_announced(receipt=receipt, key=writing.key(piece, "rest"), **said)
        for rest in came.values():
            for place, one in enumerate(rest):
                key = writing.key(piece, f"more-{one.line.pk}-{place}")
                more = {"order_line": one.line, "accepted": one.accepted, "note": one.note, "lot": one.lot}
                receipt = receipts.add_line(receipt=receipt, key=key, **more, **said)
        return receipt

    def undo(self, receipt: Receipt, piece: Undone, writing: Writing, key: str) -> None:
        why = _("Its import was undone.")
        receipts.reverse(receipt=receipt, reason=why, by=writing.by, at=writing.at, seen=receipt.version, key=key)
        origins.forget(self.name, receipt.subject)


def orders_by_name(names: set[str], by: Actor) -> dict[str, PurchaseOrder]:
    """Orders by our number or by the one they were imported under, as far as the actor may receive for them."""
    known = origins.known("orders", names)
    keys = {
        int(origin.subject.partition(":")[2]): name
        for name, origin in known.items()
        if "purchaseorder" in origin.subject
    }
    rows = PurchaseOrder.objects.visible_to(by, "receive_goods").select_related("site__entity", "supplier__party")
    found = {keys[order.pk]: order for order in rows.filter(pk__in=keys)}
    return found | {order.number: order for order in rows.filter(number__in=names - found.keys())}


def _reference(piece: Piece) -> str:
    return f"{piece.row.means['order'].supplier.number}/{piece.row['delivery_note']}"


def _is_plain(line: ReceiptLine, counts: list[Came]) -> bool:
    """Exactly what was expected, nothing to say about it."""
    if len(counts) != 1 or counts[0].damaged or counts[0].refused or counts[0].lot or counts[0].note:
        return False
    return counts[0].accepted == line.expected and not (
        line.item and (line.item.tracks_lots or line.item.needs_certificate)
    )


def _count_line(receipt: Receipt, line: ReceiptLine, counts: list[Came], key: str, said: dict[str, Any]) -> Receipt:
    sums = {name: sum((getattr(one, name) for one in counts), NONE) for name in COUNTS}
    words: dict[str, Any] = {
        "has_certificate": bool(counts) and all(one.certificate for one in counts),
        "lot": next((one.lot for one in counts if one.lot), ""),
        "note": "; ".join(one.note for one in counts if one.note)[:200],
    }
    for again in ("", "-again"):  # where counting is blind, a first count that differs is asked for twice
        receipt = receipts.count(receipt=receipt, line_number=line.number, key=key + again, **sums, **words, **said)
        if receipt.lines.filter(pk=line.pk, is_counted=True).exists():
            break
    return receipt
