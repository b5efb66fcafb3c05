"""What becomes of a supplier's ship notice."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from foundation.values.quantity import Factor, parse_decimal
from procurement.submissions import order_of
from receiving.notices import actions as notices
from receiving.notices.actions import Packed
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind


@handles(SubmissionKind.SHIP_NOTICE)
def announce(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"reference": "DN-1", "ships_on": ..., "arrives_on": ..., "lines": [{"line": 3, "quantity": "12"}], ...}``.

    Quantities are in the line's order unit.
    """
    body, order = submission.body, order_of(submission)
    lines = {line.number: line for line in order.lines.all()}
    packed = []
    for said in body.get("lines", []):
        line = lines.get(int(said["line"]))
        if line is None:
            raise Refused(_("%(order)s has no line %(line)s.") % {"order": order.number, "line": said["line"]})
        packed.append(
            Packed(
                order_line_id=line.pk,
                quantity=Factor(line.numerator, line.denominator).to_base(parse_decimal(said["quantity"])),
                lot=str(said.get("lot") or "")[:40],
                expires_on=date.fromisoformat(said["expires_on"]) if said.get("expires_on") else None,
                sscc=str(said.get("sscc") or "")[:18],
            )
        )
    notice = notices.announce(
        supplier=submission.supplier,
        site=order.site,
        reference=str(body.get("reference") or "")[:40],
        ships_on=date.fromisoformat(body["ships_on"]),
        arrives_on=date.fromisoformat(body["arrives_on"]),
        packed=packed,
        carrier=str(body.get("carrier") or "")[:80],
        tracking=str(body.get("tracking") or "")[:80],
        package_count=int(body.get("packages") or 1),
        submission=submission,
        by=by,
        at=at,
        key=f"submission:{submission.pk}",
    )
    return {"notice": notice.number, "flags": [flag["sentence"] for flag in notice.flags]}
