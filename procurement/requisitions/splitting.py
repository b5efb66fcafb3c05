"""Lines that approvers took out of a request: nothing of them is ordered, and the rest goes on without them."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from finance.budgets import actions as budgets
from finance.budgets.models import Stage
from foundation.documents import sets
from foundation.door import deciding
from foundation.journal import actions as journal
from foundation.values.actor import Actor
from procurement.requisitions.events import LinesTakenOut
from procurement.requisitions.models import LineOutcome, Requisition, RequisitionLine


def take_out(
    *, requisition: Requisition, numbers: Collection[int], returned: bool, reason: str, by: Actor, at: datetime
) -> Requisition:
    """Approved without these lines. Called by the subject door, in the transaction of the decision.

    Amounts and categories of the request are those of the lines that are left; the budget gets theirs back.
    """
    with deciding(requisition, by=by) as requisition:
        lines = list(requisition.lines.order_by("number"))
        out = [line for line in lines if line.number in numbers and not line.outcome]
        for line in out:
            line.cancelled = line.quantity
            line.outcome = LineOutcome.RETURNED if returned else LineOutcome.REJECTED
            line.outcome_reason = reason[:2000]
        sets.write(out, ["cancelled", "outcome", "outcome_reason"])
        requisition.take(lines)
        budgets.release([reserved_for(requisition, line) for line in out], Stage.RESERVED, by=by, at=at)
        said = {"lines": [line.number for line in out], "returned": returned, "reason": reason}
        journal.record(LinesTakenOut(subject=requisition.subject, **said, amount=requisition.amount), at=at)
    return requisition


def put_back(requisition: Requisition) -> None:
    """The request is a draft again: every line will be asked about anew. Inside the document's door."""
    lines = list(requisition.lines.order_by("number"))
    out = [line for line in lines if line.outcome]
    for line in out:
        line.cancelled, line.outcome, line.outcome_reason = Decimal(0), "", ""
    sets.write(out, ["cancelled", "outcome", "outcome_reason"])
    requisition.take(lines)


def reserved_for(requisition: Requisition, line: RequisitionLine) -> str:
    """The budget's reference of one requisition line."""
    return f"{requisition.number}/{line.number}"
