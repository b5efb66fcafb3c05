"""Orders: each goes the way of every order, from a request past the authority matrix to the supplier.

What the matrix lets pass is ordered and issued at once. What somebody must approve waits as a request; the same file
again, or its row in the next one, goes on from there.
"""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.door import opening
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from integration.imports import origins
from integration.imports.columns import CHANGED, DAY, NUMBER, UNCHANGED, Column, Piece
from integration.imports.kinds.base import Kind, Undone, Writing, within_reach
from organization.sites.models import Site
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.lifecycle import TO_ORDER, RequisitionState
from procurement.requisitions.models import POOL, Requisition, Source


class Orders(Kind):
    name, label, one = "orders", gettext_lazy("Orders"), gettext_lazy("order")
    verbs = ("raise_requisition", "draft_order", "issue_order")
    key = ("number",)
    one_row = is_master = False
    columns = (
        Column(
            "number", gettext_lazy("Order"), needed=True, also=("purchaseorderid", "order number", "po", "po number")
        ),
        Column("supplier", gettext_lazy("Supplier"), needed=True, of="supplier", also=("vendor", "supplier number")),
        Column("site", gettext_lazy("Site"), needed=True, of="site", also=("warehouse", "ship to")),
        Column("sku", gettext_lazy("SKU"), needed=True, of="item", also=("item", "item number", "product")),
        Column("quantity", gettext_lazy("Quantity"), NUMBER, needed=True, also=("orderqty", "qty", "ordered")),
        Column(
            "unit", gettext_lazy("Unit"), of="unit", also=("uom",), hint=gettext_lazy("Empty means the supplier's.")
        ),
        Column("price", gettext_lazy("Price of one unit"), NUMBER, also=("price", "unitprice", "unit price")),
        Column("currency", gettext_lazy("Currency"), longest=3),
        Column("need_by", gettext_lazy("Needed by"), DAY, needed=True, also=("duedate", "due date", "delivery date")),
        Column("ordered_on", gettext_lazy("Ordered on"), DAY, also=("orderdate", "order date")),
        Column("cost_center", gettext_lazy("Cost center"), of="center", also=("cost centre",)),
        Column("note", gettext_lazy("Note"), longest=200, also=("remark",)),
    )

    def prepare(self, pieces: list[Piece], by: Actor) -> None:
        known = origins.known(self.name, (piece.row["number"] for piece in pieces))
        for piece in pieces:
            piece.found = known.get(piece.row["number"])

    def judge(self, piece: Piece, by: Actor) -> None:
        for name in ("supplier", "site", "currency", "ordered_on", "cost_center", "note"):
            piece.all(name)
        site: Site = piece.row.means["site"]
        within_reach(piece.row, by, "raise_requisition", site)
        center = piece.row.means.get("cost_center", {}).get(site.entity_id)
        if piece.row["cost_center"] and center is None:
            said = {"text": piece.row["cost_center"], "entity": site.entity.code}
            piece.row.object(_("%(entity)s has no cost center “%(text)s”.") % said)
        for row in piece.rows:
            if not row["quantity"]:
                row.object(_("The quantity must be more than zero."))
        if piece.errors:
            return
        piece.plan = center
        origins.compare(piece, piece.found)
        if piece.effect == UNCHANGED:
            self._goes_on(piece)

    @staticmethod
    def _goes_on(piece: Piece) -> None:
        if not piece.subject.startswith(Requisition._meta.label_lower):
            return
        document: Requisition = fetch(piece.subject)
        if document.status in TO_ORDER:
            piece.effect = CHANGED
        elif document.status != RequisitionState.IN_APPROVAL:
            said = {"number": document.number, "state": document.get_status_display().lower()}
            piece.row.object(_("Its request %(number)s is %(state)s: settle it there.") % said)

    def write(self, piece: Piece, writing: Writing) -> None:
        """Asked, submitted, and if nobody need say yes, drafted and issued: one turn, so that nothing is half done."""
        row, means = piece.row, piece.row.means
        day = row["ordered_on"]
        at = writing.at if day is None else noon(day, means["site"])
        said: dict[str, Any] = {"by": writing.by, "at": at}
        with opening(by=writing.by, key=writing.key(piece)) as turn:
            turn.hold([], [means["supplier"]])  # comes before the request, and issuing needs it to stand still
        request = fetch(piece.subject) if piece.subject else self._ask(piece, writing, said)
        if not piece.subject:
            request = requisitions.submit(
                requisition=request, seen=request.version, key=writing.key(piece, "submit"), **said
            )
        if request.status not in TO_ORDER:
            self._keep(piece, request.subject, writing)
            return
        order = orders.draft(
            supplier=means["supplier"],
            site=means["site"],
            taken=[Taken(pk) for pk in request.lines.filter(POOL).order_by("number").values_list("pk", flat=True)],
            note=row.get("note", ""),
            key=writing.key(piece, "draft"),
            **said,
        )
        self._keep(piece, order.subject, writing)
        if order.status == OrderState.APPROVED:
            orders.issue(order=order, seen=order.version, key=writing.key(piece, "issue"), **said)

    def _ask(self, piece: Piece, writing: Writing, said: dict[str, Any]) -> Requisition:
        row, means = piece.row, piece.row.means
        return requisitions.raise_(
            site=means["site"],
            title=_("Order %(number)s") % {"number": row["number"]},
            wanted=[_wanted(row) for row in piece.rows],
            cost_center_id=piece.plan.pk if piece.plan else None,
            note=row.get("note", ""),
            source=Source.IMPORT,
            key=writing.key(piece, "raise"),
            **said,
        )

    def _keep(self, piece: Piece, subject: str, writing: Writing) -> None:
        piece.subject = subject
        origins.keep(self.name, piece.row["number"], piece, subject, writing.batch)

    def undo(self, document: Any, piece: Undone, writing: Writing, key: str) -> None:
        said: dict[str, Any] = {"reason": _("Its import was undone."), "by": writing.by, "at": writing.at}
        requests = [document]
        if isinstance(document, PurchaseOrder):
            sources = document.lines.values_list("sources__requisition_line__requisition", flat=True)
            requests = list(Requisition.objects.everywhere(because="the order's own requests").filter(pk__in=sources))
            orders.cancel(order=document, seen=document.version, key=key, **said)
        for request in requests:
            _take_back(Requisition._base_manager.get(pk=request.pk), said, key)
        origins.forget(self.name, document.subject)


def _wanted(row: Any) -> Wanted:
    return Wanted(
        quantity=row["quantity"],
        need_by=row["need_by"],
        item_id=row.means["sku"].pk,
        unit_id=row.means["unit"].pk if "unit" in row.means else None,
        supplier_id=row.means["supplier"].pk,
        price=row["price"],
        currency=row["currency"] or "",
    )


def _take_back(request: Requisition, said: dict[str, Any], key: str) -> None:
    """What is left of a request is not needed: the whole of it, or line by line where some was ordered once."""
    if request.ordered_at is None:
        if request.status not in (RequisitionState.CANCELLED, RequisitionState.REJECTED):
            requisitions.cancel(requisition=request, seen=request.version, key=f"{key}-request", **said)
        return
    for line in request.lines.filter(POOL).order_by("number"):
        request = requisitions.cancel_remainder(
            requisition=request, line_number=line.number, seen=request.version, key=f"{key}-{line.number}", **said
        )


def noon(day: Any, site: Site) -> datetime:
    """The instant of a day that a file only dates."""
    return datetime.combine(day, time(12), ZoneInfo(site.timezone))
