"""What becomes of a supplier's submissions about orders."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from procurement.confirmations import actions as confirmations
from procurement.confirmations.actions import Answer
from procurement.orders.models import PurchaseOrder
from suppliers.submissions import reading
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind


@handles(SubmissionKind.CONFIRMATION)
def confirm(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"revision": 1, "header": "answered", "reference": "...", "lines": [{"line": 3, "quantity": "12", ...}]}``."""
    body = submission.body
    order = order_of(submission)
    confirmation = confirmations.confirm(
        order=order,
        revision=reading.whole(body, "revision", default=0),
        answers=[_answer(line) for line in reading.rows(body, "lines")],
        header=reading.text(body, "header", 40) or confirmations.ANSWERED,
        reference=reading.text(body, "reference", 40),
        submission=submission,
        by=by,
        at=at,
    )
    lines = confirmation.lines.select_related("order_line").order_by("order_line__number")
    return {
        "order": order.number,
        "revision": confirmation.revision,
        "status": confirmation.status,
        "lines": [[row.order_line.number, row.verdict, row.sentence] for row in lines],
    }


def order_of(submission: Submission) -> PurchaseOrder:
    """The order a submission speaks of, if it is the supplier's own."""
    everywhere = PurchaseOrder.objects.everywhere(because="bound to the submission's supplier")
    order = everywhere.filter(public_id=submission.about, supplier_id=submission.supplier_id).first()
    if order is None:
        raise Refused(_("There is no such order."))
    return order


def _answer(line: dict[str, Any]) -> Answer:
    return Answer(
        line_number=reading.whole(line, "line"),
        quantity=reading.maybe_number(line, "quantity"),
        promised_on=reading.maybe_day(line, "on"),
        price=reading.maybe_number(line, "price"),
        schedule=tuple(
            (reading.number(row, "quantity"), reading.day(row, "on")) for row in reading.rows(line, "split")
        ),
        substitute=reading.text(line, "substitute", 60),
        is_rejected=bool(line.get("rejected")),
        reason=reading.text(line, "reason", 200),
    )
