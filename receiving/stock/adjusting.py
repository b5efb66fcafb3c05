"""Change by hand what goods are: a person says why, the item's journal keeps it."""

from datetime import datetime
from decimal import Decimal

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
from receiving.stock.events import StockStatusChanged
from receiving.stock.models import StockBalance, StockStatus

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
