"""What is done when something happened to what a person proves himself with: he is told, in case it was not he."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from foundation.journal.events import Event, subscribe
from organization.notifications import actions as notifications
from organization.people.events import (
    FactorAdded,
    FactorRemoved,
    IdentityLinked,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SessionsEnded,
)
from organization.people.models import Person

TOLD = (FactorAdded, FactorRemoved, RecoveryCodesMade, RecoveryCodeUsed, IdentityLinked, SessionsEnded)


@subscribe(*TOLD)
def tell_owner(event: Any, *, key: str) -> None:
    person = Person.objects.get(pk=event.person_id)
    address = settings.OFFICE_ADDRESS.rstrip("/") + reverse("organization:security")
    said = {"what": _what(event), "address": address}
    text = _(
        "%(what)s\n\nIf that was not you, end all other sessions at once and tell your administrator:\n%(address)s"
    )
    notifications.queue(
        to=person.email,
        subject=_("Your sign-in to Countersign has changed"),
        text=text % said,
        thread=event.subject,
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
