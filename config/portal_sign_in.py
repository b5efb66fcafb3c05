"""Sessions and sign-in of the portal, under a role that can read neither a password nor another's session.

Whatever proves a person (password, mailed code, trusted device) is compared inside the database, by a function that
opens the session in the same breath. A passkey's signature is judged before that by a process of the back office
(organization.people.doorkeeping). Nothing else can write whose a session is.
"""

import logging
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import get_hasher
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import connection
from django.http import HttpRequest
from django.utils.timezone import now

from config import fence
from config.fence.requests import key_hash
from organization.people.models import Person, PortalSession
from organization.people.portal_links import address_of

log = logging.getLogger("countersign.security")
LONGEST_LABEL = 120


class SessionStore(SessionBase):
    """A row a session, found by the hash of its key. The policy shows each request its own row and no other."""

    def load(self) -> dict[str, Any]:
        row = self._mine().filter(expires_at__gt=now()).first()
        if row is None:
            self._session_key = None
        return self.decode(row.data) if row else {}

    def exists(self, session_key: str) -> bool:
        return False  # 165 random bits, and the primary key refuses a twin

    def create(self) -> None:
        self._session_key = self._get_new_session_key()
        fence.present(self.session_key)
        self.save(must_create=True)

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self.encode(self._get_session(no_load=must_create))
        if must_create:
            expires_at = self.get_expiry_date()
            PortalSession.objects.create(key_hash=key_hash(self.session_key), data=data, expires_at=expires_at)
        elif not self._mine().update(data=data):
            raise UpdateError
        return None

    def adopt(self, key: str) -> None:
        """Go on under a row that the database made; what an anonymous visitor had left comes along."""
        kept = {name: value for name, value in self._get_session().items() if not name.startswith("_auth")}
        self._session_cache: dict[str, Any] = kept
        self._session_key, self.modified = key, True
        fence.present(key)

    def cycle_key(self) -> None:
        """The same row, with its person, under a new key."""
        key, kept = self._get_new_session_key(), self._get_session()
        ask("SELECT fence.cycle(%s)", key_hash(key))
        self._session_key, self._session_cache, self.modified = key, kept, True
        fence.present(key)

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            PortalSession.objects.filter(key_hash=key_hash(key)).delete()

    def _mine(self) -> Any:
        return PortalSession.objects.filter(key_hash=key_hash(self.session_key or ""))

    @classmethod
    def clear_expired(cls) -> None:
        """The back office does this (organization.people.links.forget_expired): the portal sees its own row."""


class ProofBackend(BaseBackend):
    """Ways to prove oneself: mail address and password, a link and its code, a link and a trusted device, a passkey."""

    def authenticate(self, request: HttpRequest | None, **given: Any) -> Person | None:
        if request is None:
            return None
        key = request.session._get_new_session_key()  # type: ignore[attr-defined]
        match given:
            case {"email": str(email), "password": str(password)}:
                who, verdict = with_password(request, email.strip(), password, key)
            case {"link": str(link), "code": str(code), "device": str(device)}:
                who, verdict = with_code(request, link, code, device, key)
            case {"link": str(link), "device": str(device)}:
                who, verdict = ask("SELECT fence.open_by_device(%s, %s, %s)", link, device, key_hash(key))[0], "device"
            case {"passkey": str(secret)}:
                who, verdict = ask("SELECT fence.open_by_passkey(%s, %s)", secret, key_hash(key))[0], "passkey"
            case _:
                return None
        if who is None:
            log.warning("Portal sign-in refused: %s from %s", verdict, address_of(request))
            request.portal_verdict = verdict  # type: ignore[attr-defined]
            return None
        request.session.adopt(key)  # type: ignore[attr-defined]
        return self.get_user(who)

    def get_user(self, user_id: int) -> Person | None:
        """A policy answers: a living person of this session's supplier, or nobody."""
        return Person.objects.filter(pk=user_id).first()


def with_password(request: HttpRequest, email: str, password: str, key: str) -> tuple[int | None, str]:
    sql = "SELECT who, verdict FROM fence.sign_in(%s, %s, %s, %s)"
    return ask(sql, email, proof(email, password), key_hash(key), address_of(request))


def with_code(request: HttpRequest, link: str, code: str, device: str, key: str) -> tuple[int | None, str]:
    label = request.headers.get("User-Agent", "")[:LONGEST_LABEL]
    sql = "SELECT who, verdict FROM fence.open_by_code(%s, %s, %s, %s, %s, %s)"
    return ask(sql, link, code, key_hash(key), device, label, address_of(request))


def proof(email: str, password: str) -> str:
    """The password hashed by the person's own recipe; an unknown address gets a stable invented one, at equal cost."""
    plain = get_hasher().encode("x", "s").rsplit("s$", 1)[0]
    algorithm, iterations, salt = ask("SELECT fence.recipe(%s, %s)", email, plain)[0].split("$")
    return get_hasher(algorithm).encode(password, salt, int(iterations))


def ask(sql: str, *params: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()
