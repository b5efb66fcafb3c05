"""What stock screens show, and what each figure is made of."""

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.screens.work import WorkRow
from foundation.search.registry import Hit
from foundation.values.actor import Actor
from organization.items.models import Item
from receiving.arrivals.models import Expected
from receiving.stock.models import StockBalance, StockMovement, StockStatus

FIGURE = DecimalField(max_digits=20, decimal_places=6)
NONE = Decimal(0)


def balance_rows(actor: Actor) -> QuerySet[StockBalance]:
    """Balances with what is free of them and what is inbound of the item at the site."""
    coming = Expected.objects.everywhere(because="a figure beside a balance that the actor sees")
    inbound = (
        coming.filter(item=OuterRef("item"), site=OuterRef("site"), quantity__gt=0)
        .order_by()
        .values("item")
        .annotate(total=Sum("quantity"))
        .values("total")
    )
    rows = StockBalance.objects.visible_to(actor).select_related("site", "item__base_unit", "item__category")
    return rows.annotate(
        free=F("quantity") - F("allocated"), inbound=Coalesce(Subquery(inbound, output_field=FIGURE), NONE)
    )


def balances_of(item: Item, actor: Actor) -> list[dict[str, Any]]:
    """Site by site: what stands there by state, what is promised of it, what is free. One query."""
    sites: dict[int, dict[str, Any]] = {}
    rows = StockBalance.objects.visible_to(actor).filter(item=item).select_related("site")
    for row in rows.order_by("site__code", "status"):
        site = sites.setdefault(row.site_id, {"site": row.site, "states": {}, "allocated": NONE, "total": NONE})
        site["states"][row.status] = row.quantity
        site["allocated"] += row.allocated
        site["total"] += row.quantity
    for site in sites.values():
        site["cells"] = [(label, site["states"].get(status, NONE)) for status, label in StockStatus.choices]
        site["free"] = site["states"].get(StockStatus.AVAILABLE, NONE) - site["allocated"]
    return list(sites.values())


def movements_of(item: Item, actor: Actor, limit: int = 100) -> list[StockMovement]:
    rows = StockMovement.objects.visible_to(actor).filter(item=item).select_related("site")
    return list(rows.order_by("-pk")[:limit])


def inbound_of(item: Item, actor: Actor) -> list[Expected]:
    rows = Expected.objects.visible_to(actor, "see_stock").filter(item=item, quantity__gt=0)
    return list(rows.select_related("site", "supplier__party").order_by("expected_on", "pk")[:100])


def find_items(text: str, actor: Actor, limit: int) -> list[Hit]:
    found = Item.objects.filter(sku__istartswith=text).order_by("sku")[:limit]
    return [Hit(item.sku, item.description, reverse("receiving:item", args=[item.sku])) for item in found]


def held_work(actor: Actor, limit: int) -> list[WorkRow]:
    """Goods that wait for a word: on hold or damaged."""
    rows = held(actor).select_related("item__base_unit", "site").order_by("pk")
    return [
        WorkRow(
            kind=_("Stock"),
            icon="pause",
            identity=row.item.sku,
            url=reverse("receiving:item", args=[row.item.sku]),
            why=StockStatus(row.status).label,
            tone="hold" if row.status == StockStatus.HOLD else "bad",
            counterparty=row.site.code,
            quantity=row.quantity,
            unit=row.item.base_unit.code,
        )
        for row in rows[:limit]
    ]


def held(actor: Actor) -> QuerySet[StockBalance]:
    rows = StockBalance.objects.visible_to(actor, "adjust_stock")
    return rows.filter(status__in=[StockStatus.HOLD, StockStatus.DAMAGED], quantity__gt=0)
