"""What a person does about himself: taste, what he proves himself with, his sessions."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, ProofNeeded, deciding, opening, verb
from foundation.door.proofs import insist, is_fresh
from foundation.journal import actions as journal
from foundation.journal.turns import current
from foundation.lifecycles import Refused
from foundation.screens.context import DENSITIES, THEMES
from foundation.values.actor import Actor
from organization.people import factors, passkeys, queries
from organization.people.events import (
    FactorAdded,
    FactorRemoved,
    IdentityLinked,
    PasskeyRenamed,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SessionsEnded,
)
from organization.people.models import Keyring, OfficeSession, Person, PortalChallenge, PortalPasskey
from organization.people.portal_challenges import PROVED


def prefer(*, person: Person, theme: str, density: str, language: str, timezone: str, uses_keys: bool) -> None:
    """Keep how a person wants to see the product. Taste is no record: nothing is written to the journal."""
    if theme not in THEMES or density not in DENSITIES:
        raise ValueError(f"There is no theme {theme} or no density {density}.")
    wanted = {"theme": theme, "density": density, "language": language, "timezone": timezone, "uses_keys": uses_keys}
    Person.objects.filter(pk=person.pk).update(**wanted)


def decline_passkey(*, person: Person, at: datetime) -> None:
    """Taste as well: signing in stays as it is, and nobody asks again."""
    Person.objects.filter(pk=person.pk).update(declined_passkey_at=at)


@verb
def add_passkey(*, person: Person, name: str, answer: dict[str, Any], by: Actor, at: datetime, key: str) -> Keyring:
    """Keep a passkey that the browser made (``factors.made_passkey``)."""
    with _keyring(person, by=by, key=key) as keyring:
        _insist_on_presence(by)
        called = name.strip() or _("Passkey")
        factors.add_passkey(person, called, answer)
        told = FactorAdded(subject=keyring.subject, person_id=person.pk, kind=factors.PASSKEY.value, called=called)
        journal.record(told, at=at)
    return keyring


@verb
def add_app(*, person: Person, secret: str, code: str, by: Actor, at: datetime, key: str) -> Keyring:
    """Keep an authenticator app that knows ``secret``, as its first code shows. Refused if that is wrong."""
    with _keyring(person, by=by, key=key) as keyring:
        _insist_on_presence(by)
        if factors.app_of(person.pk):
            raise Refused(_("You have an authenticator app already. Remove it first."))
        step = factors.accepts(secret, code)
        if step is None:
            raise Refused(_("The code is not the one your app shows now. Check the time of your device."))
        factors.add_app(person, secret, step=step)
        called = _("Authenticator app")
        told = FactorAdded(subject=keyring.subject, person_id=person.pk, kind=factors.APP.value, called=called)
        journal.record(told, at=at)
    return keyring


@verb
def remove_factor(*, person: Person, factor_id: int, by: Actor, at: datetime, key: str) -> Keyring:
    """Take a passkey or the app away. The last one stays where a role of the person's asks for proofs."""
    with _keyring(person, by=by, key=key) as keyring:
        insist(by, at=current().recorded_at)
        mine = [row for row in factors.of(person.pk) if row.type in factors.STRONG]
        gone = next((row for row in mine if row.pk == factor_id), None)
        if gone is None:
            raise Refused(_("It is gone already."))
        if len(mine) == 1 and queries.needs_factor(person.pk):
            raise Refused(_("Your role asks for proofs, so the last one cannot be removed. Add another one first."))
        called, kind = factors.name_of(gone), gone.type
        gone.delete()
        if len(mine) == 1:
            factors.drop_recovery_codes(person)
        told = FactorRemoved(subject=keyring.subject, person_id=person.pk, kind=kind, called=called)
        journal.record(told, at=at)
    return keyring


@verb
def rename_passkey(*, person: Person, factor_id: int, name: str, by: Actor, at: datetime, key: str) -> Keyring:
    with _keyring(person, by=by, key=key) as keyring:
        row = next((row for row in factors.of(person.pk) if row.pk == factor_id), None)
        if row is None or row.type != factors.PASSKEY:
            raise Refused(_("It is gone already."))
        if not name.strip():
            raise Refused(_("Give the passkey a name."))
        was = factors.name_of(row)
        factors.rename(row, name.strip())
        told = PasskeyRenamed(subject=keyring.subject, person_id=person.pk, called=name.strip(), was=was)
        journal.record(told, at=at)
    return keyring


