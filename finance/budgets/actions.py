"""Move claims on a budget from one stage to the next. A bucket's figures are the sums of its movements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from finance.budgets.events import BudgetSet
from finance.budgets.models import Budget, BudgetMovement, Stage
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor

SHIFT = """
with held as materialized (
  select id from finance_budget where id = any(%s::bigint[]) order by id for no key update),
added as (
  update finance_budget b set reserved = b.reserved + m.reserved, committed = b.committed + m.committed,
         accrued = b.accrued + m.accrued, actual = b.actual + m.actual
  from unnest(%s::bigint[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[])
       as m(id, reserved, committed, accrued, actual) join held on held.id = m.id where b.id = m.id)
insert into finance_budgetmovement (budget_id, stage, amount, reference, at, by)
select budget, stage, amount, reference, %s, %s
from unnest(%s::bigint[], %s::text[], %s::numeric[], %s::text[])
     with ordinality as m(budget, stage, amount, reference, place) order by place"""
"""Buckets are held in the order of their keys, and only what is held is written."""


@verb
def set_amount(*, budget: Budget, amount: Decimal, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Budget:
    """Say what a cost center may spend in the year. Below what is spoken for it is set all the same, and overdrawn."""
    with deciding(budget, by=by, seen=seen, key=key) as budget:
        allow(by, "edit_budget", budget)
        if amount < 0:
            raise Refused(_("A budget is not negative."))
        if not reason.strip():
            raise Refused(_("Say why the budget changes."))
        was, budget.amount = budget.amount, amount
        event = BudgetSet(subject=budget.subject, was=was, amount=amount, currency=budget.currency, reason=reason)
        journal.record(event, at=at)
    return budget


@dataclass(frozen=True)
class Claim:
    """So much more (or less) of one stage on one budget, in the budget's currency, because of ``reference``."""

    budget_id: int
    stage: str
    amount: Decimal
    reference: str


def shift(claims: Iterable[Claim], *, by: Actor, at: datetime) -> None:
    """Write movements and figures together; buckets are locked in the order of their keys, last of all rows."""
    claims = [claim for claim in claims if claim.amount]
    if not claims:
        return
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(Stage.values, Decimal(0)))
    for claim in claims:
        sums[claim.budget_id][claim.stage] += claim.amount
    ids = sorted(sums)
    figures = [[sums[i][stage] for i in ids] for stage in Stage.values]
    movements = [[getattr(claim, name) for claim in claims] for name in ("budget_id", "stage", "amount", "reference")]
    with connection.cursor() as cursor:
        cursor.execute(SHIFT, [ids, ids, *figures, at, str(by), *movements])


def standing(references: Iterable[str], stage: str) -> dict[str, tuple[int, Decimal]]:
    """What these references still claim at a stage: reference -> (budget, amount)."""
    rows = BudgetMovement.objects.filter(reference__in=list(references), stage=stage)
    sums = rows.values("reference", "budget_id").annotate(left=Sum("amount"))
    return {row["reference"]: (row["budget_id"], row["left"]) for row in sums if row["left"]}


def release(references: Iterable[str], stage: str, *, by: Actor, at: datetime) -> None:
    """Give back whatever these references still claim at a stage."""
    left = standing(references, stage)
    shift([Claim(budget, stage, -amount, ref) for ref, (budget, amount) in left.items()], by=by, at=at)
