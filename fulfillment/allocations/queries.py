"""What the allocation board shows about one item at one site."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from fulfillment.allocations import planning
from fulfillment.allocations.planning import Change
from organization.items.models import Item
from organization.sites.models import Site
from receiving.arrivals.models import Expected
from receiving.stock.models import StockBalance, StockStatus

BECAUSE = "the board shows all supply and demand of an item at a site that the planner sees"
NONE = Decimal(0)


@dataclass(frozen=True)
class Board:
    """Supply on the right, lines by their right in the middle, and what handing it out anew would change."""

    here: dict[str, Decimal]
    allocated: Decimal
    inbound: list[Expected]
    elsewhere: list[dict[str, Any]]
    changes: list[Change]
    digest: str

    @property
    def free(self) -> Decimal:
        return self.here.get(StockStatus.AVAILABLE, NONE) - self.allocated

    @property
    def states(self) -> list[tuple[StockStatus, Decimal]]:
        return [(status, self.here[status]) for status in StockStatus if self.here.get(status)]

    @property
    def differs(self) -> bool:
        return any(change.difference for change in self.changes)

    @property
    def filled_before(self) -> int:
        return sum(1 for change in self.changes if change.missing + change.difference <= 0)

    @property
    def filled_after(self) -> int:
        return sum(1 for change in self.changes if change.missing <= 0)


def board(site: Site, item: Item) -> Board:
    """Five queries, whatever the number of lines."""
    balances = list(_balances().filter(item=item, site=site))
    here = {row.status: row.quantity for row in balances}
    allocated = sum((row.allocated for row in balances), NONE)
    lines = planning.lines_of(site.pk, item.pk)
    changes = planning.afresh(site.pk, item.pk, here.get(StockStatus.AVAILABLE, NONE) - allocated, lines)
    coming = Expected.objects.everywhere(because=BECAUSE).filter(item=item, site=site, quantity__gt=0)
    others = _balances().filter(item=item, status=StockStatus.AVAILABLE, quantity__gt=F("allocated")).exclude(site=site)
    return Board(
        here=here,
        allocated=allocated,
        inbound=list(coming.select_related("supplier__party").order_by("expected_on", "pk")[:20]),
        elsewhere=[{"site": row.site, "free": row.quantity - row.allocated} for row in others.select_related("site")],
        changes=planning.ranked(changes),
        digest=planning.digest(changes),
    )


def _balances() -> QuerySet[StockBalance]:
    return StockBalance.objects.everywhere(because=BECAUSE)
