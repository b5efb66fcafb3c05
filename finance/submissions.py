"""What becomes of a supplier's invoice."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from finance.commitments import actions as commitments
from finance.commitments.models import Commitment
from finance.invoices import actions as invoices
from finance.invoices import queries
from finance.invoices.actions import Charged
from finance.invoices.models import Invoice
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
    order of that entity and then says so (``"order"``). With ``"credits"``, the number of an invoice, it is a credit
    note: its figures are written positive and go back.
    """
    body = submission.body
    bound = Commitment.objects.everywhere(because=commitments.BECAUSE).filter(
        order_number=reading.text(body, "order", 40), supplier_id=submission.supplier_id
    )
    first = bound.select_related("entity").first()
    if first is None:
        raise Refused(_("There is no such order."))
    currency = Money(Decimal(0), reading.text(body, "currency", 40) or first.currency).currency
    credits = _credited(submission)
    sign = Decimal(-1 if credits else 1)
    captured = invoices.capture(
        entity=first.entity,
        supplier=submission.supplier,
        supplier_number=reading.text(body, "number", 40),
        invoiced_on=reading.day(body, "date"),
        currency=currency,
        charged=[_charged(body, line, sign) for line in reading.rows(body, "lines")],
        tax_amount=sign * reading.number(body, "tax", default="0"),
        total_amount=sign * reading.number(body, "total"),
        credits=credits,
        by=by,
        at=at,
    )
    return {"invoice": captured.supplier_number, "status": captured.status, "verdict": captured.verdict}


def _credited(submission: Submission) -> Invoice | None:
    """The invoice of a credit note."""
    number = reading.text(submission.body, "credits", 40)
    if not number:
        return None
    invoice = queries.latest_of(submission.supplier_id, number)
    if invoice is None:
        raise Refused(_("There is no invoice %(number)s to be credited.") % {"number": number})
    return invoice


def _charged(body: dict[str, Any], line: dict[str, Any], sign: Decimal) -> Charged:
    return Charged(
        description=reading.text(line, "description", 200),
        quantity=sign * reading.number(line, "quantity"),
        price=reading.number(line, "price"),
        amount=sign * reading.number(line, "amount"),
        order_number=reading.text(line, "order", 40) or reading.text(body, "order", 40),
        line_number=reading.whole(line, "line") if line.get("line") else None,
        tax_percent=reading.number(line, "tax", default="0"),
    )
