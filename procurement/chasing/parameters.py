"""How fast the ladder is climbed, in working hours of the site."""

from django.utils.translation import gettext_lazy as _

from governance.parameters.registry import declare
from governance.parameters.rules import Level

TOPIC = _("Suppliers")

SECOND = declare(
    "chase_second_hours",
    words=_("Second reminder after"),
    help=_("A late answer or delivery is reminded of at once and, if nothing is heard, again after so many hours."),
    topic=TOPIC, unit=_("working hours"), owner="Category manager", default=8, low=1, high=80, lowest=Level.SITE,
)  # fmt: skip
BUYER = declare(
    "chase_buyer_hours",
    words=_("Buyer told after"),
    help=_("So many hours after the second reminder the buyer is told to call."),
    topic=TOPIC, unit=_("working hours"), owner="Category manager", default=8, low=1, high=80, lowest=Level.SITE,
)  # fmt: skip
CASE = declare(
    "chase_case_hours",
    words=_("Case opened after"),
    help=_("So many hours after the buyer was told it becomes an exception with an owner."),
    topic=TOPIC, unit=_("working hours"), owner="Category manager", default=8, low=1, high=80, lowest=Level.SITE,
)  # fmt: skip
RUNGS = {1: SECOND, 2: BUYER, 3: CASE}
"""The step that was climbed -> how long until the next."""
FIRST, TOLD, TOP = 1, 3, 4
