"""Which budget carries a cost, and whether it can."""

from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet, Value
from django.db.models.functions import NullIf

from finance.budgets.models import Budget, BudgetMovement
from foundation.values.actor import Actor

WITHIN, OVER, NONE = "within", "over", "unbudgeted"


def budget_for(cost_center_id: int | None, on: date) -> Budget | None:
    """The bucket of the cost center for the fiscal year of ``on`` (the calendar year)."""
    if cost_center_id is None:
        return None
    rows = Budget.objects.everywhere(because="a cost is charged whether or not the person may read the budget")
    return rows.filter(cost_center_id=cost_center_id, year=on.year).first()


def state(budget: Budget | None, amount: Decimal) -> str:
    """``within``, ``over`` or ``unbudgeted``: the fact the authority matrix asks for. No budget is never *within*."""
    if budget is None:
        return NONE
    return WITHIN if budget.left >= amount else OVER


def budget_rows(actor: Actor) -> QuerySet[Budget]:
    """For lists and pages: with names, and what is left."""
    spoken = F("reserved") + F("committed") + F("accrued") + F("actual")
    rows = Budget.objects.visible_to(actor).select_related("entity", "cost_center")
    return rows.annotate(left_amount=F("amount") - spoken, used_share=spoken / NullIf(F("amount"), Value(Decimal(0))))


def movements(budget: Budget) -> QuerySet[BudgetMovement]:
    """The ledger that a budget's figures are the sums of."""
    return BudgetMovement.objects.filter(budget=budget)
