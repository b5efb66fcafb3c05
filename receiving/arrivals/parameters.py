"""What a dock can take in a day, as the house sets it and sites may set it otherwise."""

from django.utils.translation import gettext_lazy as _

from governance.parameters.registry import declare
from governance.parameters.rules import Level

DOCK_LINES = declare(
    "dock_lines_a_day",
    words=_("Lines that a site receives in a day"),
    help=_("A change of dates says on which days more would arrive at the dock than this."),
    topic=_("Receiving"), unit=_("lines"), owner="Controller", default=120, low=1, high=5000, lowest=Level.SITE,
)  # fmt: skip
