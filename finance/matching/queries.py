"""Which tolerance counts for an invoice."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from finance.matching.models import MatchTolerance
from finance.matching.rules import Tolerance
from foundation.scopes.reach import reach
from foundation.values.actor import Actor


@dataclass(frozen=True)
class Applied:
    rules: Tolerance
    straight_through_cap: Decimal | None


def tolerance_for(entity_id: int, supplier_id: int) -> Applied:
    """The supplier's own at this entity, else the entity's, else zero and nothing straight through."""
    rows = MatchTolerance.objects.filter(Q(supplier_id=supplier_id) | Q(supplier=None), entity_id=entity_id)
    row = rows.order_by(F("supplier_id").asc(nulls_last=True)).first()
    if row is None:
        return Applied(Tolerance(), None)
    figures = Tolerance(row.price_percent, row.price_absolute, row.quantity_percent, row.amount_absolute)
    return Applied(figures, row.straight_through_cap)


def tolerance_rows(actor: Actor, verb: str = "see_invoice") -> QuerySet[MatchTolerance]:
    """Tolerances of the entities and suppliers for which the actor holds the verb."""
    within = reach(actor, verb).predicate({"entity": "entity_id", "supplier": "supplier_id"})
    return MatchTolerance.objects.select_related("entity", "supplier__party").filter(within)
