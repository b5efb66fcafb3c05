"""What becomes of a supplier's ship notice."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from foundation.values.quantity import Factor
from procurement.orders.models import PurchaseOrderLine
from procurement.submissions import order_of
from receiving.notices import actions as notices
from receiving.notices.actions import Packed
from suppliers.submissions import reading
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind


@handles(SubmissionKind.SHIP_NOTICE)
def announce(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"reference": "DN-1", "ships_on": ..., "arrives_on": ..., "lines": [{"line": 3, "quantity": "12"}], ...}``.

    Quantities are in the line's order unit. A truck may carry goods of several orders to one site: a line of another
    order than the one the submission is about says so (``"order"``).
    """
    body, order = submission.body, order_of(submission)
    rows, packed = reading.rows(body, "lines"), []
    lines = _lines(submission, {order.number, *(reading.text(said, "order", 40) for said in rows)})
    for said in rows:
        number = reading.text(said, "order", 40) or order.number
        line = lines.get((number, reading.whole(said, "line")))
        if line is None:
            raise Refused(_("%(order)s has no line %(line)s.") % {"order": number, "line": said["line"]})
        packed.append(
            Packed(
                order_line_id=line.pk,
                quantity=Factor(line.numerator, line.denominator).to_base(reading.number(said, "quantity")),
                lot=reading.text(said, "lot", 40),
                expires_on=reading.maybe_day(said, "expires_on"),
                sscc=reading.text(said, "sscc", 18),
            )
        )
    notice = notices.announce(
        supplier=submission.supplier,
        site=order.site,
        reference=reading.text(body, "reference", 40),
        ships_on=reading.day(body, "ships_on"),
        arrives_on=reading.day(body, "arrives_on"),
        packed=packed,
        carrier=reading.text(body, "carrier", 80),
        tracking=reading.text(body, "tracking", 80),
        package_count=reading.whole(body, "packages", default=1),
        submission=submission,
        by=by,
        at=at,
        key=f"submission:{submission.pk}",
    )
    return {"notice": notice.number, "flags": [flag["sentence"] for flag in notice.flags]}


def _lines(submission: Submission, numbers: set[str]) -> dict[tuple[str, int], PurchaseOrderLine]:
    """By order and line number; of orders that are not the supplier's there is none."""
    everywhere = PurchaseOrderLine.objects.everywhere(because="bound to the submission's supplier")
    bound = everywhere.filter(order__number__in=numbers, order__supplier_id=submission.supplier_id)
    return {(line.order.number, line.number): line for line in bound.select_related("order")}
