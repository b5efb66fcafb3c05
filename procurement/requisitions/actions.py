"""What can be done with a requisition."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from finance.budgets import actions as budgets
from finance.budgets.actions import Claim
from finance.budgets.models import Budget, Stage
from finance.budgets.queries import budget_for
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from governance.approvals import actions as approvals
from governance.authority.queries import Routed
from governance.waivers import actions as waivers
from governance.waivers.models import WaiverUse
from organization.entities.models import LegalEntity
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.requisitions import classifying, drafting, duplicates, queries, routing, rules, splitting
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.events import (
    RemainderCancelled,
    RequisitionApproved,
    RequisitionCancelled,
    RequisitionEdited,
    RequisitionRaised,
    RequisitionRejected,
    RequisitionReturned,
    RequisitionSubmitted,
    RequisitionWithdrawn,
)
from procurement.requisitions.lifecycle import EDITABLE, TO_ORDER, RequisitionState
from procurement.requisitions.models import Requisition, RequisitionLine, Source, Urgency
from procurement.requisitions.rules import Finding
from procurement.requisitions.splitting import reserved_for


@verb
def raise_(
    *,
    site: Site,
    title: str,
    wanted: Iterable[Wanted],
    by: Actor,
    at: datetime,
    key: str,
    cost_center_id: int | None = None,
    urgency: str = Urgency.NORMAL,
    urgency_reason: str = "",
    stock_out_on: date | None = None,
    need_by: date | None = None,
    note: str = "",
    source: str = Source.PERSON,
) -> Requisition:
    """Start a request as a draft; lines are priced from contract, price list or what was typed."""
    entity = site.entity
    requisition = Requisition(
        number=numbering.take("REQ", entity.code, today(site, at)),
        entity=entity,
        site=site,
        cost_center_id=cost_center_id,
        requester_id=by.person_id,
        title=title,
        urgency=urgency,
        urgency_reason=urgency_reason,
        stock_out_on=stock_out_on,
        need_by=need_by,
        note=note,
        source=source,
        currency=entity.currency,
        created_at=at,
    )
    allow(by, "raise_requisition", requisition)
    with deciding(requisition, by=by, key=key) as requisition:
        write_lines(requisition, wanted, entity=entity, at=at)
        journal.record(
            RequisitionRaised(
                subject=requisition.subject,
                number=requisition.number,
                amount=requisition.amount,
                currency=requisition.currency,
                lines=requisition.line_count,
                source=source,
            ),
            at=at,
        )
    return requisition


@verb
def edit(
    *,
    requisition: Requisition,
    wanted: Iterable[Wanted],
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
    title: str,
    cost_center_id: int | None = None,
    urgency: str = Urgency.NORMAL,
    urgency_reason: str = "",
    stock_out_on: date | None = None,
    need_by: date | None = None,
    note: str = "",
) -> Requisition:
    """Replace header and lines of a draft."""
    with deciding(requisition, by=by, seen=seen, key=key) as requisition:
        allow(by, "raise_requisition", requisition)
        if requisition.status not in EDITABLE:
            raise Refused(_("Only a draft can be edited: withdraw the request first."))
        requisition.title, requisition.note, requisition.need_by = title, note, need_by
        requisition.cost_center_id = cost_center_id
        requisition.urgency, requisition.urgency_reason = urgency, urgency_reason
        requisition.stock_out_on = stock_out_on
        requisition.lines.all().delete()
        write_lines(requisition, wanted, entity=requisition.entity, at=at)
        journal.record(
            RequisitionEdited(
                subject=requisition.subject,
                amount=requisition.amount,
                currency=requisition.currency,
                lines=requisition.line_count,
            ),
            at=at,
        )
    return requisition


@verb
def submit(*, requisition: Requisition, by: Actor, at: datetime, seen: int, key: str) -> Requisition:
    """Check policy, reserve the budget, and ask whoever the authority matrix names.

    Refused with every blocking finding, or when the matrix forbids it or names nobody.
    """
    with deciding(requisition, by=by, seen=seen, key=key) as requisition:
        allow(by, "raise_requisition", requisition)
        lines, on = queries.checked_lines(requisition), today(requisition.site, at)
        requisition.lines_at_hand = lines
        budget = budget_for(requisition.cost_center_id, on)
        alike = duplicates.twins(requisition, lines, at=at)
        guesses = classifying.of_lines(lines)
        found = queries.checks(requisition, lines, budget=budget, on=on, at=at)
        found += [*alike.findings, *classifying.doubts(lines, guesses)]
        if blocked := rules.blocks(found):
            raise Refused(*blocked)
        requisition.checks = [finding.as_dict() for finding in found]
        _note_waived(requisition, found, at=at)
        routed = routing.route_of(requisition, lines, budget=budget, at=at).noting(likeness=alike.word)
        requisition.classification = classifying.classified(lines, routed.facts, guesses).as_dict()
        if objections := _objections(routed):
            raise Refused(*objections)
        move(requisition.approve_at_once if routed.route.auto_approved else requisition.submit, at=at)
        _ask(requisition, routed, by=by, at=at)
        _reserve(requisition, lines, budget, by=by, at=at)
        journal.record(_submitted(requisition, routed), at=at)
        if routed.route.auto_approved:
            journal.record(_approved(requisition, by_policy=True), at=at)
    return requisition


def approve(*, requisition: Requisition, by: Actor, at: datetime) -> Requisition:
    """Everybody said yes. Called by the subject door, in the transaction of the last decision."""
    with deciding(requisition, by=by) as requisition:
        move(requisition.approve, at=at)
        journal.record(_approved(requisition, by_policy=False), at=at)
    return requisition


def send_back(*, requisition: Requisition, reason: str, by: Actor, at: datetime) -> Requisition:
    with deciding(requisition, by=by) as requisition:
        move(requisition.send_back)
        splitting.put_back(requisition)
        _unreserve(requisition, by=by, at=at)
        journal.record(RequisitionReturned(subject=requisition.subject, reason=reason), at=at)
    return requisition


def reject(*, requisition: Requisition, reason: str, by: Actor, at: datetime) -> Requisition:
    with deciding(requisition, by=by) as requisition:
        move(requisition.reject)
        _unreserve(requisition, by=by, at=at)
        journal.record(RequisitionRejected(subject=requisition.subject, reason=reason), at=at)
    return requisition


@verb
def withdraw(*, requisition: Requisition, by: Actor, at: datetime, seen: int, key: str) -> Requisition:
    """Take the request back to draft; whoever was asked is told no more."""
    with deciding(requisition, by=by, seen=seen, key=key) as requisition:
        allow(by, "raise_requisition", requisition)
        take_back(requisition, by=by, at=at)
    return requisition


@verb
def cancel(*, requisition: Requisition, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Requisition:
    with deciding(requisition, by=by, seen=seen, key=key) as requisition:
        allow(by, "raise_requisition", requisition)
        was_asked = requisition.status == RequisitionState.IN_APPROVAL
        move(requisition.cancel)
        if was_asked:
            approvals.withdraw(about=requisition, by=by, at=at)
        _unreserve(requisition, by=by, at=at)
        journal.record(RequisitionCancelled(subject=requisition.subject, reason=reason), at=at)
    return requisition


@verb
def cancel_remainder(
    *, requisition: Requisition, line_number: int, reason: str, by: Actor, at: datetime, seen: int, key: str
) -> Requisition:
    """What is left of a line is not needed any more: it leaves the pool."""
    with deciding(requisition, by=by, seen=seen, key=key) as requisition:
        allow(by, "raise_requisition", requisition)
        line: RequisitionLine = requisition.lines.get(number=line_number)
        left: Decimal = line.remaining
        if requisition.status not in TO_ORDER or not left:
            raise Refused(_("Nothing of this line waits to be ordered."))
        line.cancelled += left
        line.save(update_fields=["cancelled"])
        budgets.release([reserved_for(requisition, line)], Stage.RESERVED, by=by, at=at)
        journal.record(
            RemainderCancelled(subject=requisition.subject, line=line_number, quantity=left, reason=reason), at=at
        )
    return requisition


def take_back(requisition: Requisition, *, by: Actor, at: datetime) -> None:
    """Inside the request's own door: it is a draft again, and neither approvers nor the budget know of it."""
    move(requisition.withdraw)
    approvals.withdraw(about=requisition, by=by, at=at)
    splitting.put_back(requisition)
    _unreserve(requisition, by=by, at=at)
    journal.record(RequisitionWithdrawn(subject=requisition.subject), at=at)


