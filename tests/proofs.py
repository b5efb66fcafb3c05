"""A fresh proof for a client that is signed in, an app that shows codes, and the browser's own authenticator."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from foundation.screens.proving import KNOWN, PROVED
from foundation.values.actor import Actor
from organization.people import factors
from organization.people.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def clock() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def proven(client: Client, *, minutes_ago: float = 0) -> Client:
    """The client's person has proved himself strongly, so many minutes ago by the database's clock."""
    session = client.session
    session[PROVED] = session[KNOWN] = before(minutes_ago).isoformat()
    session.save()
    return client


def known(client: Client, *, minutes_ago: float = 0) -> Client:
    """The client's person signed in with a password, so many minutes ago."""
    session = client.session
    session[KNOWN] = before(minutes_ago).isoformat()
    session.save()
    return client


def before(minutes: float) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp() - make_interval(secs => %s)", [minutes * 60])
        return cursor.fetchone()[0]


def strongly(by: Actor) -> Actor:
    return replace(by, proved_at=clock(), known_at=clock())


def with_app(person: Person, secret: str = SECRET) -> Person:
    """The person has an authenticator app."""
    factors.add_app(person, secret)
    return person


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now, or some steps of 30 s from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def key() -> str:
    return uuid.uuid4().hex


@contextmanager
def authenticator(page: Any) -> Iterator[Any]:
    """A device with a fingerprint reader, in the browser, through its debugging protocol."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield lambda: devtools.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})["credentials"]
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": made["authenticatorId"]})
