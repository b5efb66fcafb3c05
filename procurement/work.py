"""What requesters and buyers must do now: rows and counts of the work tabs, hits of the search box."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from foundation.screens.work import WorkRow
from foundation.search.registry import Hit
from foundation.values.actor import Actor
from procurement.changes import queries as changes
from procurement.changes.models import ChangeRequest
from procurement.orders import queries as orders
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.requisitions import queries as requisitions
from procurement.requisitions.models import Requisition, RequisitionLine

Found = Callable[[Actor], QuerySet]
Shown = Callable[[Any], WorkRow]


def rows(found: Found, show: Shown) -> Callable[[Actor, int], list[WorkRow]]:
    return lambda actor, limit: [show(row) for row in found(actor)[:limit]]


def mine(status: str) -> Found:
    """One's own requests in a state, soonest need first."""

    def found(actor: Actor) -> QuerySet[Requisition]:
        visible = Requisition.objects.visible_to(actor).filter(requester=actor.person_id, status=status)
        return visible.select_related("site").order_by("need_by", "pk")

    return found


def pool(actor: Actor) -> QuerySet[RequisitionLine]:
    return requisitions.pool(actor).order_by("need_by", "pk")


def to_send(actor: Actor) -> QuerySet[PurchaseOrder]:
    return _visible(actor).filter(status=OrderState.APPROVED).order_by("need_by", "pk")


def unconfirmed(actor: Actor) -> QuerySet[PurchaseOrder]:
    """On their way, and the supplier has had longer to answer than agreed."""
    return orders.unconfirmed(_visible(actor), overdue=True).order_by("confirm_by", "pk")


def late(actor: Actor) -> QuerySet[PurchaseOrder]:
    return orders.late(_visible(actor), localdate()).order_by("need_by", "pk")


def proposed(actor: Actor) -> QuerySet[ChangeRequest]:
    return changes.undecided(actor).order_by("created_at", "pk")


def _visible(actor: Actor) -> QuerySet[PurchaseOrder]:
    return PurchaseOrder.objects.visible_to(actor).select_related("supplier__party", "site")


def request_row(why: str, tone: str) -> Shown:
    def show(requisition: Requisition) -> WorkRow:
        return WorkRow(
            kind=_("Request"),
            icon="shopping-cart",
            identity=f"{requisition.number} {requisition.title}",
            url=reverse("procurement:request", args=[requisition.number]),
            why=str(why),
            tone=tone,
            counterparty=str(requisition.site),
            amount=requisition.amount,
            currency=requisition.currency,
            due_at=_end_of(requisition.need_by),
            since=requisition.submitted_at or requisition.created_at,
        )

    return show


def line_row(line: RequisitionLine) -> WorkRow:
    return WorkRow(
        kind=_("Line"),
        icon="list-plus",
        identity=f"{line.item.sku} {line.description}" if line.item else line.description,
        url=reverse("procurement:pool"),
        why=_("approved, not ordered"),
        counterparty=line.supplier.party.name if line.supplier else "",
        quantity=line.remaining,
        unit=line.item.base_unit.code if line.item else line.unit.code,
        due_at=_end_of(line.need_by),
        since=line.requisition.approved_at,
    )


def order_row(why: str, tone: str) -> Shown:
    def show(order: PurchaseOrder) -> WorkRow:
        return WorkRow(
            kind=_("Order"),
            icon="file-text",
            identity=order.number,
            url=reverse("procurement:order", args=[order.number]),
            why=str(why),
            tone=tone,
            counterparty=order.supplier.party.name,
            amount=order.amount,
            currency=order.currency,
            due_at=order.confirm_by if order.issued_at and not order.received_at else _end_of(order.need_by),
            since=order.issued_at or order.approved_at,
        )

    return show


def change_row(change: ChangeRequest) -> WorkRow:
    return WorkRow(
        kind=_("Change"),
        icon="git-compare",
        identity=f"{change.number} {change.order.number}",
        url=reverse("procurement:change", args=[change.number]),
        why=change.reason or _("beyond tolerance"),
        tone="warn",
        counterparty=change.order.supplier.party.name,
        amount=change.amount_change,
        currency=change.order.currency,
        due_at=change.case.due_at if change.case else None,
        since=change.created_at,
    )


def _end_of(day: Any) -> datetime | None:
    return datetime.combine(day, time(23, 59), tzinfo=UTC) if day else None


def find_requests(text: str, actor: Actor, limit: int) -> list[Hit]:
    found = Requisition.objects.visible_to(actor).filter(number__istartswith=text).order_by("-pk")[:limit]
    return [Hit(one.number, one.title, reverse("procurement:request", args=[one.number])) for one in found]


def find_orders(text: str, actor: Actor, limit: int) -> list[Hit]:
    """By number or a part of it, or by the supplier's part that is on them."""
    visible = PurchaseOrder.objects.visible_to(actor).select_related("supplier__party").order_by("-pk")
    found = list(visible.filter(number__icontains=text)[:limit])
    if not found:
        lines = PurchaseOrderLine.objects.everywhere(because=orders.OURS).filter(supplier_sku=text)
        found = list(visible.filter(pk__in=lines.values("order"))[:limit])
    return [Hit(one.number, one.supplier.party.name, reverse("procurement:order", args=[one.number])) for one in found]


def find_changes(text: str, actor: Actor, limit: int) -> list[Hit]:
    found = changes.change_rows(actor).filter(number__istartswith=text).order_by("-pk")[:limit]
    return [Hit(one.number, one.order.number, reverse("procurement:change", args=[one.number])) for one in found]
