"""Whether a message could be read (997, 999, CONTRL) or processed (APERAK): about messages, never about business."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from integration.canon.documents import Document

VERSION = 1
ACCEPTED, WITH_ERRORS, PARTLY, REJECTED, RECEIVED = "accepted", "with_errors", "partly", "rejected", "received"


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One error that the other side found."""

    segment: str = ""
    position: str = ""
    """Of the segment within the message, and of the element where they were said: ``8``, ``8-3``."""
    code: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """The verdict on one message of ours."""

    message: str
    """Its kind: ``850``, ``ORDERS``."""
    control: str
    code: str
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Document):
    kind: ClassVar[str] = "acknowledgement"
    version: ClassVar[int] = VERSION

    number: str = ""
    issued_on: date | None = None
    group: str = ""
    """The functional group (``PO``) where it is about one."""
    control: str = ""
    """The control number of the group or interchange that it is about."""
    document: str = ""
    """The number of the document that it is about (APERAK)."""
    code: str
    messages: tuple[Acknowledged, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    """What is not about one message."""
