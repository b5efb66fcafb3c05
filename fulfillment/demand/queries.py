"""What customer order screens show."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.screens.work import WorkRow
from foundation.search.registry import Hit
from foundation.values.actor import Actor
from fulfillment.customers.models import Customer
from fulfillment.demand.lifecycle import DemandState
from fulfillment.demand.models import CustomerOrder, DemandLine
from organization.items.models import Item
from receiving.arrivals.models import Expected
from receiving.stock.models import StockBalance, StockStatus

LIVING = [DemandState.RELEASED, DemandState.PARTLY_SHIPPED]
MISSING = F("quantity") - F("allocated") - F("shipped") - F("cancelled")
FIGURE = DecimalField(max_digits=20, decimal_places=6)


def order_rows(actor: Actor) -> QuerySet[CustomerOrder]:
    rows = CustomerOrder.objects.visible_to(actor).select_related("site", "customer__party")
    gone = F("lines__allocated") + F("lines__shipped") + F("lines__cancelled")
    short = Q(lines__quantity__gt=gone)
    return rows.annotate(lines_count=Count("lines"), short_count=Count("lines", filter=short))


def order_pages(actor: Actor) -> QuerySet[CustomerOrder]:
    return CustomerOrder.objects.visible_to(actor).select_related("site__entity", "customer__party")


def lines_of(order: CustomerOrder) -> list[DemandLine]:
    """Lines with what they still miss and when more of the item comes. One query."""
    rows = order.lines.select_related("item__base_unit").annotate(next_on=_next("expected_on", "order__site"))
    return list(rows.order_by("number"))


def customer_rows(actor: Actor) -> QuerySet[Customer]:
    """Customers with how many open orders the actor sees of each. Master data: who sees orders sees all of them."""
    orders = CustomerOrder.objects.visible_to(actor).filter(status__in=LIVING, customer=OuterRef("pk"))
    counted = orders.order_by().values("customer").annotate(n=Count("pk")).values("n")
    rows = Customer.objects.select_related("party")
    return rows.annotate(open_count=Coalesce(Subquery(counted), 0, output_field=IntegerField()))


def open_orders_of(customer: Customer, actor: Actor, limit: int = 50) -> list[CustomerOrder]:
    """What the customer still waits for, the earliest promise first."""
    rows = order_rows(actor).filter(customer=customer, status__in=LIVING)
    return list(rows.order_by("promised_on", "pk")[:limit])


def find_customers(text: str, actor: Actor, limit: int) -> list[Hit]:
    """By number, or by part of the name."""
    found = Customer.objects.filter(Q(number__istartswith=text) | Q(party__name__icontains=text))
    rows = found.select_related("party").order_by("party__name")[:limit]
    return [Hit(row.number, row.party.name, reverse("fulfillment:customer", args=[row.number])) for row in rows]


def backorder_rows(actor: Actor) -> QuerySet[DemandLine]:
    """Lines that miss something, with the next supply of their item at their site."""
    rows = DemandLine.objects.visible_to(actor).filter(order__status__in=LIVING)
    return (
        rows.filter(quantity__gt=F("allocated") + F("shipped") + F("cancelled"))
        .select_related("order__customer__party", "order__site", "item__base_unit")
        .annotate(
            missing=MISSING,
            next_on=_next("expected_on", "order__site"),
            next_number=_next("number", "order__site"),
            next_quantity=_next("quantity", "order__site"),
            next_is_sure=_next("is_confirmed", "order__site"),
            free=_free(),
        )
    )


def demand_for(item: Item, actor: Actor) -> list[DemandLine]:
    """Who wants an item, best right first within each site."""
    rows = DemandLine.objects.visible_to(actor).filter(item=item, order__status__in=LIVING)
    open_ = rows.filter(quantity__gt=F("shipped") + F("cancelled")).select_related(
        "order__customer__party", "order__site"
    )
    return list(open_.order_by("order__site__code", "order__priority", "order__promised_on", "order__ordered_at")[:100])


def at_risk(item_ids: list[int], site_id: int, before: date | None, actor: Actor) -> list[DemandLine]:
    """Customer lines that wait for these items at a site, promised until a day."""
    rows = backorder_rows(actor).filter(item__in=item_ids, order__site=site_id)
    rows = rows.filter(order__promised_on__lte=before) if before else rows
    return list(rows.order_by("order__promised_on", "order__priority")[:50])


def find_orders(text: str, actor: Actor, limit: int) -> list[Hit]:
    rows = CustomerOrder.objects.visible_to(actor).filter(Q(number__istartswith=text) | Q(reference__iexact=text))
    found = rows.select_related("customer__party").order_by("-pk")[:limit]
    return [Hit(o.number, o.customer.party.name, reverse("fulfillment:order", args=[o.number])) for o in found]


def fillable_work(actor: Actor, limit: int) -> list[WorkRow]:
    rows = fillable(actor).order_by("order__promised_on", "pk")
    return [
        WorkRow(
            kind=_("Backorder"),
            icon="package-open",
            identity=f"{line.order.number} {line.item.sku}",
            url=reverse("fulfillment:allocation-item", args=[line.order.site.code, line.item.sku]),
            why=_("%(free)s are free here") % {"free": f"{line.free.normalize():f}"},
            tone="info",
            counterparty=line.order.customer.party.name,
            quantity=line.missing,
            unit=line.item.base_unit.code,
            since=line.backordered_at,
        )
        for line in rows[:limit]
    ]


def fillable(actor: Actor) -> QuerySet[DemandLine]:
    return backorder_rows(actor).filter(free__gt=0)


def _next(name: str, site: str) -> Subquery:
    coming = Expected.objects.everywhere(because="a date beside a line that the actor sees")
    rows = coming.filter(item=OuterRef("item"), site=OuterRef(site), quantity__gt=0)
    return Subquery(rows.order_by("expected_on", "pk").values(name)[:1])


def _free() -> Subquery:
    rows = StockBalance.objects.everywhere(because="a figure beside a line that the actor sees")
    here = rows.filter(item=OuterRef("item"), site=OuterRef("order__site"), status=StockStatus.AVAILABLE)
    return Subquery(here.values(left=F("quantity") - F("allocated"))[:1], output_field=FIGURE)


def short_items(actor: Actor, limit: int = 100) -> list[dict[str, Any]]:
    """What is short at which site, by the value that waits; one query."""
    rows = DemandLine.objects.visible_to(actor).filter(order__status__in=LIVING)
    short = rows.filter(quantity__gt=F("allocated") + F("shipped") + F("cancelled"))
    grouped = short.values(
        "item__sku", "item__description", "item__base_unit__code", "order__site__code", "order__site__entity__currency"
    ).annotate(
        missing=Sum(MISSING, output_field=FIGURE),
        value=Sum(MISSING * F("item__standard_price"), output_field=FIGURE),
        orders=Count("order", distinct=True),
    )
    return list(grouped.order_by("-value", "item__sku")[:limit])


def shortage_work(actor: Actor, limit: int) -> list[WorkRow]:
    return [
        WorkRow(
            kind=_("Item"),
            icon="package-x",
            identity=row["item__sku"],
            url=reverse("fulfillment:allocation-item", args=[row["order__site__code"], row["item__sku"]]),
            why=ngettext("%(n)d order waits", "%(n)d orders wait", row["orders"]) % {"n": row["orders"]},
            tone="warn",
            counterparty=row["order__site__code"],
            amount=row["value"] or Decimal(0),
            currency=row["order__site__entity__currency"],
        )
        for row in short_items(actor, limit)
    ]


def shortages(actor: Actor) -> QuerySet:
    """What is short, as pairs of item and site."""
    rows = DemandLine.objects.visible_to(actor).filter(order__status__in=LIVING)
    short = rows.filter(quantity__gt=F("allocated") + F("shipped") + F("cancelled"))
    return short.values("item", "order__site").distinct()
