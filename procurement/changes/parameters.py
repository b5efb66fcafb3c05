"""What changes of orders are judged by that the house sets and entities may set otherwise."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from governance.parameters.registry import LOOKED_BACK, Impact, declare
from governance.parameters.rules import Level, Place
from procurement.changes.models import ChangeRequest


def growing(now: Decimal, then: Decimal, place: Place, at: datetime) -> Impact:
    """Changes of the last 90 days that would be approved again by one value and not by the other."""
    rows = ChangeRequest.objects.everywhere(because="a standard is judged by all it judges")
    rows = rows.filter(created_at__gt=at - timedelta(days=LOOKED_BACK))
    if place.entity:
        rows = rows.filter(order__entity=place.entity)
    low, high = (percent / 100 for percent in sorted((now, then)))
    amount = F("order__amount")
    between = Q(amount_change__gt=amount * low, amount_change__lte=amount * high)
    found = rows.aggregate(n=Count("pk"), otherwise=Count("pk", filter=between))
    return Impact(_("changes of orders"), found["n"], found["otherwise"], LOOKED_BACK)


REAPPROVAL = declare(
    "reapproval_percent",
    words=_("Growth that is approved again"),
    help=_("An order that grows by more than this is asked about again (docs/decisions/0005)."),
    topic=_("Orders"), unit="%", owner="Controller", default=5, high=25, lowest=Level.ENTITY, places=1,
    replay=growing,
)  # fmt: skip
