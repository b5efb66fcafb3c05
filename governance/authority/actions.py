"""Drafting, publishing and lending authority."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.documents.rows import BATCH
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.turns import current
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import NotYours, allow, may
from foundation.values.actor import Actor
from governance.authority import checking, matrices, queries, replays, words
from governance.authority.events import (
    AuthorityLent,
    LoanEnded,
    MatrixDrafted,
    MatrixPlanCancelled,
    MatrixPlanned,
    MatrixPublished,
    MatrixSuperseded,
    RulesSet,
)
from governance.authority.lifecycle import MatrixState
from governance.authority.models import AuthorityMatrix, Delegation, MatrixRule
from governance.authority.parameters import EXPIRING_DAYS
from organization.people.models import Person


@verb
def draft_matrix(
    *,
    name: str,
    copy_of: AuthorityMatrix | None = None,
    rules: list[dict[str, Any]] | None = None,
    by: Actor,
    at: datetime,
    key: str,
) -> AuthorityMatrix:
    """Begin the next version: empty, with the rules of another, or with these (as ``set_rules`` takes them)."""
    allow(by, "edit_matrix")
    latest = AuthorityMatrix.objects.aggregate(latest=Max("number"))["latest"] or 0
    draft = AuthorityMatrix(number=latest + 1, name=name, author_id=by.person_id)
    with deciding(draft, by=by, key=key) as draft:
        told = MatrixDrafted(
            subject=draft.subject, number=draft.number, name=name, copied_from=copy_of.number if copy_of else None
        )
        journal.record(told, at=at)
        if copy_of is not None:
            rules = [matrices.as_given(row) for row in queries.rules_of(copy_of)]
        if rules:
            _write(draft, rules, at=at)
    return draft


@verb
def set_rules(
    *, matrix: AuthorityMatrix, rules: list[dict[str, Any]], by: Actor, at: datetime, seen: int | None = None, key: str
) -> AuthorityMatrix:
    """Replace the rules of a draft.

    A rule is a dictionary of MatrixRule's columns: ``document_kind, entity, site, category, cost_center`` (keys or
    rows), ``amount_from, amount_to, contract, urgency, source, budget, risk`` (a word or a list), ``steps,
    auto_approve_cap, forbid, note, is_on``; what is left out matches anything. Without numbers they count from 1.

    Raises Refused with a sentence for every rule that cannot be.
    """
    with deciding(matrix, by=by, seen=seen, key=key) as matrix:
        allow(by, "edit_matrix")
        if matrix.status != MatrixState.DRAFT:
            raise Refused(_("A published version never changes. Draft the next one."))
        if by.person_id:
            matrix.author_id = by.person_id
        _write(matrix, rules, at=at)
    return matrix


def _write(matrix: AuthorityMatrix, rules: Iterable[dict[str, Any]], *, at: datetime) -> None:
    rows = matrices.rows_of(matrix, rules)
    MatrixRule.objects.filter(matrix=matrix).delete()
    MatrixRule.objects.bulk_create(rows, batch_size=BATCH)
    matrix.rule_count = len(rows)
    told = RulesSet(subject=matrix.subject, rule_count=len(rows), digest=matrices.digest(rows))
    journal.record(told, at=at)


@verb
def publish(
    *,
    matrix: AuthorityMatrix,
    effective_at: datetime | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str,
) -> AuthorityMatrix:
    """Put a draft in force, now or from ``effective_at`` on; the version before decides until then.

    Requests that are under way keep the version they were routed by. Nobody who wrote on the draft publishes it, and
    a matrix that leaves a document without an answer stays a draft: Refused with every gap, by amount and place. So
    does one that was not held against the documents of the last days, and any while another is planned.
    """
    active = queries.active_matrix()
    with deciding(matrix, by=by, seen=seen, key=key, first=[active] if active else [], proof=True) as matrix:
        allow(by, "publish_matrix")
        if by.is_human and queries.wrote(matrix, by):
            raise Refused(_("Who wrote the rules does not publish them. Ask somebody else to."))
        if objection := _not_then(effective_at, at):
            raise Refused(objection)
        if flaws := [*_flaws(matrix, effective_at or at), *replays.objections(matrix, active, at=at)]:
            raise Refused(*flaws)
        if queries.active_matrix() != active:
            raise Refused(_("Another version was put in force meanwhile. Look at what changed, then publish again."))
        matrix.publisher_id = by.person_id
        if effective_at:
            move(matrix.plan, at=effective_at)
            journal.record(MatrixPlanned(**_told(matrix, active), effective_at=effective_at), at=at)
            return matrix
        if active:
            _supersede(active, matrix, by=by, at=at)
        move(matrix.publish, at=_after(active, at))
        journal.record(MatrixPublished(**_told(matrix, active)), at=at)
    return matrix


def _told(matrix: AuthorityMatrix, active: AuthorityMatrix | None) -> dict[str, Any]:
    """What both ways to publish say of a version."""
    return {
        "subject": matrix.subject,
        "number": matrix.number,
        "rule_count": matrix.rule_count,
        "digest": matrices.digest(MatrixRule.objects.filter(matrix=matrix)),
        "replaces": active.number if active else None,
    }


def _not_then(effective_at: datetime | None, at: datetime) -> str | None:
    """Why a version cannot be published for this instant."""
    if planned := queries.planned_matrix():
        said = {"n": planned.number}
        return _("Version %(n)s is planned already: cancel its plan first, or wait until it is in force.") % said
    if effective_at and effective_at <= max(at, current().recorded_at):
        return _("Choose a time that is still to come, or none to put it in force at once.")
    return None


def _after(active: AuthorityMatrix | None, at: datetime) -> datetime:
    """Begins only grow, also when the clock was set back in between."""
    if active is None or active.effective_at is None:
        return at
    return max(at, active.effective_at + timedelta(microseconds=1))


def _supersede(active: AuthorityMatrix, matrix: AuthorityMatrix, *, by: Actor, at: datetime) -> None:
    with deciding(active, by=by) as old:
        move(old.supersede)
        told = MatrixSuperseded(subject=old.subject, number=old.number, replaced_by=matrix.number)
        journal.record(told, at=at)


@verb
def cancel_plan(
    *, matrix: AuthorityMatrix, reason: str, by: Actor, at: datetime, seen: int | None = None, key: str
) -> AuthorityMatrix:
    """Take back a version that is not in force yet: it is a draft again."""
    with deciding(matrix, by=by, seen=seen, key=key) as matrix:
        allow(by, "publish_matrix")
        if not reason.strip():
            raise Refused(_("Say why."))
        if matrix.effective_at and matrix.effective_at <= max(at, current().recorded_at):
            raise Refused(_("It is in force. Draft the next version from an older one instead."))
        move(matrix.cancel_plan)
        matrix.publisher_id = None
        told = MatrixPlanCancelled(subject=matrix.subject, number=matrix.number, reason=reason.strip())
        journal.record(told, at=at)
    return matrix


@verb
def begin(*, matrix: AuthorityMatrix, by: Actor, at: datetime, key: str) -> AuthorityMatrix:
    """Say that a planned version is in force, once its time has come by the database's clock.

    Routes do not wait for it: they ask which version is in force at their instant.
    """
    active = queries.active_matrix()
    with deciding(matrix, by=by, key=key, first=[active] if active else []) as matrix:
        if matrix.effective_at is None or matrix.effective_at > current().recorded_at:
            raise Refused(_("Its time has not come."))
        if active:
            _supersede(active, matrix, by=by, at=at)
        move(matrix.begin)
        journal.record(MatrixPublished(**_told(matrix, active)), at=at)
    return matrix


def _flaws(matrix: AuthorityMatrix, at: datetime) -> list[str]:
    """As of the instant from which it shall decide."""
    rows = queries.rules_of(matrix)
    names = words.Names.of(rows)
    looked = checking.look(rows, names.world(), on=at.date(), soon=EXPIRING_DAYS.count(at=at))
    return [flaw.sentence for flaw in words.flaws(looked, names)]


@verb
def delegate(
    *,
    giver: Person,
    taker: Person,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    kinds: Iterable[str] = (),
    cap: Decimal | None = None,
    by: Actor,
    at: datetime,
    key: str,
) -> Delegation:
    """Lend one's authority to somebody for a time. What was lent cannot be lent on.

    For somebody else it is done by his manager, or by whoever may delegate for others.
    """
    if by.person_id not in (giver.pk, giver.manager_id) and not may(by, "delegate"):
        raise NotYours("delegate", giver.name)
    if objection := _why_not_lend(giver, taker, starts_at, ends_at, reason, at):
        raise Refused(objection)
    loan = Delegation(
        giver=giver, taker=taker, kinds=list(kinds), cap=cap, starts_at=starts_at, ends_at=ends_at, reason=reason
    )
    with deciding(loan, by=by, key=key) as loan:
        told = AuthorityLent(
            subject=loan.subject,
            giver_id=giver.pk,
            taker_id=taker.pk,
            kinds=loan.kinds,
            cap=cap,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason,
        )
        journal.record(told, at=at)
    return loan


def _why_not_lend(
    giver: Person, taker: Person, starts_at: datetime, ends_at: datetime, reason: str, at: datetime
) -> str | None:
    if giver.pk == taker.pk:
        return _("Choose somebody else than the one whose authority it is.")
    if taker.kind != Person.INTERNAL or not taker.is_active:
        return _("Only an active person of ours can stand in.")
    if ends_at <= starts_at or ends_at <= at:
        return _("The end must lie after the beginning and in the future.")
    return None if reason.strip() else _("Say why, in a few words.")


@verb
def end_delegation(*, delegation: Delegation, by: Actor, at: datetime, seen: int | None = None, key: str) -> Delegation:
    """Take lent authority back at once. A decision made before stands, also while it is held."""
    with deciding(delegation, by=by, seen=seen, key=key) as delegation:
        if by.person_id not in (delegation.giver_id, delegation.taker_id) and not may(by, "delegate"):
            raise NotYours("delegate", str(delegation))
        if delegation.ended_at or delegation.ends_at <= at:
            raise Refused(_("The delegation has ended."))
        delegation.ended_at = at
        told = LoanEnded(subject=delegation.subject, giver_id=delegation.giver_id, taker_id=delegation.taker_id)
        journal.record(told, at=at)
    return delegation
