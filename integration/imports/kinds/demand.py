"""Demand: customer orders, taken as if a person had entered them; stock is promised to them after commit."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.values.actor import Actor
from fulfillment.demand import actions as demand
from fulfillment.demand.actions import Ordered
from fulfillment.demand.models import CustomerOrder
from integration.imports import origins
from integration.imports.columns import DAY, FLAG, NUMBER, WHOLE, Column, Piece
from integration.imports.kinds.base import Kind, Undone, Writing, within_reach
from integration.imports.kinds.orders import noon


class Demand(Kind):
    name, label, one = "demand", gettext_lazy("Customer orders"), gettext_lazy("customer order")
    verbs = ("edit_demand",)
    key = ("customer", "reference")
    one_row = is_master = False
    columns = (
        Column("customer", gettext_lazy("Customer"), needed=True, of="customer", also=("customer number",)),
        Column("reference", gettext_lazy("Customer's number"), needed=True, also=("order", "order number", "po")),
        Column("site", gettext_lazy("Site"), needed=True, of="site", also=("warehouse", "ship from")),
        Column("sku", gettext_lazy("SKU"), needed=True, of="item", also=("item", "item number", "product")),
        Column("quantity", gettext_lazy("Quantity"), NUMBER, needed=True, also=("qty", "ordered")),
        Column("promised_on", gettext_lazy("Promised on"), DAY, needed=True, also=("due date", "delivery date")),
        Column("ordered_on", gettext_lazy("Ordered on"), DAY, also=("order date",)),
        Column("priority", gettext_lazy("Priority"), WHOLE, hint=gettext_lazy("1 is served first.")),
        Column("ships_complete", gettext_lazy("Ships complete"), FLAG, also=("complete only",)),
    )

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        known = origins.known(self.name, map(_reference, pieces))
        for piece in pieces:
            piece.found = known.get(_reference(piece))

    def judge(self, piece: Piece, by: Actor) -> None:
        for name in ("site", "promised_on", "ordered_on", "priority", "ships_complete"):
            piece.all(name)
        within_reach(piece.row, by, "edit_demand", piece.row.means["site"])
        for row in piece.rows:
            unit = row.means["sku"].base_unit
            if not row["quantity"] or (unit.is_whole and row["quantity"] % 1):
                row.object(_("%(sku)s: say how much, in whole %(unit)s.") % {"sku": row["sku"], "unit": unit.name})
            if row["priority"] is not None and not 1 <= row["priority"] <= 9:
                row.object(_("Priority: write 1 to 9."))
        if not piece.errors:
            origins.compare(piece, piece.found)

    def write(self, piece: Piece, writing: Writing) -> None:
        row, means = piece.row, piece.row.means
        order = demand.take(
            customer=means["customer"],
            site=means["site"],
            ordered=[Ordered(row.means["sku"], row["quantity"]) for row in piece.rows],
            promised_on=row["promised_on"],
            reference=row["reference"],
            priority=row["priority"],
            ships_complete=row["ships_complete"],
            by=writing.by,
            at=noon(row["ordered_on"], means["site"]) if row["ordered_on"] else writing.at,
            key=writing.key(piece),
        )
        piece.subject = order.subject
        origins.keep(self.name, _reference(piece), piece, order.subject, writing.batch)

    def undo(self, order: CustomerOrder, piece: Undone, writing: Writing, key: str) -> None:
        said: dict[str, Any] = {"reason": _("Its import was undone."), "by": writing.by, "at": writing.at}
        demand.cancel(order=order, seen=order.version, key=key, **said)
        origins.forget(self.name, order.subject)


def _reference(piece: Piece) -> str:
    return f"{str(piece.row['customer']).upper()}/{piece.row['reference']}"
