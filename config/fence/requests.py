"""One transaction for each portal request, in which one session is presented to the database."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from config.fence.raising import PORTAL


class NotFenced(Exception):
    """The portal's role asked the database something outside of a request's transaction, or would have."""


class FenceMiddleware:
    """Outermost of what asks the database. Sessions are read and saved inside; ATOMIC_REQUESTS makes the view itself a
    savepoint within, so that a view that raises leaves nothing behind while its session lives on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with fenced(request.COOKIES.get(settings.SESSION_COOKIE_NAME)):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            if response.streaming:
                raise NotFenced(f"{request.path} streams: its body would be made after the transaction.")
        return response


@contextmanager
def fenced(session_key: str | None) -> Iterator[None]:
    """One transaction that presents one session, and leaves nothing to whoever gets the connection next."""
    with transaction.atomic():
        connection.is_fenced = True  # type: ignore[attr-defined]
        try:
            present(session_key)
            yield
        finally:
            connection.is_fenced = False  # type: ignore[attr-defined]


def present(session_key: str | None) -> None:
    """Show the database whose request this is. It gets a hash, so that no log of statements holds a session's key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.session', %s, true)", [pass_of(session_key) if session_key else ""])


def pass_of(session_key: str) -> str:
    """What the database is shown of a session. What it keeps is a hash of this one, and of no use to show."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def key_hash(session_key: str) -> str:
    """The key of a session's row."""
    return hashlib.sha256(pass_of(session_key).encode()).hexdigest()


def refuse_unfenced(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not getattr(context["connection"], "is_fenced", False):
        raise NotFenced(sql)
    return execute(sql, params, many, context)


def guard(*, connection: Any, **_signal: Any) -> None:
    """connection_created: outside of the fence the portal sees no rows, which is safe but silent. This is loud."""
    if connection.settings_dict["USER"] == PORTAL and refuse_unfenced not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_unfenced)
