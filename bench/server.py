"""The product over HTTP: gunicorn with two workers, and clients that keep their connection."""

import http.client
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.timezone import now

from config import localprocess
from config.localprocess import LOOPBACK
from foundation.screens.proving import KNOWN, PROVED
from organization.people.models import Person
from organization.people.sessions import SessionStore

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
BACKEND = "organization.people.backends.CredentialBackend"
SESSION, TOKEN = "__Host-countersign", "__Host-countersign_csrf"


class Failed(AssertionError):
    """The product did not answer as it should."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    """One signed-in person on one connection."""

    def __init__(self, port: int, person: Person | None = None) -> None:
        self.link = http.client.HTTPConnection(LOOPBACK, port, timeout=120)
        token = secrets.token_hex(16)
        cookies = {TOKEN: token} | ({SESSION: session_of(person)} if person else {})
        self.headers = {
            "Host": "localhost",
            "Origin": "https://localhost",
            "X-Forwarded-Proto": "https",
            "X-CSRFToken": token,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, said: Mapping[str, Any]) -> Any:
        """A call of the API, under a key of its own; the answer's JSON."""
        more = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        return self.ask("POST", f"/api/v1{path}", json.dumps(said), more).json

    def send(self, path: str, form: Mapping[str, Any]) -> Answer:
        """A form of a page."""
        body = urlencode({"key": uuid.uuid4().hex, **form}, doseq=True)
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def ask(self, method: str, path: str, body: str | None = None, more: Mapping[str, str] | None = None) -> Answer:
        self.link.request(method, path, body, {**self.headers, **(more or {})})
        response = self.link.getresponse()
        answer = Answer(response.status, response.read())
        if answer.status >= 300:
            raise Failed(f"{method} {path} answered {answer.status}: {answer.text[:600]}")
        return answer


def said_on(page: Answer) -> str:
    """The words of a page, without its frame."""
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def session_of(person: Person, *, proved: bool = False) -> str:
    """A session as signing in makes it; without the password, which costs half a second by design."""
    session = SessionStore()
    if proved:
        session[KNOWN] = session[PROVED] = now().isoformat()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@contextmanager
def part(log: Path, *command: str, **environment: str) -> Iterator[localprocess.Child]:
    """A process of the product that ends with the block, or with us."""
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            cwd=ROOT,
            env=environment_of(environment),
            start_new_session=True,
            preexec_fn=localprocess.dies_with_us(signal.SIGTERM),
        )
    try:
        yield process
    finally:
        localprocess.stop([process], with_signal=signal.SIGTERM)


def environment_of(more: Mapping[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "COUNTERSIGN_PROCESS": "app",
        **more,
    }


@contextmanager
def serving(state: Path, application: str = "config.wsgi", **environment: str) -> Iterator[int]:
    """The back office on a free port, or the portal (COUNTERSIGN_PROCESS)."""
    port = localprocess.free_port()
    process = environment.get("COUNTERSIGN_PROCESS", "app")
    log = state / f"bench-{process}-{application.replace('.', '-')}.log"
    options = [
        f"--bind={LOOPBACK}:{port}",
        f"--workers={WORKERS}",
        "--threads=2",
        "--preload",
        "--keep-alive=600",
        "--graceful-timeout=1",
    ]
    with part(log, "-m", "gunicorn", *options, application, **environment) as server:
        if not localprocess.answers(server, lambda: is_up(port)):
            raise Failed(f"The server does not answer:\n{localprocess.tail(log)}")
        yield port


def is_up(port: int) -> bool:
    link = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
    try:
        link.request("GET", "/sign-in/", headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
        return link.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()
