"""What suppliers are held to: a target for each measure, and how many cases make a figure."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from governance.parameters.registry import Parameter, declare
from governance.parameters.rules import Level
from suppliers.scorecards.glossary import SCORED, Definition

TOPIC = _("Suppliers")
OWNER = "Category manager"

MINIMUM = declare(
    "score_minimum",
    words=_("Cases that make a figure"),
    help=_("A measure of a supplier with fewer cases in twelve months is not scored."),
    topic=TOPIC, unit=_("cases"), owner=OWNER, default=5, low=3, high=50, lowest=Level.HOUSE,
)  # fmt: skip


def _target(one: Definition) -> Parameter:
    return declare(
        f"target_{one.key}",
        words=format_lazy(_("Target: {measure}"), measure=one.label),
        help=one.definition,
        topic=TOPIC, unit="%", owner=OWNER, default=one.target or 0, low=50, high=100, lowest=Level.HOUSE,
    )  # fmt: skip


TARGETS: dict[str, Parameter] = {one.key.value: _target(one) for one in SCORED}
