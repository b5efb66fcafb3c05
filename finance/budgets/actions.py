"""Move claims on a budget from one stage to the next. A bucket's figures are the sums of its movements."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Sum

from finance.budgets.models import BudgetMovement, Stage
from foundation.values.actor import Actor

LOCK = "select id from finance_budget where id = any(%s) order by id for no key update"
ADD = """
update finance_budget b set reserved = b.reserved + m.reserved, committed = b.committed + m.committed,
       accrued = b.accrued + m.accrued, actual = b.actual + m.actual
from unnest(%s::bigint[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[])
     as m(id, reserved, committed, accrued, actual) where b.id = m.id"""


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
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [ids])
        cursor.execute(ADD, [ids, *([sums[i][stage] for i in ids] for stage in Stage.values)])
    BudgetMovement.objects.bulk_create(
        BudgetMovement(
            budget_id=claim.budget_id,
            stage=claim.stage,
            amount=claim.amount,
            reference=claim.reference,
            at=at,
            by=str(by),
        )
        for claim in claims
    )


def standing(references: Iterable[str], stage: str) -> dict[str, tuple[int, Decimal]]:
    """What these references still claim at a stage: reference -> (budget, amount)."""
    rows = BudgetMovement.objects.filter(reference__in=list(references), stage=stage)
    sums = rows.values("reference", "budget_id").annotate(left=Sum("amount"))
    return {row["reference"]: (row["budget_id"], row["left"]) for row in sums if row["left"]}


def release(references: Iterable[str], stage: str, *, by: Actor, at: datetime) -> None:
    """Give back whatever these references still claim at a stage."""
    left = standing(references, stage)
    shift([Claim(budget, stage, -amount, ref) for ref, (budget, amount) in left.items()], by=by, at=at)
