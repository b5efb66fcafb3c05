"""What may be done about cases that procurement opens."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.documents.models import Recorded
from foundation.lifecycles import why_not
from foundation.resolutions.registry import Ask, register
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from procurement.changes import actions as changes
from procurement.changes import queries
from procurement.changes.models import ChangeRequest
from procurement.orders.models import PurchaseOrder


class _AboutChange:
    verb = "change_order"

    def lock(self, case: Any) -> Iterable[Recorded]:
        change = fetch(case.about)
        return [change.order, change]

    def _change(self, case: Any) -> ChangeRequest:
        return fetch(case.about)


@register("supplier_change")
class AcceptChange(_AboutChange):
    name, label = "accept_change", _("Accept what the supplier proposes")

    def why_not(self, case: Any) -> list[str]:
        change = self._change(case)
        return why_not(change.apply)

    def preview(self, case: Any) -> list[str]:
        change = self._change(case)
        said = [
            str(_("Line %(n)d, %(field)s: %(before)s → %(after)s"))
            % {"n": one.line, "field": one.field.lower(), "before": one.before, "after": one.after}
            for one in queries.differences(queries.full_rows(change))
        ]
        return [*said, str(_("Revision %(next)d is written.")) % {"next": change.order.revision + 1}]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        changes.agree(change=self._change(case), by=by, at=at)


@register("supplier_change")
class DeclineChange(_AboutChange):
    name, label = "decline_change", _("Keep the order as it is")
    asks = (Ask("reason", _("Why is it declined?"), _("The supplier reads it.")),)

    def why_not(self, case: Any) -> list[str]:
        return why_not(self._change(case).decline)

    def preview(self, case: Any) -> list[str]:
        return [str(_("The order stays as issued; the supplier is told why."))]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
        reason = facts.get("reason") or str(_("Please deliver as ordered."))
        changes.disagree(change=self._change(case), reason=reason, by=by, at=at)


@register("supplier_rejected")
class Noted:
    """The buyer knows; the order is cancelled or given to somebody else from its own page."""

    name, label, verb = "noted", _("Taken care of on the order"), "change_order"

    def lock(self, case: Any) -> Iterable[Recorded]:
        return []

    def why_not(self, case: Any) -> list[str]:
        order: PurchaseOrder = fetch(case.about)
        is_over = order.status != "issued"
        return [] if is_over else [str(_("Cancel the order first, or have it confirmed after all."))]

    def preview(self, case: Any) -> list[str]:
        return [str(_("The case is closed; nothing else changes."))]

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None: ...
