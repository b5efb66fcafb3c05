"""Somebody leaves, or must not come in for now: everything that opens a door for him ends with the same transaction."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes import verbs as known_verbs
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.people.models import OfficeSession, Person
from organization.scopes import queries
from organization.scopes.actions import keep_somebody, write_grants
from organization.scopes.events import PersonLetIn, PersonShutOut


@verb
def shut_out(*, person: Person, reason: str, by: Actor, at: datetime, seen: int | None = None, key: str) -> Person:
    """The next request of the person is refused: sessions are gone, grants too, and what waits goes to others.

    His roles stand still and come back if he is let in again. Refused for oneself, without a reason, for whoever
    reaches further than the one who does it, and for the last one who can do what somebody must.
    """
    with deciding(person, by=by, seen=seen, key=key, proof=True) as person:
        _insist(person, reason, by)
        if not person.is_active:
            raise Refused(_("This person is shut out already."))
        held = queries.held_how_far(known_verbs.indispensable)
        person.is_active = False
        OfficeSession.objects.filter(person=person).delete()
        write_grants(person)
        journal.record(PersonShutOut(subject=person.subject, person_id=person.pk, reason=reason.strip()), at=at)
        keep_somebody(held, gone=[row.pk for row in queries.unended_of(person)])
    return person


@verb
def let_in(*, person: Person, reason: str, by: Actor, at: datetime, seen: int | None = None, key: str) -> Person:
    """The person may sign in again, with the roles that have not ended meanwhile."""
    with deciding(person, by=by, seen=seen, key=key, proof=True) as person:
        _insist(person, reason, by)
        if person.is_active:
            raise Refused(_("This person may come in already."))
        person.is_active = True
        write_grants(person)
        journal.record(PersonLetIn(subject=person.subject, person_id=person.pk, reason=reason.strip()), at=at)
    return person


def _insist(person: Person, reason: str, by: Actor) -> None:
    allow(by, "grant_role")
    for membership in queries.unended_of(person):
        allow(by, "grant_role", membership.scope)
    if person.kind != Person.INTERNAL:
        raise Refused(_("People of a supplier are let in and shut out on the supplier's page."))
    if by.person_id == person.pk:
        raise Refused(_("You cannot do this to yourself. Ask somebody else who may grant roles."))
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
