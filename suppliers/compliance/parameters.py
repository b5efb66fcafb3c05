"""How many failures are too many."""

from django.utils.translation import gettext_lazy as _

from governance.parameters.registry import declare
from governance.parameters.rules import Level

TOPIC = _("Suppliers")

THRESHOLD = declare(
    "failures_watched",
    words=_("Failures before a supplier is watched"),
    help=_("A supplier with so many counts as one class riskier, so that more people are asked about buying there."),
    topic=TOPIC, unit=_("points"), owner="Category manager", default=5, low=1, high=100, lowest=Level.HOUSE,
)  # fmt: skip
DAYS = declare(
    "failures_days",
    words=_("Failures count for"),
    help=_("A failure counts for so many days."),
    topic=TOPIC, unit=_("days"), owner="Category manager", default=90, low=7, high=730, lowest=Level.HOUSE,
)  # fmt: skip