def write_lines(requisition: Requisition, wanted: Iterable[Wanted], *, entity: LegalEntity, at: datetime) -> None:
    """Inside the request's own door: its lines, and what the header says of them."""
    lines = drafting.lines_of(requisition, wanted, entity=entity, on=today(requisition.site, at))
    requisition.lines_at_hand = RequisitionLine.objects.bulk_create(lines)
    requisition.take(lines)
    if lines:
        requisition.need_by = requisition.need_by or min(line.need_by for line in lines)


def _objections(routed: Routed) -> list[str]:
    if routed.route.forbidden:
        return [str(sentence) for sentence in routed.route.forbidden]
    if routed.route.gap:
        return [_("The authority matrix names nobody for this: ask its owner to close the gap.")]
    return []


def _ask(requisition: Requisition, routed: Routed, *, by: Actor, at: datetime) -> None:
    """Ask whom the route names, or keep that it names nobody."""
    said: dict[str, Any] = {
        "about": requisition,
        "kind": routing.KIND,
        "title": f"{requisition.number} {requisition.title}"[:200],
        "url": f"/requests/{requisition.number}/",
        "routed": routed,
        "entity_id": requisition.entity_id,
        "amount": requisition.amount,
        "currency": requisition.currency,
        "at": at,
    }
    if routed.route.auto_approved:
        approvals.auto_approve(**said)
    else:
        approvals.ask(**said, site_id=requisition.site_id, requester_id=requisition.requester_id, by=by)


