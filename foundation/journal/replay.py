"""A person sends a delivery again, or lets it be. Both stand in the document's own history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.documents.models import Recorded
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.events import Event
from foundation.journal.models import Delivery
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor


@dataclass(frozen=True, kw_only=True)
class AboutDelivery(Event):
    """Which copy of which entry, and why."""

    delivery: int
    subscriber: str
    entry: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeliverySentAgain(AboutDelivery): ...


@dataclass(frozen=True, kw_only=True)
class DeliverySkipped(AboutDelivery): ...


@verb
def redeliver(*, delivery: Delivery, reason: str, by: Actor, at: datetime, key: str) -> Recorded:
    """Try a parked or waiting delivery again, at once and with all its attempts; it keeps its key."""
    return _settle(delivery, reason, by=by, at=at, key=key, skipped=False)


@verb
def skip(*, delivery: Delivery, reason: str, by: Actor, at: datetime, key: str) -> Recorded:
    """Let a delivery be: those behind it in its lane go on without it."""
    return _settle(delivery, reason, by=by, at=at, key=key, skipped=True)


def _settle(delivery: Delivery, reason: str, *, by: Actor, at: datetime, key: str, skipped: bool) -> Recorded:
    allow(by, "replay_delivery")
    if not reason.strip():
        raise Refused(_("Say why, in a few words."))
    document = _document(delivery.entry.subject)
    with deciding(document, by=by, key=key, of=document) as row:
        held = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        if held.status not in (Delivery.Status.PARKED, Delivery.Status.READY):
            raise Refused(_("This delivery is settled: %(state)s.") % {"state": held.get_status_display().lower()})
        if held.status == Delivery.Status.READY and held.lease_until is not None:
            raise Refused(_("This delivery is on its way right now. Look again in a moment."))
        said: dict[str, Any] = {
            "subject": row.subject,
            "delivery": held.pk,
            "subscriber": held.subscriber,
            "entry": held.number,
            "reason": reason.strip(),
        }
        if skipped:
            changed: dict[str, Any] = {"status": Delivery.Status.SKIPPED, "done_at": Now(), "note": reason[:400]}
        else:
            changed = {"status": Delivery.Status.READY, "next_at": Now(), "attempts": 0, "lost": 0, "note": ""}
        Delivery.objects.filter(pk=held.pk).update(token=0, lease_until=None, **changed)
        journal.record(DeliverySkipped(**said) if skipped else DeliverySentAgain(**said), at=at, told=False)
        journal.ring()
    return row


def _document(subject: str) -> Recorded:
    label, pk = subject.split(":")
    found: Recorded = apps.get_model(label)._base_manager.get(pk=pk)
    return found
