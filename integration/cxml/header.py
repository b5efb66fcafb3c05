"""The envelope of a cXML document: who says so, to whom, when, and in what message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from integration.canon.documents import Document
from integration.canon.parts import Identifier
from integration.xml.reading import values_of
from integration.xml.tables import OWN, Map, Row, Values, inside, text
from integration.xml.writing import filled


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """The identities of the header, by domain. The secret is not among them."""

    sender: tuple[Identifier, ...] = ()
    """Who answers for the connection (Sender)."""
    origin: tuple[Identifier, ...] = ()
    """Who says it (From)."""
    target: tuple[Identifier, ...] = ()
    """To whom (To)."""
    agent: str = ""
    """The sender's software."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What the caller says about a message."""

    credentials: Credentials
    payload_id: str
    """Unique for ever, given by the caller."""
    sent_at: datetime
    """With its zone."""
    secret: str = field(default="", repr=False)
    is_test: bool = False
    refers_to: str = ""
    """The payload id of the message that this one changes, cancels, answers or follows."""


_CREDENTIAL = inside(
    "Credential", text("@domain", "scheme"), inside("Identity", text(OWN, "value")), field="credentials"
)
ROWS: tuple[Row, ...] = (
    inside("From", _CREDENTIAL, field="origin", is_one=True, is_always=True),
    inside("To", _CREDENTIAL, field="target", is_one=True, is_always=True),
    inside(
        "Sender",
        inside(
            "Credential",
            text("@domain", "scheme"),
            inside("Identity", text(OWN, "value")),
            inside("SharedSecret", text(OWN, "secret", is_told=True)),
            field="credentials",
        ),
        text("UserAgent", "agent"),
        field="sender",
        is_one=True,
        is_always=True,
    ),
)
HEADER = Map(kind="Header", document=Document, rows=ROWS)


def credentials_of(header: etree._Element | None) -> Credentials:
    found: Mapping[str, Any] = {} if header is None else values_of(header, HEADER)
    sender = found.get("sender", {})
    return Credentials(
        sender=_identities(sender),
        origin=_identities(found.get("origin", {})),
        target=_identities(found.get("target", {})),
        agent=sender.get("agent", ""),
    )


def _identities(found: Values) -> tuple[Identifier, ...]:
    known = found.get("credentials", ())
    return tuple(Identifier(scheme=each.get("scheme", ""), value=each.get("value", "")) for each in known)


def header(envelope: Envelope) -> etree._Element:
    known = envelope.credentials
    sender = [_told(one) | ({"secret": envelope.secret} if not place else {}) for place, one in enumerate(known.sender)]
    values = {
        "origin": {"credentials": [_told(one) for one in known.origin]},
        "target": {"credentials": [_told(one) for one in known.target]},
        "sender": {"credentials": sender, "agent": known.agent},
    }
    return filled(HEADER, values)


def _told(one: Identifier) -> Values:
    return {"scheme": one.scheme, "value": one.value}
