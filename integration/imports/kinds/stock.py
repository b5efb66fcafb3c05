"""Stock: what stood where when the records began. What arrives later comes by receipts, never by a second opening."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.values.actor import Actor
from integration.imports.columns import CHANGED, CHOICE, NEW, NUMBER, UNCHANGED, Column, Piece, kept
from integration.imports.kinds.base import Kind, Undone, Writing, within_reach
from organization.items.models import Item
from receiving.stock import adjusting
from receiving.stock.models import StockStatus

NONE = Decimal(0)


class Stock(Kind):
    name, label, one = "stock", gettext_lazy("Opening stock"), gettext_lazy("balance")
    verbs = ("adjust_stock",)
    key = ("site", "sku", "status")
    is_master = False
    columns = (
        Column("site", gettext_lazy("Site"), needed=True, of="site", also=("warehouse", "location")),
        Column("sku", gettext_lazy("SKU"), needed=True, of="item", also=("item", "item number", "product")),
        Column("quantity", gettext_lazy("Quantity"), NUMBER, needed=True, also=("qty", "on hand", "stock")),
        Column(
            "status",
            gettext_lazy("State"),
            CHOICE,
            choices=tuple(str(status) for status in adjusting.BY_HAND),
            hint=gettext_lazy("Empty means available."),
        ),
    )

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        opened = adjusting.opened(
            item_ids={piece.row.means["sku"].pk for piece in pieces},
            site_ids={piece.row.means["site"].pk for piece in pieces},
        )
        for piece in pieces:
            means = piece.row.means
            piece.found = opened.get((means["site"].pk, means["sku"].pk, _status(piece)))

    def judge(self, piece: Piece, by: Actor) -> None:
        row = piece.row
        within_reach(row, by, "adjust_stock", row.means["site"])
        if row.means["sku"].base_unit.is_whole and row["quantity"] % 1:
            unit = row.means["sku"].base_unit.name
            row.object(_("%(sku)s is counted in whole %(unit)s.") % {"sku": row["sku"], "unit": unit})
        piece.subject = row.means["sku"].subject
        was = piece.found or NONE
        piece.before = {"quantity": kept(was)}
        same = was == row["quantity"]
        piece.effect = UNCHANGED if same else NEW if piece.found is None else CHANGED

    def write(self, piece: Piece, writing: Writing) -> None:
        row = piece.row
        adjusting.open_balance(
            item=row.means["sku"],
            site=row.means["site"],
            status=_status(piece),
            quantity=row["quantity"],
            by=writing.by,
            at=writing.at,
            key=writing.key(piece),
        )

    def undo(self, item: Item, piece: Undone, writing: Writing, key: str) -> None:
        row = piece.rows[0]
        said: dict[str, Any] = {"by": writing.by, "at": writing.at, "key": key}
        adjusting.open_balance(
            item=item,
            site=row.means["site"],
            status=row.get("status", str(StockStatus.AVAILABLE)),
            quantity=Decimal((piece.before or {})["quantity"]),
            **said,
        )


def _status(piece: Piece) -> str:
    return piece.row.get("status", str(StockStatus.AVAILABLE))
