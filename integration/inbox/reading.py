"""The one place where bytes find their reader: each gives messages of the same shape, with everything that is wrong."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from integration.canon.received import Received
from integration.canon.rules import Known
from integration.cxml import inbound as cxml
from integration.cxml import secrets
from integration.edi import inbound as edi
from integration.inbox import mail
from integration.ubl import inbound as ubl

Reader = Callable[[bytes, Known], Sequence[Received]]
_BEGINS = re.compile(rb"[\xef\xbb\xbf\xfe\xff\s\0]*<")
"""What XML begins with, after marks and blanks and in two bytes a sign too."""
_CXML = re.compile(rb"<\0?c\0?X\0?M\0?L\0?[\s>]")


def is_xml(raw: bytes) -> bool:
    return _BEGINS.match(raw) is not None


def is_cxml(raw: bytes) -> bool:
    return is_xml(raw) and _CXML.search(raw) is not None


READERS: list[tuple[Callable[[bytes], bool], Reader]] = [
    (is_cxml, lambda raw, known: [cxml.read(raw, known)]),
    (is_xml, lambda raw, known: [ubl.read(raw, known)]),
    (mail.is_mail, lambda raw, known: [mail.read(raw)]),
    (lambda raw: True, edi.read),
]
"""Whether the bytes are for it, and the reader; the first that says yes reads. X12 and EDIFACT also read what is
nobody's, and say so."""


def read(raw: bytes, *, on: date) -> Sequence[Received]:
    """Every message of a file. Never raises; a file without any is one of no kind, refused."""
    reader = next(reader for is_for, reader in READERS if is_for(raw))
    return reader(raw, Known(today=on))


def proves(raw: bytes, digests: Iterable[str]) -> bool:
    """Whether a message of cXML carries a shared secret with one of these digests."""
    return is_cxml(raw) and secrets.proves(raw, digests)


def keepable(raw: bytes) -> bytes:
    """The bytes as they came, without the shared secret of a cXML message: that is written nowhere."""
    return secrets.redacted(raw) if is_xml(raw) or _CXML.search(raw) else raw
