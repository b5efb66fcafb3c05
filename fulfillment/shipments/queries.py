"""What shipment screens show."""

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.screens.work import WorkRow
from foundation.search.registry import Hit
from foundation.values.actor import Actor
from fulfillment.shipments.lifecycle import ShipmentState
from fulfillment.shipments.models import Shipment, ShipmentLine


def shipment_rows(actor: Actor) -> QuerySet[Shipment]:
    rows = Shipment.objects.visible_to(actor).select_related("site", "order__customer__party")
    return rows.annotate(lines_count=Count("lines"))


def lines_of(shipment: Shipment) -> list[ShipmentLine]:
    return list(shipment.lines.select_related("line__item__base_unit").order_by("line__number"))


def find_shipments(text: str, actor: Actor, limit: int) -> list[Hit]:
    rows = Shipment.objects.visible_to(actor).filter(number__istartswith=text)
    found = rows.select_related("order__customer__party").order_by("-pk")[:limit]
    return [Hit(s.number, s.order.customer.party.name, reverse("fulfillment:shipment", args=[s.number])) for s in found]


def pick_work(actor: Actor, limit: int) -> list[WorkRow]:
    rows = to_pick(actor).select_related("order__customer__party").order_by("order__promised_on", "pk")
    return [
        WorkRow(
            kind=_("Shipment"),
            icon="package",
            identity=shipment.number,
            url=reverse("fulfillment:shipment", args=[shipment.number]),
            why=_("to pick for %(order)s") % {"order": shipment.order.number},
            tone="wait",
            counterparty=shipment.order.customer.party.name,
            since=shipment.created_at,
        )
        for shipment in rows[:limit]
    ]


def to_pick(actor: Actor) -> QuerySet[Shipment]:
    return Shipment.objects.visible_to(actor, "ship").filter(status=ShipmentState.PLANNED)
