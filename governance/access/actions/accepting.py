"""A conflict that has to be is accepted by two people, with a reason and an end. Then it comes back."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from governance.access import conflicts
from governance.access.duties import Conflict
from governance.access.events import (
    AcceptanceAsked,
    AcceptanceDeclined,
    AcceptanceExpired,
    AcceptanceTakenBack,
    ConflictAccepted,
)
from governance.access.models import ConflictAcceptance
from organization.people.models import Person

LONGEST = timedelta(days=366)


@verb
def ask_acceptance(
    *, person: Person, conflict: Conflict, reason: str, until: datetime, by: Actor, at: datetime, key: str
) -> ConflictAcceptance:
    """Ask a second person to accept what one person's duties come to, as they are now.

    What was accepted before and has come back (for its grounds have grown) is replaced.
    """
    allow(by, "review_access")
    if by.person_id == person.pk:
        raise Refused(_("Your own duties are accepted by two others."))
    if not reason.strip():
        raise Refused(_("Say why it has to be, and what is done instead to keep watch."))
    if not at < until <= at + LONGEST:
        raise Refused(_("An acceptance ends within a year."))
    held = next((one for one in conflicts.found(at, person=person) if one.conflict == conflict), None)
    if held is None:
        raise Refused(_("%(person)s has no such conflict.") % {"person": person.name})
    if held.is_accepted:
        raise Refused(_("This is accepted already."))
    new = ConflictAcceptance(
        person=person,
        conflict=conflict.key,
        grounds=held.grounds,
        reason=reason.strip(),
        asked_by_id=by.person_id,
        asked_at=at,
        until=until,
    )
    with opening(by=by, key=key):
        if held.acceptance is not None:
            _take_back(held.acceptance, by=by, at=at)
        with deciding(new, by=by) as row:
            journal.record(AcceptanceAsked(**_about(row), reason=row.reason, until=until, grounds=row.grounds), at=at)
    return row


@verb
def accept(
    *, acceptance: ConflictAcceptance, by: Actor, at: datetime, seen: int | None = None, key: str
) -> ConflictAcceptance:
    """The second person says yes. Refused to the one who asked, and to the one whose duties they are."""
    with deciding(acceptance, by=by, seen=seen, key=key, proof=True) as row:
        _insist_on_another(row, by)
        if row.until <= at:
            raise Refused(_("The day until which it was asked for has passed."))
        row.answered_by_id = by.person_id
        move(row.accept, at=at)
        told = ConflictAccepted(
            **_about(row), reason=row.reason, until=row.until, asked_by_id=row.asked_by_id, grounds=row.grounds
        )
        journal.record(told, at=at)
    return row


@verb
def decline(
    *, acceptance: ConflictAcceptance, by: Actor, at: datetime, seen: int | None = None, key: str
) -> ConflictAcceptance:
    with deciding(acceptance, by=by, seen=seen, key=key) as row:
        _insist_on_another(row, by)
        row.answered_by_id = by.person_id
        move(row.decline, at=at)
        journal.record(AcceptanceDeclined(**_about(row)), at=at)
    return row


@verb
def take_back(
    *, acceptance: ConflictAcceptance, by: Actor, at: datetime, seen: int | None = None, key: str
) -> ConflictAcceptance:
    """The conflict is open again. Anybody who may accept one may end it alone."""
    with deciding(acceptance, by=by, seen=seen, key=key) as row:
        allow(by, "review_access")
        move(row.take_back)
        journal.record(AcceptanceTakenBack(**_about(row)), at=at)
    return row


@verb
def expire(*, acceptance: ConflictAcceptance, by: Actor, at: datetime, key: str) -> ConflictAcceptance:
    """Its time is over, answered or not."""
    with deciding(acceptance, by=by, key=key) as row:
        if row.until > at:
            raise Refused(_("It has not run out."))
        move(row.expire)
        journal.record(AcceptanceExpired(**_about(row), asked_by_id=row.asked_by_id), at=at)
    return row


def _take_back(acceptance: ConflictAcceptance, *, by: Actor, at: datetime) -> None:
    with deciding(acceptance, by=by) as row:
        move(row.take_back)
        journal.record(AcceptanceTakenBack(**_about(row)), at=at)


def _insist_on_another(row: ConflictAcceptance, by: Actor) -> None:
    allow(by, "review_access")
    if by.person_id in (row.asked_by_id, row.person_id):
        raise Refused(_("Somebody else has to answer: neither who asked nor whose duties they are."))


def _about(row: ConflictAcceptance) -> dict[str, Any]:
    return {"subject": row.subject, "person_id": row.person_id, "conflict": row.conflict}
