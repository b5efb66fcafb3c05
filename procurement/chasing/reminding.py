"""A buyer has the supplier reminded now, beside the ladder: of the answer that is owed, or of goods that are late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.models import Entry
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.screens import shown
from foundation.values.actor import Actor
from organization.sites.queries import today
from procurement.chasing.events import ChaseClimbed, SupplierReminded
from procurement.chasing.models import Chase, Late
from procurement.chasing.parameters import TOLD
from procurement.orders import foreseeing
from procurement.orders.foreseeing import Found
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.orders.queries import DUE, UNANSWERED

PAUSE = timedelta(hours=20)
"""Nobody is reminded of an order twice in a day, by the ladder or by hand."""


@dataclass(frozen=True)
class Owed:
    """What a supplier is reminded of, since when; or why not."""

    kind: Late = Late.CONFIRMATION
    due: date | None = None
    stop: str = ""


@verb
def remind(*, order: PurchaseOrder, by: Actor, at: datetime, seen: int, key: str) -> PurchaseOrder:
    """Write to the supplier about what it owes. The order stays as it is; the ladder climbs at its own pace."""
    with deciding(order, by=by, seen=seen, key=key) as order:
        allow(by, "change_order", order)
        due = owed([order], at=at)[order.pk]
        if due.stop or due.due is None:
            raise Refused(due.stop)
        said = {"number": order.number, "kind": due.kind, "due_on": due.due.isoformat()}
        event = SupplierReminded(subject=order.subject, **said)
        journal.record(event, at=at)
    return order


def owed(orders: Iterable[PurchaseOrder], *, at: datetime) -> Mapping[int, Owed]:
    """By order: three queries, whatever their number."""
    orders = list(orders)
    told, first_due = _told_lately(orders, at), _first_due(orders)
    return {order.pk: _owed(order, told.get(order.pk), first_due.get(order.pk), at) for order in orders}


def _owed(order: PurchaseOrder, told: datetime | None, due: date | None, at: datetime) -> Owed:
    if order.status != OrderState.ISSUED:
        return Owed(stop=_("It is not with the supplier."))
    is_late = due is not None and due < today(order.site, at)
    if order.confirmed not in UNANSWERED and not is_late:
        return Owed(stop=_("The supplier has answered, and nothing is late."))
    if order.confirm_by and order.confirm_by > at and not is_late:
        return Owed(
            stop=_("The supplier has until %(day)s to answer.") % {"day": shown.day_text(order.confirm_by.date())}
        )
    if told is not None:
        return Owed(stop=_("The supplier was reminded on %(day)s already.") % {"day": shown.day_text(told.date())})
    if is_late:
        return Owed(Late.SHIPMENT, due)
    return Owed(Late.CONFIRMATION, (order.confirm_by or order.issued_at).date())


def _first_due(orders: list[PurchaseOrder]) -> dict[int, date]:
    """The day on which the first of the goods still open are due."""
    rows = PurchaseOrderLine.objects.everywhere(because="lines of orders in hand").filter(order__in=orders, open__gt=0)
    return dict(rows.order_by().values("order").annotate(first=Min(DUE)).values_list("order", "first"))


def _told_lately(orders: list[PurchaseOrder], at: datetime) -> dict[int, datetime]:
    """When the supplier was last written to about what is late."""
    chases = Chase.objects.everywhere(because="of orders in hand").filter(order__in=orders)
    of_chase = {f"{Chase._meta.label_lower}:{pk}": order for pk, order in chases.values_list("pk", "order")}
    by_subject = of_chase | {order.subject: order.pk for order in orders}
    names = [SupplierReminded.name, ChaseClimbed.name]
    entries = Entry.objects.filter(subject__in=by_subject, name__in=names, at__gt=at - PAUSE).order_by("at")
    return {
        by_subject[entry.subject]: entry.at
        for entry in entries
        if entry.name == SupplierReminded.name or entry.facts["step"] < TOLD
    }


def foreseen(orders: list[PurchaseOrder], by: Actor, *, at: datetime) -> Found:
    """For the page before many are reminded."""
    due = owed(orders, at=at)

    def stops(order: PurchaseOrder) -> list[str]:
        return [due[order.pk].stop] if due[order.pk].stop else []

    def does(order: PurchaseOrder) -> str:
        one = due[order.pk]
        said = {"supplier": order.supplier.party.name, "day": shown.day_text(one.due) if one.due else ""}
        if one.kind == Late.SHIPMENT:
            return _("%(supplier)s is asked where the goods are that were due on %(day)s.") % said
        return _("%(supplier)s is asked for the answer that was due on %(day)s.") % said

    return foreseeing.foreseen(orders, by, "change_order", stops, does)
