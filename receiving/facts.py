"""What stock tells the authority matrix (governance/authority/knowing.py)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from governance.authority.facts import InventoryImpact
from governance.authority.knowing import Need, register, worst
from governance.parameters.registry import declare
from receiving.arrivals.models import Expected
from receiving.stock.models import MovementKind, StockBalance, StockMovement, StockStatus

TOPIC, OWNER = _("Stock"), "Controller"
USAGE_DAYS = declare(
    "usage_days",
    words=_("Days that usage is measured over"),
    help=_("What left a site in so many days is its usage: with none, nothing can run out."),
    topic=TOPIC, unit=_("days"), owner=OWNER, default=90, low=7, high=365,
)  # fmt: skip
OVERSTOCK_DAYS = declare(
    "overstock_days",
    words=_("Cover that is overstock"),
    help=_("Stock and what is on its way that last longer than this, by usage, make a purchase overstock."),
    topic=TOPIC, unit=_("days"), owner=OWNER, default=360, low=30, high=1500,
)  # fmt: skip
NONE = Decimal(0)
Place = tuple[int, int]
Sums = dict[Place, Decimal]


@register("inventory_impact")
def impact(needs: list[Need], at: datetime) -> str:
    """Whether an item stands at nothing without this purchase, or at more than ``OVERSTOCK_DAYS`` of usage with it."""
    wanted: Sums = {}
    for need in needs:
        if need.item:
            wanted[need.item, need.site] = wanted.get((need.item, need.site), NONE) + need.quantity
    if not wanted:
        return InventoryImpact.NONE
    cover, used = _cover(wanted), _used(wanted, at)
    ranks = (InventoryImpact.NONE, InventoryImpact.OVERSTOCK, InventoryImpact.STOCK_OUT)
    return worst(
        (
            _of(cover.get(place, NONE), used.get(place, NONE), wanted[place], most=_most(place[1], at))
            for place in wanted
        ),
        ranks=ranks,
    )


def _most(site: int, at: datetime) -> Decimal:
    """How many times the usage is overstock there."""
    return OVERSTOCK_DAYS.value(site=site, at=at) / USAGE_DAYS.value(site=site, at=at)


def _of(cover: Decimal, used: Decimal, quantity: Decimal, *, most: Decimal) -> InventoryImpact:
    if cover <= 0 < used:
        return InventoryImpact.STOCK_OUT
    return InventoryImpact.OVERSTOCK if 0 < most * used < cover + quantity else InventoryImpact.NONE


def _cover(wanted: Iterable[Place]) -> Sums:
    """Free stock and what is on its way."""
    because = "stock counts whoever may read it"
    items, sites = zip(*wanted, strict=True)
    here = Q(item__in=set(items), site__in=set(sites))
    free = StockBalance.objects.everywhere(because=because).filter(here, status=StockStatus.AVAILABLE)
    coming = Expected.objects.everywhere(because=because).filter(here, quantity__gt=0)
    found: Sums = {}
    for item, site, quantity, allocated in free.values_list("item", "site", "quantity", "allocated"):
        found[item, site] = quantity - allocated
    for item, site, quantity in coming.values_list("item", "site", "quantity"):
        found[item, site] = found.get((item, site), NONE) + quantity
    return found


def _used(wanted: Iterable[Place], at: datetime) -> Sums:
    items = {item for item, _site in wanted}
    spans = {site: timedelta(days=USAGE_DAYS.count(site=site, at=at)) for _item, site in wanted}
    since = reduce(or_, (Q(site=site, at__gte=at - span) for site, span in spans.items()))
    rows = StockMovement.objects.everywhere(because="usage counts whoever may read it")
    left = rows.filter(since, item__in=items, kind=MovementKind.SHIPMENT)
    return {(item, site): -total for item, site, total in left.values_list("item", "site").annotate(Sum("quantity"))}
