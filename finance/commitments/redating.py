"""Which year's budget carries an order line when its date moves. The fiscal year is the calendar year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from finance.budgets.models import Budget
from finance.commitments.models import Commitment


@dataclass(frozen=True)
class Redated:
    """A commitment whose goods come in another year than before."""

    commitment: Commitment
    year: int
    budget: Budget | None
    """That year's, to which it moves; none was set: it stays where it is."""


def redated(dues: Iterable[tuple[Commitment, date]]) -> list[Redated]:
    """What moves with these new dates; at most one query. What has begun to come stays on the budget it began on."""
    crossing = [
        (row, due.year)
        for row, due in dues
        if row.budget_id and row.due_on and row.due_on.year != due.year and not (row.received or row.billed)
    ]
    if not crossing:
        return []
    rows = Budget.objects.everywhere(because="a cost is charged whether or not the person may read the budget")
    found = rows.filter(
        cost_center__in={row.cost_center_id for row, _year in crossing}, year__in={year for _row, year in crossing}
    )
    carried = {(budget.cost_center_id, budget.year): budget for budget in found}
    moves = [Redated(row, year, carried.get((row.cost_center_id, year))) for row, year in crossing]
    return [one for one in moves if one.budget is None or one.budget.pk != one.commitment.budget_id]
