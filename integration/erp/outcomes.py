"""What is certain after a call to the ERP."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

LONGEST_TEXT = 400


@dataclass(frozen=True)
class Delivered:
    """The ERP has the document under this number. ``doubles`` are further copies it should not have."""

    number: str
    revision: int
    doubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """The ERP said no, in its own words; sending the same again would not help."""

    text: str


@dataclass(frozen=True)
class Retry:
    """Nothing happened. The same may be sent again, not before ``after`` if the ERP said when."""

    text: str
    after: timedelta | None = None


@dataclass(frozen=True)
class Unknown:
    """It may have happened. ``after`` says when it makes sense to find out."""

    text: str
    after: timedelta | None = None


class Accepted(Unknown):
    """The ERP took it and will post or fail it later."""


Outcome: TypeAlias = Delivered | Refused | Retry | Unknown


@dataclass(frozen=True)
class Reply:
    """An answer that arrived whole: its status, its JSON (None if it was anything else), and when to come back."""

    status: int
    content: Any
    content_type: str
    after: timedelta | None

    @property
    def said(self) -> str:
        """The ERP's own words, for people."""
        error = self.content.get("error") if isinstance(self.content, dict) else None
        text = error.get("message") if isinstance(error, dict) else None
        return " ".join(str(text or f"The ERP answered {self.status} without a reason.").split())[:LONGEST_TEXT]


def classify(reply: Reply) -> Outcome:
    """What an answer to a write makes certain.

    A 5xx may come after the commit, so only 503 counts as "nothing happened". What is not our JSON proves nothing,
    even with status 200: it may be a proxy's maintenance page.
    """
    match reply.status:
        case 200 | 201:
            return accepted(reply)
        case 202:
            return Accepted("The ERP has accepted it and not posted it yet.", reply.after)
        case 401 | 403:
            return Retry(f"The ERP does not accept our credentials: {reply.said}", reply.after)
        case 408 | 409 | 423 | 425 | 429 | 503:
            return Retry(reply.said, reply.after)
        case status if 400 <= status < 500 and isinstance(reply.content, dict):
            return Refused(reply.said)
    return Unknown(unexpected(reply), reply.after)


def accepted(reply: Reply) -> Outcome:
    try:
        return Delivered(str(reply.content["number"]), int(reply.content["revision"]))
    except (KeyError, TypeError, ValueError):
        return Unknown(unexpected(reply))


def unexpected(reply: Reply) -> str:
    return f"The ERP answered {reply.status} with something unexpected ({reply.content_type})."


def parsed(body: bytes | bytearray) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def pause(header: str) -> timedelta | None:
    """Retry-After, in seconds or as a date."""
    if header.isascii() and header.isdigit():
        return timedelta(seconds=min(int(header), 86_400))
    try:
        return max(parsedate_to_datetime(header) - datetime.now(UTC), timedelta(0))
    except (TypeError, ValueError):
        return None
