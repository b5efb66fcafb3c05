"""What issued orders bind: made at issue, moved by revisions, lowered by receipts and invoices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from finance.budgets import actions as budgets
from finance.budgets.actions import Claim
from finance.budgets.models import Stage
from finance.budgets.queries import budget_for
from finance.commitments.models import Commitment
from finance.commitments.redating import redated
from foundation.documents import sets
from foundation.values.actor import Actor
from foundation.values.exact import half_up, product

BECAUSE = "finance carries every order line"
PLACES = 6


@dataclass(frozen=True)
class Bound:
    """One order line at issue. ``price`` is for one base unit in the order's currency."""

    line_number: int
    item_id: int | None
    description: str
    cost_center_id: int | None
    quantity: Decimal
    price: Decimal
    due_on: date


def commit(
    *,
    order_number: str,
    entity_id: int,
    supplier_id: int,
    currency: str,
    rate: Decimal,
    lines: Iterable[Bound],
    on: date,
    instead: Iterable[Claim] = (),
    by: Actor,
    at: datetime,
) -> dict[int, Commitment]:
    """Bind the lines of an order: line number -> commitment. Their budgets carry them as *committed*.

    ``instead`` is what is given back in the same movement: what the requests had reserved.
    """
    lines = list(lines)
    carried = {center: budget_for(center, on) for center in {line.cost_center_id for line in lines}}
    made = Commitment.objects.bulk_create(
        Commitment(
            order_number=order_number,
            line_number=line.line_number,
            entity_id=entity_id,
            supplier_id=supplier_id,
            cost_center_id=line.cost_center_id,
            budget=carried[line.cost_center_id],
            item_id=line.item_id,
            description=line.description,
            currency=currency,
            price=line.price,
            rate=rate,
            quantity=line.quantity,
            budget_open=worth(line.quantity, line.price, rate),
            due_on=line.due_on,
        )
        for line in lines
    )
    claims = [Claim(c.budget_id, Stage.COMMITTED, c.budget_open, reference(c)) for c in made if c.budget_id]
    budgets.shift([*instead, *claims], by=by, at=at)
    return {commitment.line_number: commitment for commitment in made}


def held(ids: Iterable[int]) -> dict[int, Commitment]:
    """These commitments, locked in the order of their keys (receipts and invoices meet here)."""
    rows: QuerySet[Commitment] = Commitment.objects.everywhere(because=BECAUSE).select_for_update(no_key=True)
    return {row.pk: row for row in rows.filter(pk__in=set(ids)).order_by("pk")}


@dataclass(frozen=True)
class Rebound:
    """What a revision makes of a commitment."""

    commitment_id: int
    quantity: Decimal
    price: Decimal
    due_on: date


def rebind(changes: Iterable[Rebound], *, by: Actor, at: datetime) -> None:
    """Follow a revision, a cancelled remainder or a cancelled order: quantity, price and date as they now are.

    What is due in another year than before moves to that year's budget, where there is one.
    """
    changes = list(changes)
    rows, claims = held(change.commitment_id for change in changes), []
    for moved in redated((rows[change.commitment_id], change.due_on) for change in changes):
        if moved.budget is not None:
            row = moved.commitment
            claims.append(Claim(row.budget_id, Stage.COMMITTED, -row.budget_open, reference(row)))
            row.budget, row.budget_open = moved.budget, Decimal(0)
    for change in changes:
        row = rows[change.commitment_id]
        row.quantity, row.price, row.due_on = change.quantity, change.price, change.due_on
        still = worth(max(row.quantity - row.received, Decimal(0)), row.price, row.rate)
        if row.budget_id:
            claims.append(Claim(row.budget_id, Stage.COMMITTED, still - row.budget_open, reference(row)))
        row.budget_open = still
    sets.write(rows.values(), ["quantity", "price", "due_on", "budget", "budget_open"])
    budgets.shift(claims, by=by, at=at)


def worth(quantity: Decimal, price: Decimal, rate: Decimal) -> Decimal:
    """In the entity's currency."""
    return half_up(product(quantity, price, rate), PLACES)


def reference(commitment: Commitment) -> str:
    return f"{commitment.order_number}/{commitment.line_number}"
