"""Signing in, opening pages and sending their forms, the way a browser without scripts does."""

import re
import uuid
from typing import Any

from django.test import Client


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="organization.people.backends.CredentialBackend")
    return client


def send(client: Client, url: str, *, seen: Any = None, **data: Any) -> Any:
    """POST a verb's form."""
    hidden = {"key": uuid.uuid4().hex} | (
        {"seen": seen.version if hasattr(seen, "version") else seen} if seen is not None else {}
    )
    return client.post(url, {**hidden, **data})


def words(response: Any) -> str:
    """What a person reads: the page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
