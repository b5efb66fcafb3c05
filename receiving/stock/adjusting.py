"""Say by hand what stands there and what it is; the item's journal keeps who said so."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.items.models import Item
from organization.sites.models import Site
from receiving.stock import actions as stock
from receiving.stock.actions import Moved
from receiving.stock.events import StockOpened, StockStatusChanged
from receiving.stock.models import MovementKind, StockBalance, StockMovement, StockStatus

BY_HAND = [StockStatus.AVAILABLE, StockStatus.INSPECTION, StockStatus.HOLD, StockStatus.DAMAGED]
"""What goods may be called by hand; in transit is a transfer's word."""


@verb
def change_status(
    *,
    item: Item,
    site: Site,
    was: str,
    becomes: str,
    quantity: Decimal,
    reason: str,
    by: Actor,
    at: datetime,
    key: str,
) -> Item:
    """So much of an item at a site stops being ``was`` and starts being ``becomes``. Promised goods stay promised."""
    with deciding(item, by=by, seen=AS_IT_IS, key=key) as item:
        allow(by, "adjust_stock", StockBalance(item=item, site=site))
        if was == becomes or {was, becomes} - {str(status) for status in BY_HAND}:
            raise Refused(_("Choose two different states."))
        if quantity <= 0 or (item.base_unit.is_whole and quantity % 1):
            raise Refused(_("Say how much, in whole %(unit)s.") % {"unit": item.base_unit.name})
        if not reason.strip():
            raise Refused(_("Say why."))
        stock.change_status_many(
            site_id=site.pk,
            moved=[Moved(item.pk, was, quantity)],
            target=becomes,
            reference=reason.strip()[:80],
            by=by,
            at=at,
        )
        event = StockStatusChanged(
            subject=item.subject,
            sku=item.sku,
            site_id=site.pk,
            was=was,
            becomes=becomes,
            quantity=str(quantity),
            reason=reason.strip(),
        )
        journal.record(event, at=at)
    return item


OPENED = "opening stock"


@verb
def open_balance(*, item: Item, site: Site, status: str, quantity: Decimal, by: Actor, at: datetime, key: str) -> Item:
    """So much stood there when our records began. Said again with another figure, the difference is moved.

    Refused when less is said and the goods have moved on or are promised.
    """
    with deciding(item, by=by, seen=AS_IT_IS, key=key) as item:
        allow(by, "adjust_stock", StockBalance(item=item, site=site))
        if status not in BY_HAND:
            raise Refused(_("Choose one of: %(known)s.") % {"known": ", ".join(BY_HAND)})
        if quantity < 0 or (item.base_unit.is_whole and quantity % 1):
            raise Refused(_("Say how much, in whole %(unit)s.") % {"unit": item.base_unit.name})
        was = opened(item_ids=[item.pk], site_ids=[site.pk]).get((site.pk, item.pk, status), Decimal(0))
        if was == quantity:
            raise Refused(_("This much is known to have stood there."))
        step = stock.put_in if quantity > was else stock.take_out
        moved = [Moved(item.pk, status, abs(quantity - was))]
        step(site_id=site.pk, moved=moved, kind=MovementKind.OPENING, reference=OPENED, by=by, at=at)
        event = StockOpened(
            subject=item.subject, sku=item.sku, site_id=site.pk, status=status, was=str(was), now=str(quantity)
        )
        journal.record(event, at=at)
    return item


def opened(*, item_ids: Iterable[int], site_ids: Iterable[int]) -> dict[tuple[int, int, str], Decimal]:
    """(site, item, status) -> what is said to have stood there when the records began."""
    rows = StockMovement.objects.everywhere(because="a figure of the ledger, for who may write it")
    kept = rows.filter(kind=MovementKind.OPENING, item__in=list(item_ids), site__in=list(site_ids))
    sums = kept.order_by().values_list("site_id", "item_id", "status").annotate(total=Sum("quantity"))
    return {(site, item, status): total for site, item, status, total in sums}
