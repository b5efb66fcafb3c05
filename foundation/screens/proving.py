"""When the person of a session last showed who he is, by the database's clock. Kept with the session."""

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection

PROVED, KNOWN = "proved_at", "known_at"


def note(session: SessionBase, *, strong: bool) -> None:
    """The person signed in or showed again who he is; ``strong``: with a passkey or a code.

    The session moves to a new key, so that one that was stolen before gains nothing by it.
    """
    session.cycle_key()
    session[KNOWN] = _clock()
    if strong:
        session[PROVED] = session[KNOWN]


def at(session: SessionBase, what: str) -> datetime | None:
    said = session.get(what)
    return datetime.fromisoformat(said) if said else None


def _clock() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        instant: datetime = cursor.fetchone()[0]
    return instant.isoformat()
