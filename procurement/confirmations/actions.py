"""Take over a supplier's answer: what is within tolerance counts at once, the rest becomes a change request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.values.actor import Actor
from governance.cases import actions as cases
from procurement.changes import actions as changes
from procurement.changes.deltas import Proposed
from procurement.changes.models import ChangeRequest
from procurement.confirmations import rules
from procurement.confirmations.events import ConfirmationReceived, ConfirmationSettled
from procurement.confirmations.glossary import ACKNOWLEDGED, ANSWERED, REJECTED
from procurement.confirmations.lifecycle import ConfirmationState
from procurement.confirmations.models import Confirmation, ConfirmationLine
from procurement.confirmations.rules import Answered, Judged, Schedule, Tolerance
from procurement.orders import actions as orders
from procurement.orders import queries
from procurement.orders.actions.listen import Promise
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import Confirmed, PurchaseOrder, PurchaseOrderLine
from suppliers.submissions.models import Submission


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the supplier said of one line, in the line's order unit; None means as ordered."""

    line_number: int
    quantity: Decimal | None = None
    promised_on: date | None = None
    price: Decimal | None = None
    schedule: tuple[tuple[Decimal, date], ...] = ()
    substitute: str = ""
    is_rejected: bool = False
    reason: str = ""


@dataclass
class _Heard:
    line: PurchaseOrderLine
    answer: Answer
    answered: Answered
    found: list[Judged] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        return rules.worst(self.found)


@verb
def confirm(
    *,
    order: PurchaseOrder,
    revision: int,
    answers: Iterable[Answer],
    by: Actor,
    at: datetime,
    key: str | None = None,
    header: str = ANSWERED,
    reference: str = "",
    submission: Submission | None = None,
) -> Confirmation:
    """An answer to one revision. Lines that are not spoken of keep what was promised before.

    Refused when the order is not on its way, or when the answer speaks of an older revision than the one in force.
    """
    lines = {line.number: line for line in queries.full_lines(order)}
    tolerance = Tolerance(order.quantity_percent, order.price_percent, order.days_early, order.days_late)
    heard = [_hear(order, lines, answer, tolerance) for answer in answers]
    confirmation = Confirmation(
        order=order,
        revision=revision,
        submission=submission,
        reference=reference,
        received_at=at,
        status=_judged(header, heard),
        line_count=len(heard),
        deviating_count=sum(h.verdict == rules.DEVIATES for h in heard),
    )
    with deciding(confirmation, by=by, key=key, first=[order]) as confirmation:
        order = PurchaseOrder.objects.everywhere(because="held above").select_related("supplier").get(pk=order.pk)
        _still_to_answer(order, revision)
        _write(confirmation, heard)
        _take_over(order, header, heard, reference, by=by, at=at)
        if header == REJECTED:
            _open_rejection(confirmation, order, by=by, at=at)
        elif deviating := [h for h in heard if h.verdict == rules.DEVIATES]:
            confirmation.change = _propose(order, deviating, by=by, at=at)
        journal.record(_received(confirmation, order, header, heard), at=at)
    return confirmation


@verb
def settle(*, confirmation: Confirmation, accepted: bool, by: Actor, at: datetime, key: str) -> Confirmation:
    """The buyer agreed to what the supplier proposed, or not."""
    with deciding(confirmation, by=by, key=key) as confirmation:
        move(confirmation.accept if accepted else confirmation.refuse)
        event = ConfirmationSettled(subject=confirmation.subject, order=confirmation.order.number, accepted=accepted)
        journal.record(event, at=at)
    return confirmation


def _hear(order: PurchaseOrder, lines: dict[int, PurchaseOrderLine], answer: Answer, tolerance: Tolerance) -> _Heard:
    line = lines.get(answer.line_number)
    if line is None:
        raise Refused(_("%(order)s has no line %(line)s.") % {"order": order.number, "line": answer.line_number})
    rows = answer.schedule
    if not rows and (answer.quantity is not None or answer.promised_on is not None):
        asked_units = _units(line, line.ordered - line.cancelled)
        rows = ((answer.quantity if answer.quantity is not None else asked_units, answer.promised_on or line.need_by),)
    answered = Answered(
        schedule=tuple(Schedule(_base(line, quantity), on) for quantity, on in rows),
        price=None if answer.price is None else _price(line, answer.price),
        substitute=answer.substitute,
        is_rejected=answer.is_rejected or (any(q == 0 for q, _on in rows[:1]) and len(rows) == 1),
    )
    asked = rules.asked_of(line)
    return _Heard(line, answer, answered, rules.judge(asked, answered, tolerance))


def _base(line: PurchaseOrderLine, units: Decimal) -> Decimal:
    return units * line.numerator / line.denominator


