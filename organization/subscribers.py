"""What is done when something happened to how a person comes in: he is told, in case it was not he, or in good time."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from foundation.journal.events import Event, subscribe
from foundation.values.actor import Actor
from foundation.values.days import day_of
from organization.notifications import actions as notifications
from organization.people import doorkeeping  # noqa: F401  what is done at a bell
from organization.people.events import (
    FactorAdded,
    FactorRemoved,
    IdentityLinked,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SessionsEnded,
)
from organization.people.models import Person
from organization.scopes.events import RoleEnding

IN_THE_PORTAL = "/account/sign-in/"
"""The portal's page of who comes in how; its addresses are not known in this process."""
TOLD = (FactorAdded, FactorRemoved, RecoveryCodesMade, RecoveryCodeUsed, IdentityLinked, SessionsEnded)


@subscribe(*TOLD)
def tell_owner(event: Any, *, key: str) -> None:
    person = Person.objects.get(pk=event.person_id)
    if person.kind == Person.OF_SUPPLIER:
        address = settings.PORTAL_ADDRESS.rstrip("/") + IN_THE_PORTAL
        subject = _("Your sign-in to the supplier portal has changed")
        text = _("%(what)s\n\nIf that was not you, look at it at once and tell your buyer:\n%(address)s")
    else:
        address = settings.OFFICE_ADDRESS.rstrip("/") + reverse("organization:security")
        subject = _("Your sign-in to Countersign has changed")
        text = _(
            "%(what)s\n\nIf that was not you, end all other sessions at once and tell your administrator:\n%(address)s"
        )
    said = {"what": _what(event), "address": address}
    notifications.queue(
        to=person.email,
        subject=subject,
        text=text % said,
        thread=event.subject,
        key=key,
        at=now(),
    )


@subscribe(RoleEnding)
def tell_end(event: RoleEnding, *, key: str) -> None:
    """The one whose role ends, and whoever gave it and may give it anew."""
    keys = {event.person_id, Actor.parse(event.granted_by).person_id} - {None}
    said = {"role": event.role, "where": event.scope, "day": day_of(event.ends_at)}
    for person in Person.objects.filter(pk__in=keys, is_active=True, kind=Person.INTERNAL).order_by("pk"):
        text = _("%(role)s (%(where)s) was given until %(day)s. Whoever still needs it asks for it again in time.")
        url = reverse("organization:preferences")
        if person.pk != event.person_id:
            text = _("%(role)s (%(where)s), which you gave, ends on %(day)s.")
            url = reverse("organization:person", args=[event.person_id])
        notifications.tell(
            person=person,
            kind="role_ending",
            subject=event.subject,
            text=text % said,
            url=url,
            key=key,
            at=now(),
        )


def _what(event: Event) -> str:
    match event:
        case FactorAdded(called=called):
            return _("You can now prove who you are with this: %(called)s.") % {"called": called}
        case FactorRemoved(called=called):
            return _("This was removed and opens nothing any more: %(called)s.") % {"called": called}
        case RecoveryCodesMade():
            return _("New recovery codes were made. Those before them open nothing any more.")
        case RecoveryCodeUsed(left=left):
            return _("A recovery code was used. %(left)s are left.") % {"left": left}
        case IdentityLinked():
            return _("Your company's sign-in opens Countersign for you from now on.")
        case _:
            return _("Sessions of yours were ended.")
