"""What orders do to requisitions: lines leave the pool, and come back when an order is cancelled."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from foundation.documents import sets
from foundation.door import deciding
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.values.actor import Actor
from procurement.requisitions.events import RequisitionGivenBack, RequisitionOrdered
from procurement.requisitions.models import Requisition


def note_ordered(
    *, requisition: Requisition, order_number: str, wanted: Mapping[int, Decimal | None], by: Actor, at: datetime
) -> Requisition:
    """Take the wanted quantities (by line key; None = what is left) out of the pool."""
    with deciding(requisition, by=by) as requisition:
        lines = list(requisition.lines.order_by("number"))
        said = []
        for line in lines:
            if line.pk in wanted:
                quantity = wanted[line.pk] or line.remaining
                line.ordered += quantity
                said.append([line.number, quantity, order_number])
        sets.write(lines, ["ordered"])
        complete = not any(line.remaining for line in lines)
        move(requisition.order_all if complete else requisition.order_some, at=at)
        journal.record(RequisitionOrdered(subject=requisition.subject, lines=said, complete=complete), at=at)
    return requisition


def give_back(*, requisition: Requisition, quantities: Mapping[int, Decimal], by: Actor, at: datetime) -> Requisition:
    """An order let go: quantities by requisition line key wait to be ordered again."""
    with deciding(requisition, by=by) as requisition:
        lines = [line for line in requisition.lines.order_by("number") if line.pk in quantities]
        for line in lines:
            line.ordered -= quantities[line.pk]
        sets.write(lines, ["ordered"])
        move(requisition.give_back)
        said = [[line.number, quantities[line.pk]] for line in lines]
        journal.record(RequisitionGivenBack(subject=requisition.subject, lines=said), at=at)
    return requisition
