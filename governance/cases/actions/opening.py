"""Cases open when a check fails and settle themselves when its cause is gone."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from foundation.documents.models import Recorded
from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.journal import chain
from foundation.lifecycles import move
from foundation.numbering import actions as numbering
from foundation.values.actor import Actor
from governance import deadlines
from governance.cases import kinds, queries
from governance.cases.events import CaseOpened, CaseSeenAgain, CaseSolvedItself
from governance.cases.models import Case, Severity
from organization.entities.models import LegalEntity

RANK = [Severity.LOW, Severity.NORMAL, Severity.HIGH]


@verb
def open_(
    *,
    kind: str,
    about: Recorded,
    about_title: str,
    about_url: str,
    cause: str,
    summary: str,
    entity_id: int,
    site_id: int | None,
    supplier_id: int | None,
    stake: Decimal,
    currency: str,
    facts: dict[str, Any],
    severity: str = "",
    not_by: Collection[int] = (),
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Case:
    """Open a case, or note that its cause was seen again, inside another door or on its own (then with a key).

    At most one case of a kind is open about one cause of a document. A second sighting brings the newer facts and
    the higher severity; it does not restart the clock. Owner and hours come from the table of kinds; nobody in
    ``not_by`` becomes the owner.
    """
    with opening(by=by, key=key) as turn:
        if turn.outermost:
            turn.hold([about])  # two sightings at once would otherwise both find no case
        case = queries.unsolved(kind=kind, about=about.subject, cause=cause).first() or Case(
            number=numbering.take("CASE", _entity_code(entity_id), at.date()),
            kind=kind,
            about=about.subject,
            about_title=about_title[:200],
            about_url=about_url,
            cause=cause,
            opened_at=at,
            entity_id=entity_id,
            site_id=site_id,
            supplier_id=supplier_id,
            owner=queries.natural_owner(kinds.of(kind).role, entity_id=entity_id, site_id=site_id, but=not_by),
            severity=severity or kinds.of(kind).severity,
            currency=currency,
            due_at=deadlines.due(at, kinds.of(kind).hours, site_id=site_id),
            sightings=0,
        )
        with deciding(case, by=by) as case:
            case.summary, case.stake, case.facts = summary[:300], stake, chain.plain(facts)
            case.sightings += 1
            case.severity = max(case.severity, severity or case.severity, key=RANK.index)
            journal.record(_opened(case) if case.sightings == 1 else _seen_again(case), at=at)
    return case


def _entity_code(entity_id: int) -> str:
    return LegalEntity.objects.values_list("code", flat=True).get(pk=entity_id)


def _seen_again(case: Case) -> CaseSeenAgain:
    return CaseSeenAgain(**of(case), sightings=case.sightings, summary=case.summary)


def _opened(case: Case) -> CaseOpened:
    return CaseOpened(
        **of(case),
        summary=case.summary,
        url=case.about_url,
        entity_id=case.entity_id,
        site_id=case.site_id,
        supplier_id=case.supplier_id,
        owner_id=case.owner_id,
        severity=case.severity,
        stake=case.stake,
        currency=case.currency,
        due_at=case.due_at,
    )


@verb
def auto_resolve(*, kind: str, about: str, cause: str, by: Actor, at: datetime, key: str | None = None) -> Case | None:
    """The fact that raised the case is gone. None, and no error, when no such case is open."""
    case = queries.unsolved(kind=kind, about=about, cause=cause).first()
    if case is None:
        return None
    with deciding(case, by=by, key=key) as case:
        if case.is_unsolved:
            move(case.auto_resolve, at=at)
            told = CaseSolvedItself(**of(case), supplier_id=case.supplier_id, opened_at=case.opened_at)
            journal.record(told, at=at)
    return case


def of(case: Case) -> dict[str, Any]:
    """What every event of a case says first."""
    return {
        "subject": case.subject,
        "number": case.number,
        "kind": case.kind,
        "about": case.about,
        "cause": case.cause,
    }