def _note_waived(requisition: Requisition, found: Iterable[Finding], *, at: datetime) -> None:
    waivers.note_uses(
        WaiverUse(
            waiver_id=finding.waiver,
            about=requisition.subject,
            title=str(requisition),
            url=f"/requests/{requisition.number}/",
            line=finding.line,
            sentence=finding.sentence[:400],
            used_at=at,
        )
        for finding in found
        if finding.waiver
    )


def _reserve(
    requisition: Requisition, lines: list[RequisitionLine], budget: Budget | None, *, by: Actor, at: datetime
) -> None:
    if budget:
        claims = [Claim(budget.pk, Stage.RESERVED, line.amount, reserved_for(requisition, line)) for line in lines]
        budgets.shift(claims, by=by, at=at)


def _unreserve(requisition: Requisition, *, by: Actor, at: datetime) -> None:
    references = [reserved_for(requisition, line) for line in requisition.lines.all()]
    budgets.release(references, Stage.RESERVED, by=by, at=at)


def _submitted(requisition: Requisition, routed: Routed) -> RequisitionSubmitted:
    return RequisitionSubmitted(
        subject=requisition.subject,
        number=requisition.number,
        amount=requisition.amount,
        currency=requisition.currency,
        steps=len(routed.route.steps),
        matrix=str(routed.matrix or ""),
    )


def _approved(requisition: Requisition, *, by_policy: bool) -> RequisitionApproved:
    return RequisitionApproved(
        subject=requisition.subject,
        number=requisition.number,
        amount=requisition.amount,
        currency=requisition.currency,
        by_policy=by_policy,
    )
