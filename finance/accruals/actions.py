"""Goods arrived: finance owes. Goods went back or never came: it does not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from finance.accruals.models import Accrual
from finance.budgets import actions as budgets
from finance.budgets.actions import Claim
from finance.budgets.models import Stage
from finance.commitments import actions as commitments
from finance.commitments.models import Commitment
from foundation.documents import sets
from foundation.values.actor import Actor

FIGURES = ["received", "on_hold", "budget_open"]


@dataclass(frozen=True)
class Arrived:
    """One receipt line: ``quantity`` stands on our floor, of which ``held`` waits for a decision on ``case_id``.

    Negative quantities take a receipt back.
    """

    commitment_id: int
    quantity: Decimal
    held: Decimal = Decimal(0)
    case_id: int | None = None


def accrue(
    *, receipt_number: str, received_on: date, arrived: Iterable[Arrived], by: Actor, at: datetime
) -> list[Accrual]:
    """Book what arrived, in the order given. *committed* becomes *accrued*, line by line."""
    arrived = list(arrived)
    rows = commitments.held(line.commitment_id for line in arrived)
    made, claims = [], []
    for line in arrived:
        row = rows[line.commitment_id]
        amount = commitments.worth(line.quantity, row.price, row.rate)
        row.received += line.quantity
        row.on_hold += line.held
        claims += _shift(row, amount)
        made.append(
            Accrual(
                commitment=row,
                receipt_number=receipt_number,
                quantity=line.quantity,
                amount=amount,
                received_on=received_on,
                case_id=line.case_id,
                held_quantity=line.held,
            )
        )
    sets.write(rows.values(), FIGURES)
    budgets.shift(claims, by=by, at=at)
    return Accrual.objects.bulk_create(made)


@transaction.atomic
def let_go(*, case_id: int) -> None:
    """A case is over: what it held may be billed. Doing it twice does it once."""
    waiting = list(Accrual.objects.select_for_update(no_key=True).filter(case_id=case_id).exclude(held_quantity=0))
    freed: dict[int, Decimal] = defaultdict(Decimal)
    for accrual in waiting:
        freed[accrual.commitment_id] += accrual.held_quantity
        accrual.held_quantity = Decimal(0)
    rows = commitments.held(freed)
    for pk, quantity in freed.items():
        rows[pk].on_hold -= quantity
    sets.write(rows.values(), ["on_hold"])
    sets.write(waiting, ["held_quantity"])


def forget_holds(accruals: Iterable[Accrual]) -> None:
    """Their goods were taken back: no case holds them any more."""
    Accrual.objects.filter(pk__in=[accrual.pk for accrual in accruals]).update(held_quantity=0)


def _shift(row: Commitment, amount: Decimal) -> list[Claim]:
    """Accrued rises by what arrived; committed falls by as much of it as was still committed."""
    left = commitments.worth(max(row.quantity - row.received, Decimal(0)), row.price, row.rate)
    released, row.budget_open = row.budget_open - left, left
    if not row.budget_id:
        return []
    said = commitments.reference(row)
    return [Claim(row.budget_id, Stage.COMMITTED, -released, said), Claim(row.budget_id, Stage.ACCRUED, amount, said)]
