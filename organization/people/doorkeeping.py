"""Judges what browsers answered at the portal's door, in the relay's process and under the back office's role.

The portal's role can neither read a public key nor write a verdict (docs/decisions/0016), so that whoever took the
portal over still needs the passkey itself. What cannot be understood proves nothing.
"""

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.utils.timezone import now

from foundation.door import Busy
from foundation.journal.errands import errand
from organization.people import actions as people
from organization.people import passkeys
from organization.people.models import PortalChallenge, PortalPasskey
from organization.people.passkeys import DOORBELL, Unproved
from organization.people.portal_challenges import PROVED, REFUSED

log = logging.getLogger("countersign.security")


@errand(DOORBELL)
def keep_the_door() -> int:
    """Judge every answer that waits and take away what its owner removed; how many there were."""
    waiting = PortalChallenge.objects.filter(answered_at__isnull=False, verdict="", expires_at__gt=now())
    done = 0
    for challenge in waiting.select_related("person").order_by("answered_at"):
        judge(challenge)
        done += 1
    for passkey in PortalPasskey.objects.filter(removed_at__isnull=False).select_related("person"):
        take_away(passkey)
        done += 1
    return done


def judge(challenge: PortalChallenge) -> None:
    """Write the verdict; a new passkey is kept with it, a known one remembers its use."""
    try:
        if challenge.person is None:
            prove(challenge)
        else:
            key = f"passkey:{challenge.pk}"
            person = challenge.person
            people.keep_portal_passkey(person=person, challenge_id=challenge.pk, by=person.actor, at=now(), key=key)
    except (OperationalError, InterfaceError, Busy):
        raise  # of the database, not of the answer: it is tried again
    except Exception as why:
        log.warning("Portal passkey refused: %s: %s", type(why).__name__, why)
        refused = PortalChallenge.objects.filter(pk=challenge.pk, verdict="")
        refused.update(verdict=REFUSED, answer="")


def prove(challenge: PortalChallenge) -> None:
    with transaction.atomic():
        row = PortalChallenge.objects.select_for_update().filter(pk=challenge.pk, verdict="").first()
        if row is None:
            return  # another relay was faster
        named = PortalPasskey.objects.filter(credential=passkeys.named(row.answer), removed_at=None)
        passkey = named.select_for_update(of=("self",)).select_related("person").first()
        if passkey is None:
            raise Unproved("There is no such passkey.")
        passkey.uses = passkeys.shown(row.answer, row.asked, passkey)
        passkey.save(update_fields=["uses"])
        row.passkey, row.verdict, row.answer = passkey, PROVED, ""
        row.save(update_fields=["passkey", "verdict", "answer"])


def take_away(passkey: PortalPasskey) -> None:
    person, at = passkey.person, passkey.removed_at or now()
    people.take_portal_passkey(person=person, passkey_id=passkey.pk, by=person.actor, at=at, key=f"gone:{passkey.pk}")
