"""What can be done with customer orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from fulfillment.customers.models import Customer
from fulfillment.demand import promises
from fulfillment.demand.events import CustomerOrderCancelled, CustomerOrderTaken
from fulfillment.demand.models import CustomerOrder, DemandLine
from organization.items.models import Item
from organization.sites.models import Site
from organization.sites.queries import today


@dataclass(frozen=True)
class Ordered:
    """One thing a customer wants, in base units."""

    item: Item
    quantity: Decimal


@verb
def take(
    *,
    customer: Customer,
    site: Site,
    ordered: Iterable[Ordered],
    promised_on: date,
    by: Actor,
    at: datetime,
    key: str,
    reference: str = "",
    priority: int | None = None,
    ships_complete: bool | None = None,
) -> CustomerOrder:
    """Take a customer order; stock is promised to it after commit."""
    ordered = list(ordered)
    if not ordered:
        raise Refused(_("Say what the customer wants."))
    if not customer.is_active:
        raise Refused(_("%(customer)s is not served any more.") % {"customer": customer.party.name})
    order = CustomerOrder(
        number=numbering.take("SO", site.entity.code, today(site, at)),
        customer=customer,
        reference=reference,
        site=site,
        ordered_at=at,
        promised_on=promised_on,
        priority=priority or customer.priority,
        ships_complete=not customer.takes_partial if ships_complete is None else ships_complete,
    )
    allow(by, "edit_demand", order)
    with deciding(order, by=by, key=key) as order:
        DemandLine.objects.bulk_create(
            DemandLine(order=order, number=number, item=line.item, quantity=line.quantity, backordered_at=at)
            for number, line in enumerate(ordered, start=1)
        )
        items = sorted({line.item.pk for line in ordered})
        event = CustomerOrderTaken(subject=order.subject, number=order.number, site_id=site.pk, items=items)
        journal.record(event, at=at)
    return order


@verb
def cancel(*, order: CustomerOrder, reason: str, by: Actor, at: datetime, seen: int, key: str) -> CustomerOrder:
    """The customer does not want it any more; what was promised to it is free again."""
    with deciding(order, by=by, seen=seen, key=key) as order:
        allow(by, "edit_demand", order)
        move(order.cancel)
        promises.release_order(order)
        order.lines.update(cancelled=F("quantity") - F("shipped"))
        journal.record(CustomerOrderCancelled(subject=order.subject, number=order.number, reason=reason), at=at)
    return order
