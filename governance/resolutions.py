"""What may be done about a review: find that it was right, or that it was not and what follows."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.documents.models import Recorded
from foundation.lifecycles import Refused
from foundation.resolutions.registry import Ask, register
from foundation.values.actor import Actor
from governance.approvals.reviewing import KINDS, took_part


class _Review:
    verb = "review_approval"

    def why_not(self, case: Any) -> list[str]:
        return []

    def lock(self, case: Any) -> Iterable[Recorded]:
        return []

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        """Nobody reviews what he took part in, whoever he is."""
        if by.person_id in took_part(case.about) | {case.facts.get("requester")}:
            raise Refused(_("You took part in it: somebody else must review it."))


@register(*KINDS)
class FoundRight(_Review):
    name, label = "found_right", gettext_lazy("It was right")
    asks = (Ask("reason", gettext_lazy("What did you look at?")),)

    def preview(self, case: Any) -> list[str]:
        return [_("The review is closed with your name; nothing else changes.")]


@register(*KINDS)
class FoundWrong(_Review):
    name, label = "found_wrong", gettext_lazy("It was not right")
    asks = (Ask("reason", gettext_lazy("What was wrong, and what follows from it?"), required=True),)

    def preview(self, case: Any) -> list[str]:
        return [_("The review is closed with your name and your finding, which stays with the document.")]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        super().carry_out(case, by=by, at=at, facts=facts)
        if not str(facts.get("reason", "")).strip():
            raise Refused(_("Say what was wrong."))
