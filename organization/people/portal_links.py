"""What the portal may ask about links: functions of the database, because its role can read none of it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

SENT, SLOW, NONE = "sent", "slow", "none"


@dataclass(frozen=True)
class Link:
    """A link as its page may show it to whoever holds it."""

    mailbox: str
    """The mail address, all but hidden."""
    supplier: str
    title: str
    about: UUID | None
    page: str
    is_expired: bool
    is_mine: bool
    """Whether the one who is signed in here is the one it was sent to."""


def look(token: str) -> Link | None:
    """None for a link that never was, and for one whose person or supplier is out."""
    row = ask("SELECT mailbox, supplier, title, about, page, expired, mine FROM fence.look(%s)", token)
    return Link(*row) if row else None


def is_trusted(token: str, device: str) -> bool:
    row = ask("SELECT fence.is_trusted(%s, %s)", token, device)
    return bool(row and row[0])


def send_code(token: str, address: str) -> str:
    """Mail six digits to the link's mailbox. ``sent``, ``slow`` (too many lately) or ``none`` (no such link)."""
    return _said("SELECT fence.send_code(%s, %s)", token, address)


def renew(token: str, address: str) -> str:
    """Mail a new link like this one, to the same mailbox. Works for an expired one."""
    return _said("SELECT fence.renew_link(%s, %s)", token, address)


def ask_for(email: str, address: str) -> str:
    """Mail a link to this address if it is a supplier's person; the answer is the same if not."""
    return _said("SELECT fence.ask_for_link(%s, %s)", email, address)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: the last address that no proxy of ours has, which a client cannot make up."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    count = settings.PROXY_COUNT
    return hops[-count] if count and len(hops) >= count else request.META.get("REMOTE_ADDR", "")


def _said(sql: str, *params: str) -> str:
    row = ask(sql, *params)
    return str(row[0]) if row else NONE


def ask(sql: str, *params: object) -> tuple | None:
    """The first row of what a function of the fence says."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()
