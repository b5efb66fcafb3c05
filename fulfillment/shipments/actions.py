"""What can be done with shipments."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from fulfillment.demand import promises
from fulfillment.demand.events import DemandShipped
from fulfillment.demand.models import Allocation, CustomerOrder
from fulfillment.shipments.events import ShipmentCancelled, ShipmentPlanned, ShipmentShipped
from fulfillment.shipments.models import Shipment, ShipmentLine
from organization.sites.queries import today
from receiving.stock import actions as stock
from receiving.stock.actions import Moved
from receiving.stock.models import MovementKind, StockStatus


@verb
def plan(*, order: CustomerOrder, by: Actor, at: datetime, seen: int, key: str) -> Shipment:
    """A shipment of everything that is promised to the order and not on a shipment yet."""
    site = order.site
    shipment = Shipment(
        number=numbering.take("SH", site.entity.code, today(site, at)), site=site, order=order, created_at=at
    )
    with deciding(shipment, by=by, key=key, seen=seen, first=[order], of=order) as shipment:
        allow(by, "ship", order)
        ready = Allocation.objects.everywhere(because="of an order in hand")
        planned = _planned(order)
        lines = [
            ShipmentLine(shipment=shipment, line_id=row.line_id, quantity=row.quantity - planned.get(row.line_id, 0))
            for row in ready.filter(line__order=order, site=site, quantity__gt=0).order_by("line__number")
        ]
        lines = [line for line in lines if line.quantity > 0]
        if not lines:
            raise Refused(_("Nothing is promised to this order yet."))
        if order.ships_complete and any(line.wanting for line in order.lines.all()):
            raise Refused(_("The customer wants it in one delivery, and not all of it is here."))
        ShipmentLine.objects.bulk_create(lines)
        event = ShipmentPlanned(subject=shipment.subject, number=shipment.number, order=order.number, lines=len(lines))
        journal.record(event, at=at)
    return shipment


@verb
def ship(
    *, shipment: Shipment, by: Actor, at: datetime, seen: int, key: str, carrier: str = "", tracking: str = ""
) -> Shipment:
    """The goods leave: stock falls, the promise is kept."""
    with deciding(shipment, by=by, seen=seen, key=key, first=[shipment.order]) as shipment:
        allow(by, "ship", shipment)
        move(shipment.ship, at=at)
        shipment.carrier, shipment.tracking = carrier, tracking
        rows = list(shipment.lines.select_related("line"))
        lines = {row.line_id: row.line for row in rows}
        promises.consume(site_id=shipment.site_id, shipped={r.line_id: r.quantity for r in rows}, lines=lines)
        items = [[row.line.item_id, row.quantity] for row in rows]
        stock.take_out(
            site_id=shipment.site_id,
            moved=[Moved(item, StockStatus.AVAILABLE, quantity) for item, quantity in items],
            kind=MovementKind.SHIPMENT,
            reference=shipment.number,
            by=by,
            at=at,
        )
        _note(shipment, by=by, at=at)
        event = ShipmentShipped(
            subject=shipment.subject,
            number=shipment.number,
            order=shipment.order.number,
            site_id=shipment.site_id,
            items=items,
        )
        journal.record(event, at=at)
    return shipment


@verb
def cancel(*, shipment: Shipment, by: Actor, at: datetime, seen: int, key: str) -> Shipment:
    with deciding(shipment, by=by, seen=seen, key=key) as shipment:
        allow(by, "ship", shipment)
        move(shipment.cancel)
        journal.record(ShipmentCancelled(subject=shipment.subject, number=shipment.number), at=at)
    return shipment


def _planned(order: CustomerOrder) -> dict[int, Decimal]:
    planned: dict[int, Decimal] = {}
    rows = ShipmentLine.objects.everywhere(because="of an order in hand")
    for row in rows.filter(shipment__order=order, shipment__status="planned"):
        planned[row.line_id] = planned.get(row.line_id, Decimal(0)) + row.quantity
    return planned


def _note(shipment: Shipment, *, by: Actor, at: datetime) -> None:
    with deciding(shipment.order, by=by) as order:
        complete = not any(line.quantity - line.shipped - line.cancelled for line in order.lines.all())
        order.shipped_at = order.shipped_at or at
        move(order.ship_all if complete else order.ship_some)
        event = DemandShipped(subject=order.subject, number=order.number, shipment=shipment.number, complete=complete)
        journal.record(event, at=at)
