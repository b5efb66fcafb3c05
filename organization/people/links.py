"""Ways into the portal that the back office makes and takes away, and the end of what has run out."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from organization.people.models import (
    OfficeSession,
    Person,
    PortalAttempt,
    PortalChallenge,
    PortalCode,
    PortalLink,
    PortalPasskey,
    PortalSession,
    TrustedDevice,
)

LASTS = timedelta(days=30)
KNOWN_AFTER = timedelta(days=60)
"""How long an expired link is still known, so that its page can offer a new one."""
COUNTED = timedelta(days=1)
"""No limit on tries looks back further."""


def make(*, person: Person, about: UUID | None, title: str, page: str = "order", at: datetime) -> str:
    """The address of a new link for one mailbox. Only its hash is kept, so it is mailed now or never."""
    token = secrets.token_urlsafe(32)
    PortalLink.objects.create(
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        person=person,
        about=about,
        page=page,
        title=title[:120],
        sent_at=at,
        expires_at=at + LASTS,
    )
    return f"{settings.PORTAL_ADDRESS.rstrip('/')}/l/{token}/"


def revoke(person: Person) -> None:
    """End every session, link, code, trusted device and passkey of a person, this instant."""
    for model in (PortalSession, PortalLink, TrustedDevice, PortalPasskey, PortalChallenge):
        model.objects.filter(person=person).delete()


def forget_expired(*, at: datetime) -> int:
    """Delete what has run out; answers how many rows."""
    gone = [
        OfficeSession.objects.filter(expire_date__lt=at),
        PortalSession.objects.filter(expires_at__lt=at),
        PortalCode.objects.filter(expires_at__lt=at),
        PortalChallenge.objects.filter(expires_at__lt=at),
        PortalLink.objects.filter(expires_at__lt=at - KNOWN_AFTER),
        TrustedDevice.objects.filter(expires_at__lt=at),
        PortalAttempt.objects.filter(since__lt=at - COUNTED),
    ]
    return sum(rows.delete()[0] for rows in gone)
