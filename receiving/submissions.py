"""What becomes of a supplier's ship notice, and of what he says about it later."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from foundation.values.quantity import Factor
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.submissions import order_of
from receiving.notices import actions as notices
from receiving.notices import checking, rules
from receiving.notices.barcodes import bare_sscc
from receiving.notices.models import ShipNotice
from receiving.notices.rules import Held, Packed, PackedUnit
from suppliers.submissions import reading
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind
from suppliers.submissions.reading import Said

LONGEST = 40
"""Lots, serial numbers, certificates."""


@handles(SubmissionKind.SHIP_NOTICE)
def announce(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"reference": "DN-1", "ships_on": ..., "arrives_on": ..., "lines": [...], "units": [...], ...}``.

    A line is ``{"line": 3, "quantity": "12"}`` of the order line, with ``lot``, ``expires_on``, ``serials``,
    ``certificate`` as it needs; quantities are in the line's order unit. A truck may carry goods of several orders to
    one site: a line of another order than the one the submission is about says so (``"order"``).

    A unit is ``{"package": "PX", "sscc": "...", "gross_weight": "412", "in": 1, "holds": [{"line": 1, "quantity": "60",
    "serials": [...]}]}``; its number is its place in the list, and so is that of the line it holds. ``number_units``
    wants SSCCs for those without, from ``sscc_prefix`` or the buyer's own.
    """
    body, order = submission.body, order_of(submission)
    rows = reading.rows(body, "lines")
    known = _lines(submission, rows, order)
    found = [_line(said, order, known) for said in rows]
    notice = notices.announce(
        supplier=submission.supplier,
        site=order.site,
        reference=reading.text(body, "reference", 40),
        ships_on=reading.day(body, "ships_on"),
        arrives_on=reading.day(body, "arrives_on"),
        packed=[_packed(said, line) for said, line in zip(rows, found, strict=True)],
        units=[_unit(place, said, found) for place, said in enumerate(reading.rows(body, "units"), start=1)],
        sscc_prefix=reading.text(body, "sscc_prefix", 20) if body.get("number_units") else None,
        carrier=reading.text(body, "carrier", 80),
        tracking=reading.text(body, "tracking", 80),
        package_count=reading.whole(body, "packages", default=1),
        submission=submission,
        by=by,
        at=at,
        key=f"submission:{submission.pk}",
    )
    return {
        "notice": notice.number,
        "shipment": str(notice.public_id),
        "flags": checking.sentences(notice.flags),
        "units": notice.units.count(),
    }


@handles(SubmissionKind.NOTICE_UPDATE)
def tell(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"shipment": public id, ...}`` with one of ``"milestone"`` (and ``"at"``), ``"arrives_on"``, ``"cancel"``.

    A time without an offset is the site's. ``reason`` goes with the last two.
    """
    body = submission.body
    notice, key = _notice(submission), f"submission:{submission.pk}"
    reason = reading.text(body, "reason", 200)
    if body.get("cancel"):
        notices.cancel(notice=notice, reason=reason or _("Taken back"), by=by, at=at, seen=notice.version, key=key)
    elif body.get("arrives_on"):
        notices.replan(notice=notice, arrives_on=reading.day(body, "arrives_on"), reason=reason, by=by, at=at, key=key)
    else:
        notices.pass_milestone(
            notice=notice,
            milestone=reading.text(body, "milestone", 20),
            happened_at=_instant(body, notice) if body.get("at") else at,
            by=by,
            at=at,
            key=key,
        )
    return {"notice": notice.number, "shipment": str(notice.public_id)}


def _lines(submission: Submission, rows: list[Said], order: PurchaseOrder) -> dict[tuple[str, int], PurchaseOrderLine]:
    """By order and line number; of orders that are not the supplier's there is none."""
    numbers = {order.number, *(reading.text(said, "order", 40) for said in rows)}
    everywhere = PurchaseOrderLine.objects.everywhere(because="bound to the submission's supplier")
    bound = everywhere.filter(order__number__in=numbers, order__supplier_id=submission.supplier_id)
    return {(line.order.number, line.number): line for line in bound.select_related("order")}


def _line(said: Said, order: PurchaseOrder, lines: dict[tuple[str, int], PurchaseOrderLine]) -> PurchaseOrderLine:
    number = reading.text(said, "order", 40) or order.number
    line = lines.get((number, reading.whole(said, "line")))
    if line is None:
        raise Refused(_("%(order)s has no line %(line)s.") % {"order": number, "line": said["line"]})
    return line


def _packed(said: Said, line: PurchaseOrderLine) -> Packed:
    return Packed(
        order_line_id=line.pk,
        quantity=_base(said, line),
        lot=reading.text(said, "lot", LONGEST),
        expires_on=reading.maybe_day(said, "expires_on"),
        serials=_serials(said),
        certificate=reading.text(said, "certificate", LONGEST),
        called=f"{line.order.number}/{line.number}" if said.get("order") else str(line.number),
    )


def _unit(place: int, said: Said, lines: list[PurchaseOrderLine]) -> PackedUnit:
    return PackedUnit(
        number=place,
        holds=tuple(_held(row, lines) for row in reading.rows(said, "holds")),
        sscc=bare_sscc(reading.text(said, "sscc", 40)),
        package=reading.text(said, "package", 4) or rules.PALLET,
        around=reading.whole(said, "in") if said.get("in") else None,
        gross_weight=reading.maybe_number(said, "gross_weight"),
    )


def _held(said: Said, lines: list[PurchaseOrderLine]) -> Held:
    place = reading.whole(said, "line")
    if not 1 <= place <= len(lines):
        raise Refused(_("A unit holds line %(line)s of the notice, which is not there.") % {"line": place})
    return Held(place, _base(said, lines[place - 1]), _serials(said))


def _base(said: Said, line: PurchaseOrderLine) -> Any:
    return Factor(line.numerator, line.denominator).to_base(reading.number(said, "quantity"))


def _serials(said: Said) -> tuple[str, ...]:
    found = said.get("serials") or []
    if not isinstance(found, list) or len(found) > reading.MOST:
        raise Refused(_("serials: write a list of serial numbers."))
    if long := next((text for text in map(str, found) if len(text) > LONGEST), ""):
        said = {"serial": long[:LONGEST], "most": LONGEST}
        raise Refused(_("Serial number %(serial)s… is longer than %(most)s characters.") % said)
    return tuple(str(text).strip() for text in found)


def _notice(submission: Submission) -> ShipNotice:
    """The notice spoken of, if it is the supplier's own."""
    text = reading.text(submission.body, "shipment", 40)
    everywhere = ShipNotice.objects.everywhere(because="bound to the submission's supplier")
    mine = everywhere.filter(supplier_id=submission.supplier_id).select_related("site__entity", "supplier__party")
    try:
        notice = mine.filter(public_id=UUID(text)).first()
    except ValueError:
        notice = None
    if notice is None:
        raise Refused(_("There is no such delivery."))
    return notice


def _instant(body: Said, notice: ShipNotice) -> datetime:
    text = reading.text(body, "at", 40)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(_("at: “%(said)s” is no time; write it like 2026-03-31T14:30.") % {"said": text}) from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(notice.site.timezone))
