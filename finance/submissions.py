"""What becomes of a supplier's invoice."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from finance.commitments import actions as commitments
from finance.commitments.models import Commitment
from finance.invoices import actions as invoices
from finance.invoices.actions import Charged
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from foundation.values.money import Money
from suppliers.submissions import reading
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind


@handles(SubmissionKind.INVOICE)
def invoice(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"number", "date", "order": "PO-...", "tax", "total", "lines": [{"line", "quantity", "price", "amount"}]}``.

    Quantities and prices are in base units; the order names the legal entity that is billed. A line may be of another
    order of that entity and then says so (``"order"``).
    """
    body = submission.body
    bound = Commitment.objects.everywhere(because=commitments.BECAUSE).filter(
        order_number=reading.text(body, "order", 40), supplier_id=submission.supplier_id
    )
    first = bound.select_related("entity").first()
    if first is None:
        raise Refused(_("There is no such order."))
    currency = Money(Decimal(0), reading.text(body, "currency", 40) or first.currency).currency
    captured = invoices.capture(
        entity=first.entity,
        supplier=submission.supplier,
        supplier_number=reading.text(body, "number", 40),
        invoiced_on=reading.day(body, "date"),
        currency=currency,
        charged=[_charged(body, line) for line in reading.rows(body, "lines")],
        tax_amount=reading.number(body, "tax", default="0"),
        total_amount=reading.number(body, "total"),
        by=by,
        at=at,
    )
    return {"invoice": captured.supplier_number, "status": captured.status, "verdict": captured.verdict}


def _charged(body: dict[str, Any], line: dict[str, Any]) -> Charged:
    return Charged(
        description=reading.text(line, "description", 200),
        quantity=reading.number(line, "quantity"),
        price=reading.number(line, "price"),
        amount=reading.number(line, "amount"),
        order_number=reading.text(line, "order", 40) or reading.text(body, "order", 40),
        line_number=reading.whole(line, "line") if line.get("line") else None,
        tax_percent=reading.number(line, "tax", default="0"),
    )
