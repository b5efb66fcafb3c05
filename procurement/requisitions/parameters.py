"""What requests are judged by that the house sets and sites may set otherwise."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from governance.parameters.registry import LOOKED_BACK, Impact, declare
from governance.parameters.rules import Place
from procurement.requisitions.models import RequisitionLine

TOPIC = _("Requests")
OWNER = "Controller"


def over_price(usual: F | Coalesce, now: Decimal, then: Decimal, place: Place, at: datetime) -> Impact:
    """Lines of the last 90 days whose price lies between both limits: one value minds them, the other does not."""
    rows = RequisitionLine.objects.everywhere(because="a standard is judged by all it judges")
    rows = rows.filter(requisition__submitted_at__gt=at - timedelta(days=LOOKED_BACK), rate=1)
    if place.site:
        rows = rows.filter(site=place.site)
    elif place.entity:
        rows = rows.filter(requisition__entity=place.entity)
    low, high = (1 + percent / 100 for percent in sorted((now, then)))
    between = Q(price__gt=F("usual") * low, price__lte=F("usual") * high)
    found = (
        rows.annotate(usual=usual).filter(usual__gt=0).aggregate(n=Count("pk"), otherwise=Count("pk", filter=between))
    )
    return Impact(_("request lines"), found["n"], found["otherwise"], LOOKED_BACK)


def against_usual(now: Decimal, then: Decimal, place: Place, at: datetime) -> Impact:
    """Against the contract, or else what the item usually costs, as the matrix compares."""
    return over_price(Coalesce("contract_line__price", "item__standard_price"), now, then, place, at)


def against_standard(now: Decimal, then: Decimal, place: Place, at: datetime) -> Impact:
    """Against what the item usually costs, as the check does."""
    return over_price(F("item__standard_price"), now, then, place, at)


RELATED_DAYS = declare(
    "related_days",
    words=_("Requests that count together"),
    help=_("What one person or cost center asks for within so many days, of one kind, is approved as a whole."),
    topic=TOPIC, unit=_("days"), owner=OWNER, default=1, low=1, high=60,
)  # fmt: skip
DUPLICATE_DAYS = declare(
    "duplicate_days",
    words=_("Requests held against a new one"),
    help=_("What was asked for within so many days at a site is named to whoever asks for the like again."),
    topic=TOPIC, unit=_("days"), owner=OWNER, default=14, low=1, high=90,
)  # fmt: skip
PRICE_ABOVE = declare(
    "price_above",
    words=_("Price above the usual one"),
    help=_("From so much over the contract or the usual price on, the matrix hears “above”."),
    topic=TOPIC, unit="%", owner=OWNER, default=5, high=100, places=1, replay=against_usual,
)  # fmt: skip
PRICE_FAR_ABOVE = declare(
    "price_far_above",
    words=_("Price far above the usual one"),
    help=_("From so much over the contract or the usual price on, the matrix hears “far above”."),
    topic=TOPIC, unit="%", owner=OWNER, default=20, high=300, places=1, replay=against_usual,
)  # fmt: skip
PRICE_WARNING = declare(
    "price_warning",
    words=_("Price that is warned of"),
    help=_("A line that costs so much more than the item usually does is marked while it is typed."),
    topic=TOPIC, unit="%", owner=OWNER, default=20, high=300, places=1, replay=against_standard,
)  # fmt: skip
