"""Record what happened. Written when the document's door closes, in the same transaction."""

from datetime import datetime

from django.db import connection

from foundation.documents import rows
from foundation.journal import chain
from foundation.journal.events import Event, subscribers
from foundation.journal.models import Delivery
from foundation.journal.turns import current

BELL = "deliveries"
"""The NOTIFY channel on which committed deliveries are announced."""


def record(event: Event, *, at: datetime, due: datetime | None = None, told: bool = True) -> None:
    """Say what happened, at the business instant ``at``.

    ``due`` holds the deliveries back until then (a decision that may still be taken back); ``told=False`` records
    without telling anybody.
    """
    current().note(event, at, due, told)


def write(forged: list[chain.Forged]) -> None:
    """Insert entries and their deliveries and ring the bell, which sounds only if the transaction commits."""
    rows.insert([link.entry for link in forged])
    due = [
        Delivery(
            entry_id=link.entry.pk,
            subscriber=subscriber,
            lane=f"{subscriber}|{link.entry.subject}",
            number=link.entry.number,
            next_at=link.due or link.entry.recorded_at,
        )
        for link in forged
        if link.told
        for subscriber in subscribers.get(link.entry.name, ())
    ]
    if due:
        rows.insert(due)
        ring()


def ring() -> None:
    """Wake the relays when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(f"notify {BELL}")
