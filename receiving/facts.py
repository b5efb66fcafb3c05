"""What stock tells the authority matrix (governance/authority/knowing.py)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q, Sum

from governance.authority.facts import InventoryImpact
from governance.authority.knowing import Need, register, worst
from receiving.arrivals.models import Expected
from receiving.stock.models import MovementKind, StockBalance, StockMovement, StockStatus

USAGE = timedelta(days=90)
MOST = 4
"""Cover above this many times the usage is overstock: about a year."""
NONE = Decimal(0)
Place = tuple[int, int]
Sums = dict[Place, Decimal]


@register("inventory_impact")
def impact(needs: list[Need], at: datetime) -> str:
    """Whether an item stands at nothing without this purchase, or at more than a year's usage with it."""
    wanted: Sums = {}
    for need in needs:
        if need.item:
            wanted[need.item, need.site] = wanted.get((need.item, need.site), NONE) + need.quantity
    if not wanted:
        return InventoryImpact.NONE
    cover, used = _cover(wanted), _used(wanted, at)
    ranks = (InventoryImpact.NONE, InventoryImpact.OVERSTOCK, InventoryImpact.STOCK_OUT)
    return worst((_of(cover.get(at_, NONE), used.get(at_, NONE), wanted[at_]) for at_ in wanted), ranks=ranks)


def _of(cover: Decimal, used: Decimal, quantity: Decimal) -> InventoryImpact:
    if cover <= 0 < used:
        return InventoryImpact.STOCK_OUT
    return InventoryImpact.OVERSTOCK if 0 < MOST * used < cover + quantity else InventoryImpact.NONE


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
    items, sites = zip(*wanted, strict=True)
    rows = StockMovement.objects.everywhere(because="usage counts whoever may read it")
    left = rows.filter(item__in=set(items), site__in=set(sites), kind=MovementKind.SHIPMENT, at__gte=at - USAGE)
    return {(item, site): -total for item, site, total in left.values_list("item", "site").annotate(Sum("quantity"))}
