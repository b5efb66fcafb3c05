"""Telling the owner of a waiver that it ends."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.values.days import day_text
from governance.waivers.events import WaiverEnding
from governance.waivers.models import Waiver
from governance.waivers.registry import CHECKS
from organization.notifications import actions as notifications
from organization.people.models import Person


def tell_ending(event: WaiverEnding, *, key: str, at: datetime) -> None:
    """A notice in the product: from then on the check counts again."""
    if event.owner_id is None:
        return
    waiver = Waiver.objects.get(pk=event.document_id)
    said = {
        "check": CHECKS.get(event.check, event.check),
        "where": event.where,
        "day": day_text(waiver.ends_at.date()),
    }
    notifications.tell(
        person=Person.objects.get(pk=event.owner_id),
        kind="waiver_ending",
        subject=event.subject,
        text=_("Your waiver ends on %(day)s: %(check)s, %(where)s. Ask anew if it is still needed.") % said,
        url=reverse("governance:waiver", args=[waiver.pk]),
        key=key,
        at=at,
    )
