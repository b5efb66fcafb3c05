"""What becomes of a supplier's submissions about orders."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from foundation.values.quantity import parse_decimal
from procurement.confirmations import actions as confirmations
from procurement.confirmations.actions import Answer
from procurement.orders.models import PurchaseOrder
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind


@handles(SubmissionKind.CONFIRMATION)
def confirm(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"revision": 1, "header": "answered", "reference": "...", "lines": [{"line": 3, "quantity": "12", ...}]}``."""
    body = submission.body
    order = order_of(submission)
    confirmation = confirmations.confirm(
        order=order,
        revision=int(body.get("revision") or 0),
        answers=[_answer(line) for line in body.get("lines", [])],
        header=body.get("header") or confirmations.ANSWERED,
        reference=str(body.get("reference") or "")[:40],
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
        line_number=int(line["line"]),
        quantity=_number(line.get("quantity")),
        promised_on=date.fromisoformat(line["on"]) if line.get("on") else None,
        price=_number(line.get("price")),
        schedule=tuple(
            (parse_decimal(row["quantity"]), date.fromisoformat(row["on"])) for row in line.get("split", [])
        ),
        substitute=str(line.get("substitute") or "")[:60],
        is_rejected=bool(line.get("rejected")),
        reason=str(line.get("reason") or "")[:200],
    )


def _number(text: str | None) -> Decimal | None:
    return parse_decimal(text) if text else None
