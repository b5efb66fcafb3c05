"""What can be done with changes to issued orders."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from foundation.values.exact import plain
from governance.approvals import actions as approvals
from governance.authority.queries import Routed, route_for
from governance.cases import actions as cases
from organization.sites.queries import today
from procurement.changes import deltas, queries
from procurement.changes.deltas import Proposed
from procurement.changes.events import (
    ChangeApplied,
    ChangeDeclined,
    ChangeLinesDeclined,
    ChangeProposed,
    ChangeSubmitted,
    ChangeSuperseded,
)
from procurement.changes.lifecycle import UNDECIDED
from procurement.changes.models import ChangeLine, ChangeRequest, Origin
from procurement.orders import actions as orders
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import Confirmed, PurchaseOrder

KIND = "order_change"
CASE = "supplier_change"


def propose(
    *,
    order: PurchaseOrder,
    proposed: Iterable[Proposed],
    reason: str,
    by: Actor,
    at: datetime,
) -> ChangeRequest:
    """The supplier answered beyond tolerance: a change request (the content) and a case (the clock), linked.

    An older undecided proposal of the supplier is superseded: the newest word counts.
    """
    proposed = list(proposed)
    _supersede(order, by=by, at=at)
    change = _request(order, Origin.SUPPLIER, proposed, reason, at=at)
    with deciding(change, by=by) as change:
        _write(change, proposed)
        change.case = _open_case(change, order, proposed, by=by, at=at)
        journal.record(_proposed(change, order, proposed), at=at)
    return change


@verb
def change_order(
    *, order: PurchaseOrder, proposed: Iterable[Proposed], reason: str, by: Actor, at: datetime, seen: int, key: str
) -> ChangeRequest:
    """The buyer changes an issued order: applied as the next revision, or approved again first if it grows.

    What the supplier had proposed and nobody answered is superseded: this is the answer, a counter-offer.
    """
    proposed = list(proposed)
    if not proposed:
        raise Refused(_("Nothing was changed."))
    change = _request(order, Origin.BUYER, proposed, reason, at=at)
    with deciding(change, by=by, key=key, seen=seen, first=[order], of=order) as change:
        allow(by, "change_order", order)
        _supersede(order, by=by, at=at)
        if order.status != OrderState.ISSUED:
            raise Refused(_("Only an issued order is changed this way."))
        _write(change, proposed)
        journal.record(_proposed(change, order, proposed), at=at)
        _apply_or_ask(change, by=by, at=at)
    return change


@verb
def accept(
    *,
    change: ChangeRequest,
    lines: Collection[int] | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
) -> ChangeRequest:
    """Agree to what the supplier proposed: the next revision is written, or approvers are asked if it grows.

    With ``lines`` (their numbers) only to those; the others stay as ordered, and the supplier reads the reason.
    """
    with deciding(change, by=by, seen=seen, key=key, first=[change.order]) as change:
        allow(by, "change_order", change.order)
        if lines is not None:
            _leave_out(change, set(lines), reason, at=at)
        _apply_or_ask(change, by=by, at=at)
    return change


@verb
def decline(*, change: ChangeRequest, reason: str, by: Actor, at: datetime, seen: int, key: str) -> ChangeRequest:
    """The order stays as it was; the supplier is told."""
    with deciding(change, by=by, seen=seen, key=key, first=[change.order]) as change:
        allow(by, "change_order", change.order)
        decline_held(change, reason=reason, by=by, at=at)
    return change


def agree(*, change: ChangeRequest, by: Actor, at: datetime) -> ChangeRequest:
    """``accept`` from within the case that owns its clock: the case is being resolved, so it is left alone."""
    with deciding(change, by=by) as change:
        apply_held(change, by=by, at=at, settle_case=False)
    return change


def disagree(*, change: ChangeRequest, reason: str, by: Actor, at: datetime) -> ChangeRequest:
    """``decline`` from within its case."""
    with deciding(change, by=by) as change:
        decline_held(change, reason=reason, by=by, at=at, settle_case=False)
    return change


def decline_held(change: ChangeRequest, *, reason: str, by: Actor, at: datetime, settle_case: bool = True) -> None:
    if not reason.strip():
        raise Refused(_("Say why: the supplier reads it."))
    move(change.decline, at=at)
    change.answer = reason.strip()
    order = change.order
    if change.origin == Origin.SUPPLIER:
        orders.note_confirmed(order=order, promises=[], reference="", facet=_facet(order), by=by, at=at)
    if settle_case:
        _settle(change, by=by, at=at)
    event = ChangeDeclined(
        subject=change.subject, number=change.number, order=order.number, origin=change.origin, reason=reason
    )
    journal.record(event, at=at)


def apply_held(change: ChangeRequest, *, by: Actor, at: datetime, settle_case: bool = True) -> None:
    """Write the next revision from a change whose door is open. The order must be held."""
    order = change.order
    _still_based_on(change, order)
    is_ours = change.origin == Origin.BUYER
    move(change.send if is_ours else change.apply, at=at)
    rows = list(change.lines.filter(is_declined=False).select_related("order_line"))
    order = orders.revise(order=order, deltas=deltas.to_apply(rows), why=change.number, by=by, at=at)
    if not is_ours:
        orders.note_confirmed(order=order, promises=deltas.promises(order, rows), reference="", by=by, at=at)
    if settle_case:
        _settle(change, by=by, at=at)
    event = ChangeApplied(
        subject=change.subject, number=change.number, order=order.number, revision=order.revision, origin=change.origin
    )
    journal.record(event, at=at)


def _leave_out(change: ChangeRequest, lines: set[int], reason: str, *, at: datetime) -> None:
    """Decline every line of the proposal but these."""
    rows = list(change.lines.select_related("order_line"))
    unknown = lines - {row.order_line.number for row in rows}
    if unknown or not lines:
        raise Refused(_("Choose lines of this proposal; to refuse all of it, decline it."))
    out = [row for row in rows if row.order_line.number not in lines]
    if not out:
        return
    if not reason.strip():
        raise Refused(_("Say why the other lines stay as ordered: the supplier reads it."))
    change.lines.filter(pk__in=[row.pk for row in out]).update(is_declined=True)
    change.answer = reason.strip()
    kept = [row for row in rows if row not in out]
    change.amount_change = deltas.amount_change([Proposed(row.order_line, row.field, row.after) for row in kept])
    event = ChangeLinesDeclined(
        subject=change.subject,
        number=change.number,
        order=change.order.number,
        lines=sorted({row.order_line.number for row in out}),
        reason=reason.strip(),
    )
    journal.record(event, at=at)


def _apply_or_ask(change: ChangeRequest, *, by: Actor, at: datetime) -> None:
    order = change.order
    routed = _route(change, order, at=at) if queries.is_reapproved(change, at=at) else None
    if routed is None:
        apply_held(change, by=by, at=at)
        return
    if routed.route.gap:
        raise Refused(_("The order grows beyond its approval, and the authority matrix names nobody for that."))
    said: dict[str, Any] = {
        "about": change,
        "kind": KIND,
        "title": f"{change.number}: {order.number} grows by {plain(change.amount_change, 2)} {order.currency}",
        "url": f"/changes/{change.number}/",
        "routed": routed,
        "entity_id": order.entity_id,
        "amount": (order.amount + change.amount_change) * order.rate,
        "currency": order.entity.currency,
        "at": at,
    }
    if routed.route.auto_approved:
        approvals.auto_approve(**said)
        apply_held(change, by=by, at=at)
        return
    move(change.submit)
    approvals.ask(**said, site_id=order.site_id, requester_id=by.person_id, by=by)
    journal.record(ChangeSubmitted(subject=change.subject, number=change.number, steps=len(routed.route.steps)), at=at)


def _route(change: ChangeRequest, order: PurchaseOrder, *, at: datetime) -> Routed:
    return route_for(
        kind=KIND,
        at=at,
        entity_id=order.entity_id,
        site_id=order.site_id,
        category_ids=order.category_ids,
        amount=(order.amount + change.amount_change) * order.rate,
        contract="off_contract",
        urgency="normal",
        budget="within",
        supplier_risk=order.supplier.risk_on(today(order.site, at)),
    )


def _request(
    order: PurchaseOrder,
    origin: str,
    proposed: list[Proposed],
    reason: str,
    *,
    at: datetime,
) -> ChangeRequest:
    return ChangeRequest(
        number=numbering.take("CR", order.entity.code, today(order.site, at)),
        order=order,
        origin=origin,
        base_revision=order.revision,
        reason=reason,
        amount_change=deltas.amount_change(proposed),
        created_at=at,
    )


def _write(change: ChangeRequest, proposed: list[Proposed]) -> None:
    ChangeLine.objects.bulk_create(
        ChangeLine(
            change=change, order_line=p.line, field=p.field, before=p.before, after=p.after, sentence=p.sentence[:300]
        )
        for p in proposed
    )


def _supersede(order: PurchaseOrder, *, by: Actor, at: datetime) -> None:
    older = ChangeRequest.objects.everywhere(because="the order is held")
    for change in older.filter(order=order, origin=Origin.SUPPLIER, status__in=UNDECIDED).order_by("pk"):
        with deciding(change, by=by) as change:
            if change.status == "in_approval":
                approvals.withdraw(about=change, by=by, at=at)
            move(change.supersede)
            _settle(change, by=by, at=at)
            journal.record(ChangeSuperseded(subject=change.subject, number=change.number), at=at)


def _open_case(change: ChangeRequest, order: PurchaseOrder, proposed: list[Proposed], *, by: Actor, at: datetime):  # type: ignore[no-untyped-def]
    return cases.open_(
        kind=CASE,
        about=change,
        about_title=f"{order.number}: {order.supplier.party.name}",
        about_url=f"/changes/{change.number}/",
        cause="answer",
        summary=" ".join(p.sentence for p in proposed if p.sentence)[:300],
        entity_id=order.entity_id,
        site_id=order.site_id,
        supplier_id=order.supplier_id,
        stake=abs(change.amount_change) or sum((p.line.amount for p in proposed), Decimal(0)),
        currency=order.currency,
        facts={"order": order.number, "lines": sorted({p.line.number for p in proposed})},
        by=by,
        at=at,
    )


def _settle(change: ChangeRequest, *, by: Actor, at: datetime) -> None:
    cases.auto_resolve(kind=CASE, about=change.subject, cause="answer", by=by, at=at)


def _still_based_on(change: ChangeRequest, order: PurchaseOrder) -> None:
    if order.revision != change.base_revision:
        raise Refused(_("The order was revised since this was proposed: look at the new revision first."))


def _proposed(change: ChangeRequest, order: PurchaseOrder, proposed: list[Proposed]) -> ChangeProposed:
    return ChangeProposed(
        subject=change.subject,
        number=change.number,
        order=order.number,
        origin=change.origin,
        amount_change=change.amount_change,
        currency=order.currency,
        deltas=[[p.line.number, p.field, p.before, p.after] for p in proposed],
    )


def _facet(order: PurchaseOrder) -> str:
    answered = [line.confirmed_quantity is not None for line in order.lines.all()]
    return Confirmed.PARTLY if any(answered) else Confirmed.NONE