def _units(line: PurchaseOrderLine, base: Decimal) -> Decimal:
    return base * line.denominator / line.numerator


def _price(line: PurchaseOrderLine, per_unit: Decimal) -> Decimal:
    """A price for one order unit, said for one base unit; the same price comes back exactly."""
    if per_unit == (line.price * line.numerator / line.denominator).quantize(per_unit):
        return line.price
    return (per_unit * line.denominator / line.numerator).quantize(Decimal("0.000001"))


def _judged(header: str, heard: list[_Heard]) -> str:
    if header == ACKNOWLEDGED:
        return ConfirmationState.ACKNOWLEDGED
    if header == REJECTED or any(h.verdict == rules.DEVIATES for h in heard):
        return ConfirmationState.IN_EXCEPTION
    return ConfirmationState.ACCEPTED


def _still_to_answer(order: PurchaseOrder, revision: int) -> None:
    if order.status != OrderState.ISSUED:
        raise Refused(_("Order %(number)s is not open any more.") % {"number": order.number})
    if revision != order.revision:
        said = {"number": order.number, "now": order.revision, "then": revision}
        raise Refused(_("Order %(number)s was changed: answer revision %(now)d, not %(then)d.") % said)


def _write(confirmation: Confirmation, heard: list[_Heard]) -> None:
    rows = []
    for h in heard:
        sentence = " ".join(judged.sentence for judged in h.found)[:300]
        for slot in h.answered.schedule or (None,):
            rows.append(
                ConfirmationLine(
                    confirmation=confirmation,
                    order_line=h.line,
                    code=rules.code(h.answered, h.found),
                    quantity=slot.quantity if slot else h.line.ordered - h.line.cancelled,
                    promised_on=slot.on if slot else h.line.need_by,
                    price=h.answered.price,
                    substitute=h.answer.substitute,
                    reason=h.answer.reason[:200],
                    verdict=h.verdict,
                    sentence=sentence,
                )
            )
    ConfirmationLine.objects.bulk_create(rows)


def _take_over(
    order: PurchaseOrder, header: str, heard: list[_Heard], reference: str, *, by: Actor, at: datetime
) -> None:
    """Promises of lines that are fine; the facet says whether the buyer must look."""
    facet = {ACKNOWLEDGED: Confirmed.ACKNOWLEDGED, REJECTED: Confirmed.REJECTED}.get(header)
    if facet is None and any(h.verdict == rules.DEVIATES for h in heard):
        facet = Confirmed.CHANGED
    if header == ACKNOWLEDGED and order.confirmed != Confirmed.NONE:
        facet = Confirmed(order.confirmed)
    fine = [h for h in heard if h.verdict != rules.DEVIATES] if header == ANSWERED else []
    promises = [_promise(h) for h in fine]
    orders.note_confirmed(order=order, promises=promises, reference=reference, facet=facet, by=by, at=at)


def _promise(h: _Heard) -> Promise:
    rows = h.answered.schedule
    quantity = sum((row.quantity for row in rows), Decimal(0)) if rows else h.line.ordered - h.line.cancelled
    return Promise(h.line.pk, quantity, max((row.on for row in rows), default=h.line.need_by))


def _propose(order: PurchaseOrder, deviating: list[_Heard], *, by: Actor, at: datetime) -> ChangeRequest:
    proposed = [
        Proposed(
            h.line,
            judged.field,
            judged.after,
            _("Line %(n)d: %(said)s") % {"n": h.line.number, "said": judged.sentence},
        )
        for h in deviating
        for judged in h.found
        if judged.field != "substitute"
    ]
    reason = "; ".join(h.answer.reason for h in deviating if h.answer.reason)[:200]
    return changes.propose(order=order, proposed=proposed, reason=reason, by=by, at=at)


def _open_rejection(confirmation: Confirmation, order: PurchaseOrder, *, by: Actor, at: datetime) -> None:
    cases.open_(
        kind="supplier_rejected",
        about=order,
        about_title=f"{order.number}: {order.supplier.party.name}",
        about_url=f"/orders/{order.number}/",
        cause="rejected",
        summary=_("The supplier rejects the order."),
        entity_id=order.entity_id,
        site_id=order.site_id,
        supplier_id=order.supplier_id,
        stake=order.amount,
        currency=order.currency,
        facts={"reference": confirmation.reference},
        by=by,
        at=at,
    )


def _received(
    confirmation: Confirmation, order: PurchaseOrder, header: str, heard: list[_Heard]
) -> ConfirmationReceived:
    return ConfirmationReceived(
        subject=confirmation.subject,
        order=order.number,
        revision=confirmation.revision,
        supplier_id=order.supplier_id,
        header=header,
        verdicts=[[h.line.number, h.verdict, " ".join(j.sentence for j in h.found)] for h in heard],
    )