@verb
def renew_recovery_codes(*, person: Person, by: Actor, at: datetime, key: str) -> Keyring:
    """Ten new codes (``factors.recovery_codes``); those before them open nothing any more."""
    with _keyring(person, by=by, key=key) as keyring:
        insist(by, at=current().recorded_at)
        if not factors.has_strong(person.pk):
            raise Refused(_("Add a passkey or an authenticator app first: the codes stand in for them."))
        factors.renew_recovery_codes(person)
        journal.record(RecoveryCodesMade(subject=keyring.subject, person_id=person.pk), at=at)
    return keyring


@verb
def use_recovery_code(*, person: Person, code: str, by: Actor, at: datetime, key: str) -> Keyring:
    """Use one up. Refused if it is none, or was used."""
    with _keyring(person, by=by, key=key) as keyring:
        left = factors.use_recovery_code(person.pk, code)
        if left is None:
            raise Refused(_("The code is not right."))
        journal.record(RecoveryCodeUsed(subject=keyring.subject, person_id=person.pk, left=left), at=at)
    return keyring


@verb
def keep_portal_passkey(*, person: Person, challenge_id: str, by: Actor, at: datetime, key: str) -> Keyring:
    """Keep a passkey that a supplier's person made in answer to a challenge. Raises ``passkeys.Unproved``, or what an
    odd answer raises, if the answer proves nothing."""
    with _keyring(person, by=by, key=key) as keyring:
        challenge = PortalChallenge.objects.select_for_update().get(pk=challenge_id, person=person, verdict="")
        if not person.is_active:
            raise passkeys.Unproved("Its person is out.")
        made = passkeys.made(challenge.answer, challenge.asked)
        called = challenge.name.strip() or _("Passkey")
        challenge.passkey = PortalPasskey.objects.create(person=person, name=called, added_at=at, **vars(made))
        challenge.verdict, challenge.answer = PROVED, ""
        challenge.save(update_fields=["passkey", "verdict", "answer"])
        told = FactorAdded(subject=keyring.subject, person_id=person.pk, kind=factors.PASSKEY.value, called=called)
        journal.record(told, at=at)
    return keyring


@verb
def take_portal_passkey(*, person: Person, passkey_id: int, by: Actor, at: datetime, key: str) -> Keyring:
    """Take away a passkey that its person removed in the portal, where it opens nothing since."""
    with _keyring(person, by=by, key=key) as keyring:
        passkey = PortalPasskey.objects.get(pk=passkey_id, person=person)
        passkey.delete()
        told = FactorRemoved(
            subject=keyring.subject, person_id=person.pk, kind=factors.PASSKEY.value, called=passkey.name
        )
        journal.record(told, at=at)
    return keyring


@verb
def link_identity(*, person: Person, provider: str, uid: str, by: Actor, at: datetime, key: str) -> Keyring:
    """Let an identity provider vouch for the person as one subject. Refused if it did as another one before."""
    with _keyring(person, by=by, key=key) as keyring:
        if factors.is_linked(person, provider):  # the mailbox was given to somebody else there
            raise Refused(_("This mail address stands for somebody else at the provider."))
        factors.link(person, provider, uid)
        journal.record(IdentityLinked(subject=keyring.subject, person_id=person.pk), at=at)
    return keyring


@verb
def end_sessions(*, person: Person, keys: Iterable[str], by: Actor, at: datetime, key: str) -> Keyring:
    """End these sessions of the person's own, this instant. Refused if none of them lives any more."""
    with _keyring(person, by=by, key=key) as keyring:
        count = OfficeSession.objects.filter(person=person, pk__in=list(keys)).delete()[0]
        if not count:
            raise Refused(_("The session has ended already."))
        journal.record(SessionsEnded(subject=keyring.subject, person_id=person.pk, count=count), at=at)
    return keyring


@contextmanager
def _keyring(person: Person, *, by: Actor, key: str) -> Iterator[Keyring]:
    """The person's own keyring, made when it is first needed. Only he himself opens it."""
    assert by.person_id == person.pk, "A keyring is its person's own."
    with opening(by=by, key=key):
        keyring = Keyring.objects.filter(person=person).first() or Keyring(person=person)
        with deciding(keyring, by=by, seen=AS_IT_IS, key=key) as keyring:
            yield keyring


def _insist_on_presence(by: Actor) -> None:
    """A further factor wants a proof by one of those before it; the first one a password or a sign-in just now.

    Otherwise who found an open session would add a passkey of his own, and with it prove everything else.
    """
    at = current().recorded_at
    fresh = by.proved_at if factors.actor_has_strong(by) else by.known_at
    if not is_fresh(fresh, at=at):
        raise ProofNeeded
