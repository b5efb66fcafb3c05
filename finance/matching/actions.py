"""Say how far invoices may differ. Invoices in hand are judged anew when they are next matched."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from finance.matching.events import ToleranceSet
from finance.matching.models import MatchTolerance
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor

FIGURES = ("price_percent", "price_absolute", "quantity_percent", "amount_absolute", "straight_through_cap")


@verb
def set_tolerance(
    *,
    tolerance: MatchTolerance,
    figures: dict[str, Decimal | None],
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str,
) -> MatchTolerance:
    """Change a tolerance, or begin one that was never saved (for an entity, or for one supplier there)."""
    with deciding(tolerance, by=by, seen=seen, key=key) as tolerance:
        allow(by, "edit_match_tolerance", tolerance)
        if not reason.strip():
            raise Refused(_("Say why."))
        for name in FIGURES:
            setattr(tolerance, name, figures[name])
        event = ToleranceSet(
            subject=tolerance.subject, entity_id=tolerance.entity_id, supplier_id=tolerance.supplier_id, reason=reason
        )
        journal.record(event, at=at)
    return tolerance
