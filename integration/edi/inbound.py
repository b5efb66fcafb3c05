"""Read what came: each message as a document with everything that is wrong with it. Never raises."""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from integration.canon.checks import NOTHING_KNOWN, check
from integration.canon.documents import Document
from integration.canon.faults import Fault, Level
from integration.canon.received import Received
from integration.canon.rules import Known
from integration.edi import maps
from integration.edi.envelopes import Interchange, Message, interchanges
from integration.edi.places import at
from integration.edi.reading import Reader


def read(source: bytes | BinaryIO, known: Known = NOTHING_KNOWN) -> list[Received]:
    """Every message of a file. A file without any is one of no kind, refused."""
    return [received for interchange in interchanges(source) for received in _of(interchange, known)]


def _of(interchange: Interchange, known: Known) -> Iterator[Received]:
    for message in interchange.messages:
        document, faults = _document(message, known)
        yield _received(interchange, message, document, [*interchange.faults, *message.faults, *faults])
    if not interchange.messages:
        yield _received(interchange, None, None, interchange.faults)


def _document(message: Message, known: Known) -> tuple[Document | None, list[Fault]]:
    first = message.segments[1] if len(message.segments) > 1 else []
    table = maps.of_message(message.kind, message.version, first)
    if table is None:
        sentence = _("Messages of kind %(kind)s are not read here: send one of those we agreed on.")
        where = at(message.first, message.segments[0][0], 1)
        return None, [Fault(Level.REFUSE, "kind_unknown", where, sentence % {"kind": message.kind[:20] or "?"})]
    reader = Reader(table, message)
    document = reader.document()
    return document, [*reader.faults, *check(document, known)]


def _received(
    interchange: Interchange, message: Message | None, document: Document | None, faults: list[Fault]
) -> Received:
    return Received(
        syntax=interchange.syntax,
        sender=interchange.sender,
        receiver=interchange.receiver,
        interchange=interchange.control,
        sent_on=interchange.sent_on,
        is_test=interchange.is_test,
        kind=message.kind if message else "",
        version=message.version if message else "",
        group=message.group if message else "",
        control=message.control if message else "",
        document=document,
        faults=tuple(faults),
    )
