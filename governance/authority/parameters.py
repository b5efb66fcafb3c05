"""What the keeping of the matrix is held to, for the whole house."""

from django.utils.translation import gettext_lazy as _

from governance.parameters.registry import declare
from governance.parameters.rules import Level

TOPIC = _("Authority")
OWNER = "CFO"

REPLAY_DAYS = declare(
    "replay_days",
    words=_("Days that a replay must cover"),
    help=_("A version is put in force only after it was held against the documents of so many days."),
    topic=TOPIC, unit=_("days"), owner=OWNER, default=90, low=30, high=365, lowest=Level.HOUSE,
)  # fmt: skip
REPLAY_LISTED = declare(
    "replay_listed",
    words=_("Documents that a replay lists"),
    help=_("Of each kind of difference so many are listed one by one; of the others only the number is kept."),
    topic=TOPIC, unit=_("documents"), owner=OWNER, default=2500, low=1, high=10000, lowest=Level.HOUSE,
)  # fmt: skip
EXPIRING_DAYS = declare(
    "rule_expiring_days",
    words=_("Rules that end soon"),
    help=_("A rule or a loan of authority that ends within so many days is told by the checks."),
    topic=TOPIC, unit=_("days"), owner=OWNER, default=30, low=1, high=180, lowest=Level.HOUSE,
)  # fmt: skip
