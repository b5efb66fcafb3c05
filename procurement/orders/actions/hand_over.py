"""Another buyer takes an order on."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow, may
from foundation.values.actor import Actor
from organization.people.models import Person
from procurement.orders.events import OrderHandedOver
from procurement.orders.lifecycle import ENDED
from procurement.orders.models import PurchaseOrder

ENDED_ALREADY = gettext_lazy("The order has ended: nobody is asked about it any more.")


@verb
def hand_over(*, order: PurchaseOrder, to: Person, by: Actor, at: datetime, seen: int, key: str) -> PurchaseOrder:
    """From now on this person is asked about the order. Refused when it has ended, or is not for him to change."""
    with deciding(order, by=by, seen=seen, key=key) as order:
        allow(by, "change_order", order)
        if order.status in ENDED:
            raise Refused(str(ENDED_ALREADY))
        if order.buyer_id == to.pk:
            raise Refused(_("%(name)s is its buyer already.") % {"name": to.name})
        if not to.is_active or not may(to.actor, "change_order", order):
            raise Refused(_("%(name)s may not change orders there.") % {"name": to.name})
        was, order.buyer_id = order.buyer_id, to.pk
        event = OrderHandedOver(subject=order.subject, number=order.number, buyer_id=to.pk, was=was)
        journal.record(event, at=at)
    return order
