"""Sessions of the back office: one row each, which says whose it is, on what device, and when it was last used."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.timezone import now

from organization.people.models import OfficeSession

DEVICE = "device"
NOTED_EVERY = timedelta(minutes=5)
"""How exactly it is known when a session was last used: not every request writes."""


class SessionStore(DatabaseStore):
    """Django's own store, with a table that knows its people."""

    @classmethod
    def get_model_class(cls) -> type[OfficeSession]:
        return OfficeSession

    def _get_session_from_db(self) -> OfficeSession | None:
        row: OfficeSession | None = super()._get_session_from_db()
        if row is not None and row.person_id and now() - row.seen_at > NOTED_EVERY:
            OfficeSession.objects.filter(pk=row.pk).update(seen_at=now())
        return row

    def create_model_instance(self, data: dict[str, Any]) -> OfficeSession:
        row: OfficeSession = super().create_model_instance(data)
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = str(data.get(DEVICE, ""))[:300]
        row.seen_at = now()
        return row
