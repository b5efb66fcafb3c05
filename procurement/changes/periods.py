"""Into which year's budget a change of dates moves what the order binds, and whether that has room."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.budgets.models import Budget
from finance.commitments.models import Commitment
from finance.commitments.redating import redated
from procurement.changes.models import ChangeField, ChangeLine


@dataclass(frozen=True)
class Moved:
    """So much goes from one year to another; what is left of a budget is for those who may read it."""

    cost_center: str
    old: int
    new: int
    amount: Decimal
    currency: str
    is_budgeted: bool
    has_room: bool


def moved(rows: Iterable[ChangeLine]) -> list[Moved]:
    """By cost center and years. Two queries: the commitments, and the other years' budgets."""
    dues = {
        row.order_line.commitment_id: date.fromisoformat(row.after)
        for row in rows
        if row.field == ChangeField.DATE and not row.is_declined and row.order_line.commitment_id
    }
    bound = Commitment.objects.everywhere(because="of the order that the change is about")
    known = bound.filter(pk__in=dues).select_related("budget__cost_center").order_by("pk") if dues else ()
    groups: dict[tuple[int, int, int], list] = defaultdict(list)
    for one in redated((row, dues[row.pk]) for row in known):
        groups[one.commitment.cost_center_id, one.commitment.budget.year, one.year].append(one)
    return [_moved(key, group) for key, group in sorted(groups.items())]


def _moved(key: tuple[int, int, int], group: list) -> Moved:
    _center, old, new = key
    amount = sum((one.commitment.budget_open for one in group), Decimal(0))
    was: Budget = group[0].commitment.budget
    then: Budget | None = group[0].budget
    return Moved(
        cost_center=str(was.cost_center),
        old=old,
        new=new,
        amount=amount,
        currency=was.currency,
        is_budgeted=then is not None,
        has_room=then is not None and then.left >= amount,
    )
