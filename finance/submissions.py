"""What becomes of a supplier's invoice."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from finance.commitments import actions as commitments
from finance.commitments.models import Commitment
from finance.invoices import actions as invoices
from finance.invoices.actions import Charged
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from foundation.values.quantity import parse_decimal
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind


@handles(SubmissionKind.INVOICE)
def invoice(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"number", "date", "order": "PO-...", "tax", "total", "lines": [{"line", "quantity", "price", "amount"}]}``.

    Quantities and prices are in base units; the order names the legal entity that is billed.
    """
    body = submission.body
    bound = Commitment.objects.everywhere(because=commitments.BECAUSE).filter(
        order_number=body.get("order"), supplier_id=submission.supplier_id
    )
    first = bound.select_related("entity").first()
    if first is None:
        raise Refused("There is no such order.")
    captured = invoices.capture(
        entity=first.entity,
        supplier=submission.supplier,
        supplier_number=str(body.get("number") or "")[:40],
        invoiced_on=date.fromisoformat(body["date"]),
        currency=body.get("currency") or first.currency,
        charged=[_charged(body, line) for line in body.get("lines", [])],
        tax_amount=parse_decimal(body.get("tax") or "0"),
        total_amount=parse_decimal(body["total"]),
        by=by,
        at=at,
    )
    return {"invoice": captured.supplier_number, "status": captured.status, "verdict": captured.verdict}


def _charged(body: dict[str, Any], line: dict[str, Any]) -> Charged:
    return Charged(
        description=str(line.get("description") or "")[:200],
        quantity=parse_decimal(line["quantity"]),
        price=parse_decimal(line["price"]),
        amount=parse_decimal(line["amount"]),
        order_number=str(body.get("order") or ""),
        line_number=int(line["line"]) if line.get("line") else None,
        tax_percent=parse_decimal(line["tax"]) if line.get("tax") else Decimal(0),
    )
