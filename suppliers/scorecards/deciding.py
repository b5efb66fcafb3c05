"""What may be done about a figure that a supplier contests: leave the case out of it, or let it count."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.documents.models import Recorded
from foundation.lifecycles import Refused
from foundation.resolutions.registry import Ask, register
from foundation.values.actor import Actor
from suppliers.scorecards.contesting import EXCLUDE, KEEP, KIND


class _Decision:
    """The journal keeps the decision and its reason; figures are computed from there (intelligence/performance)."""

    verb = "work_case"
    asks = (Ask("reason", gettext_lazy("Why?"), gettext_lazy("The supplier reads it."), required=True),)

    def why_not(self, case: Any) -> list[str]:
        return []

    def lock(self, case: Any) -> Iterable[Recorded]:
        return []

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        if not str(facts.get("reason", "")).strip():
            raise Refused(_("Say why; the supplier reads it."))


@register(KIND)
class Exclude(_Decision):
    name, label = EXCLUDE, gettext_lazy("It does not count")

    def preview(self, case: Any) -> list[str]:
        said = {"label": case.facts.get("label", "")}
        return [
            _("%(label)s is left out of the figure; the figure with it stays beside.") % said,
            _("The supplier reads the decision and your reason on its scorecard."),
        ]


@register(KIND)
class Keep(_Decision):
    name, label = KEEP, gettext_lazy("It counts")

    def preview(self, case: Any) -> list[str]:
        return [_("The figure stays as it is; the supplier reads your reason on its scorecard.")]
