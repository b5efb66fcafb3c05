"""Settling a case by one of its resolutions, closing it, opening it again."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.resolutions import registry as resolutions
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from governance.cases.actions.opening import of
from governance.cases.events import CaseClosed, CaseReopened, CaseResolved
from governance.cases.models import Case


@verb
def resolve(
    *,
    case: Case,
    how: str,
    facts: dict[str, Any] | None = None,
    root_cause: str = "",
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
) -> Case:
    """Settle the case by a resolution that its package registered: effect and case in one transaction.

    Raises Refused with the resolution's own objections, asked again under the locks; NotYours without its verb.
    """
    try:
        resolution = resolutions.find(case.kind, how)
    except LookupError:
        raise Refused(_("This case cannot be settled that way.")) from None
    facts = dict(facts or {})  # a resolution may fill in what was left to it; the event tells what it was
    with deciding(case, by=by, seen=seen, key=key, first=resolution.lock(case)) as case:
        allow(by, resolution.verb, case)
        if objections := resolution.why_not(case):
            raise Refused(*objections)
        case.root_cause = root_cause.strip()[:80]
        move(case.resolve, how=how, at=at)  # before the effect, which may find its cause gone and wish to settle it
        resolution.carry_out(case, by=by, at=at, facts=facts)
        told = CaseResolved(
            **of(case),
            how=how,
            facts=facts,
            root_cause=case.root_cause,
            supplier_id=case.supplier_id,
            stake=case.stake,
            currency=case.currency,
            opened_at=case.opened_at,
        )
        journal.record(told, at=at)
    return case


@verb
def close(*, case: Case, root_cause: str = "", by: Actor, at: datetime, seen: int, key: str) -> Case:
    """File a settled case; by then it says what the cause was."""
    with deciding(case, by=by, seen=seen, key=key) as case:
        allow(by, "work_case", case)
        case.root_cause = root_cause.strip()[:80] or case.root_cause
        move(case.close, at=at)
        journal.record(CaseClosed(**of(case), root_cause=case.root_cause), at=at)
    return case


@verb
def reopen(*, case: Case, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Case:
    """It was not settled after all."""
    with deciding(case, by=by, seen=seen, key=key) as case:
        allow(by, "work_case", case)
        if not reason.strip():
            raise Refused(_("Say why, in a few words."))
        move(case.reopen)
        case.escalated_at = None
        journal.record(CaseReopened(**of(case), reason=reason.strip()), at=at)
    return case
