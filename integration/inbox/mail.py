"""Answers by mail: a draft that waits beside its order, for a person to read. A mail decides nothing.

The address that a mail goes to carries a token of one order (``orders+2f-9c1e...@``), which only we can make. What the
mail says of itself, its sender above all, proves nothing and is only shown.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses

from django.utils.translation import gettext as _

from integration.canon.faults import Fault, Level
from integration.canon.received import Received
from procurement.orders import replies
from procurement.orders.models import PurchaseOrder

SYNTAX = KIND = "mail"
_BEGINS = re.compile(rb"(?:[!-9;-~]+:[ \t][^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}")
"""Three header fields at least: neither X12, EDIFACT nor XML begins so."""
_TO = ("delivered-to", "x-original-to", "to", "cc")
MOST_ATTACHMENTS = 20


def is_mail(raw: bytes) -> bool:
    return _BEGINS.match(raw) is not None


def order_of(raw: bytes) -> PurchaseOrder | None:
    """The order whose token the mail was sent to."""
    message = _parsed(raw)
    said = [str(value) for name in _TO for value in message.get_all(name, [])]
    found = (replies.order_of(address) for _name, address in getaddresses(said))
    return next((order for order in found if order), None)


def read(raw: bytes) -> Received:
    """A draft: it is held whatever it says."""
    message = _parsed(raw)
    sentence = _("A mail decides nothing: read it, enter what it says of the order, then refuse it with your answer.")
    return Received(
        syntax=SYNTAX,
        sender=str(message.get("From", ""))[:120],
        receiver=str(message.get("To", ""))[:120],
        interchange=str(message.get("Message-ID", "")).strip(),
        sent_on=None,
        is_test=False,
        kind=KIND,
        version="",
        group="",
        control="",
        document=None,
        faults=(Fault(Level.HOLD, "mail_draft", "", sentence),),
    )


def text_of(raw: bytes) -> str:
    """What a person reads of it, without markup."""
    body = _parsed(raw).get_body(preferencelist=("plain",))
    try:
        return str(body.get_content()) if body else ""
    except (LookupError, ValueError, KeyError):
        return ""


def attachments(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each, as many as anybody would look at."""
    for place, part in enumerate(_parsed(raw).iter_attachments()):
        if place >= MOST_ATTACHMENTS:
            return
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield part.get_filename() or f"attachment-{place + 1}", content


def _parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]
