"""Release: what was accrued becomes actual, the ERP may pay."""

from datetime import datetime
from decimal import Decimal

from finance.budgets import actions as budgets
from finance.budgets.actions import Claim
from finance.budgets.models import Stage
from finance.commitments import actions as commitments
from finance.commitments.models import Commitment
from finance.invoices.events import InvoiceReleased
from finance.invoices.models import Invoice, InvoiceLine
from foundation.documents import sets
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.values.actor import Actor


def release_held(
    invoice: Invoice,
    lines: list[InvoiceLine],
    held: dict[int, Commitment],
    *,
    straight_through: bool,
    by: Actor,
    at: datetime,
) -> None:
    """The invoice's door is open and its commitments are locked."""
    move(invoice.release_at_once if straight_through else invoice.release, at=at)
    claims = []
    for line in lines:
        row = held.get(line.commitment_id) if line.commitment_id else None
        if row is None:
            continue
        row.billed += line.quantity
        if row.budget_id:
            accrued = commitments.worth(min(line.quantity, row.received), row.price, row.rate)
            actual = commitments.worth(Decimal(1), line.amount, row.rate)
            said = commitments.reference(row)
            claims += [
                Claim(row.budget_id, Stage.ACCRUED, -accrued, said),
                Claim(row.budget_id, Stage.ACTUAL, actual, said),
            ]
    sets.write(held.values(), ["billed"])
    budgets.shift(claims, by=by, at=at)
    journal.record(
        InvoiceReleased(
            subject=invoice.subject,
            number=invoice.number,
            supplier_number=invoice.supplier_number,
            supplier_id=invoice.supplier_id,
            total=invoice.total_amount,
            currency=invoice.currency,
            straight_through=straight_through,
        ),
        at=at,
    )
