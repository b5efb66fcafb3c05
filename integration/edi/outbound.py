"""Write documents as one interchange.

What was written is read back and compared: a message that would say something else than the document is never sent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from integration.canon.building import different
from integration.canon.documents import Document
from integration.canon.texts import Unsayable
from integration.edi import maps
from integration.edi.envelopes import GROUP_KINDS, interchanges
from integration.edi.reading import Reader
from integration.edi.signs import CHARSETS, ISA_WIDTHS, PLAIN, USUAL_EDIFACT, USUAL_X12, X12, Signs
from integration.edi.tables import Map
from integration.edi.writing import Writer, Written, rendered

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ue000-\ue004]")
_X12_SIGNS = ("*|\x1d", ">:\x1f", "~\x1c", "^!\x1e")
"""What may separate elements, components, segments and repetitions: the first that no value contains."""
UNH_AGENCY = "UN"
UTF8 = ("UNOW", "UNOY")
"""Charsets that syntax version 4 brought."""


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What the caller says about an interchange. Control numbers are his: he keeps count and never gives one twice."""

    syntax: str
    version: str
    """``004010``, ``D96A``."""
    sender: str
    """``qualifier:id``, or ``id`` alone."""
    receiver: str
    control: int
    group_control: int = 1
    """X12 only."""
    message_control: int = 1
    """Of the first message; the others follow."""
    sent_at: datetime
    is_test: bool = False
    charset: str = "UNOC"
    """EDIFACT only. X12 is written in UTF-8, which is ASCII as long as the texts are."""
    association: str = ""
    """EDIFACT only: ``EAN008``."""
    kind: str = ""
    """The message where a document may be several: 865 instead of 855."""


def write(documents: Sequence[Document], envelope: Envelope) -> bytes:
    """One interchange of documents of one kind. Raises Unsayable with a sentence."""
    table = maps.of_document(documents[0], envelope.syntax, envelope.version, envelope.kind)
    if table is None:
        said = {"kind": documents[0].kind, "syntax": envelope.syntax}
        raise Unsayable(_("There is no message for “%(kind)s” in %(syntax)s: choose another channel.") % said)
    bodies = [_body(document, table, envelope) for document in documents]
    is_x12 = envelope.syntax == X12
    segments = _x12(bodies, table, envelope) if is_x12 else _edifact(bodies, table, envelope)
    signs = _signs(segments, envelope)
    charset = "utf-8" if is_x12 else CHARSETS[envelope.charset]
    try:
        written = _text(segments, signs, is_x12).encode(
            "ascii" if envelope.charset in PLAIN and not is_x12 else charset
        )
    except UnicodeEncodeError as wrong:
        said = {"sign": wrong.object[wrong.start], "charset": envelope.charset}
        raise Unsayable(_("“%(sign)s” does not exist in %(charset)s: agree on UNOY, or leave it out.") % said) from None
    _compare(documents, written, table)
    return written


def _body(document: Document, table: Map, envelope: Envelope) -> list[Written]:
    (sender_kind, sender), (receiver_kind, receiver) = _split(envelope.sender), _split(envelope.receiver)
    around = {"sender": sender, "sender_kind": sender_kind, "receiver": receiver, "receiver_kind": receiver_kind}
    if table.figures:
        around |= table.figures(document)
    return Writer(around).message(table.rows, table.told(document) if table.told else document)


def _x12(bodies: Sequence[list[Written]], table: Map, envelope: Envelope) -> list[Written]:
    sender, receiver = _split(envelope.sender), _split(envelope.receiver)
    sent, control = envelope.sent_at, f"{envelope.control:09}"
    head = [
        "ISA", "00", "", "00", "", sender[0] or "ZZ", sender[1], receiver[0] or "ZZ", receiver[1], f"{sent:%y%m%d}",
        f"{sent:%H%M}", "U", envelope.version[:5], control, "0", "T" if envelope.is_test else "P",
    ]  # fmt: skip
    group = [
        "GS", GROUP_KINDS[table.kind], sender[1], receiver[1], f"{sent:%Y%m%d}", f"{sent:%H%M}",
        str(envelope.group_control), "X", envelope.version,
    ]  # fmt: skip
    padded = [text.ljust(width) for text, width in zip(head, ISA_WIDTHS, strict=False)]
    if any(len(text) > width for text, width in zip(padded, ISA_WIDTHS, strict=False)):
        raise Unsayable(_("Sender, receiver or control number is too long for ISA: use at most 15 characters."))
    segments: list[Written] = [[*padded], [*group]]
    for step, body in enumerate(bodies):
        number = f"{envelope.message_control + step:04}"
        segments += [["ST", table.kind, number], *body, ["SE", str(len(body) + 2), number]]
    return [*segments, ["GE", str(len(bodies)), str(envelope.group_control)], ["IEA", "1", control]]


def _edifact(bodies: Sequence[list[Written]], table: Map, envelope: Envelope) -> list[Written]:
    parties = [[*reversed(_split(name))] for name in (envelope.sender, envelope.receiver)]
    sent, control = envelope.sent_at, str(envelope.control)
    is_new = envelope.charset in UTF8
    day = f"{sent:%Y%m%d}" if is_new else f"{sent:%y%m%d}"
    head: Written = ["UNB", [envelope.charset, "4" if is_new else "3"], *parties, [day, f"{sent:%H%M}"], control]
    head += ["", "", "", "", "", "1"] if envelope.is_test else []
    name = [table.kind, envelope.version[0], envelope.version[1:], UNH_AGENCY, envelope.association]
    segments: list[Written] = [head]
    for step, body in enumerate(bodies):
        number = str(envelope.message_control + step)
        segments += [["UNH", number, name], *body, ["UNT", str(len(body) + 2), number]]
    return [*segments, ["UNZ", str(len(bodies)), control]]


def _split(name: str) -> tuple[str, str]:
    """Qualifier and id."""
    qualifier, _colon, identifier = name.rpartition(":")
    return qualifier, identifier


def _signs(segments: Sequence[Written], envelope: Envelope) -> Signs:
    """X12 has no release sign: its separators are chosen so that no value contains one."""
    texts = [
        text for segment in segments for piece in segment for text in ([piece] if isinstance(piece, str) else piece)
    ]
    for text in texts:
        if found := _CONTROL.search(text):
            said = {"text": text[:40].replace(found[0], " ")}
            raise Unsayable(_("“%(text)s” has a line break or control character: write it in one line.") % said)
    if envelope.syntax != X12:
        return USUAL_EDIFACT
    used = set().union(*texts)
    element, component, terminator, repetition = (
        next(sign for sign in signs if sign not in used) for signs in _X12_SIGNS
    )
    return replace(USUAL_X12, element=element, component=component, terminator=terminator, repetition=repetition)


def _text(segments: Sequence[Written], signs: Signs, is_x12: bool) -> str:
    if not is_x12:
        una = f"UNA{signs.component}{signs.element}{signs.decimal}{signs.release} {signs.terminator}"
        return una + rendered(segments, signs)
    head = [*segments[0]]
    if str(head[12]) >= "00402":
        head[11] = signs.repetition
    isa = signs.element.join(str(each) for each in [*head, signs.component])
    return f"{isa}{signs.terminator}{rendered(segments[1:], signs)}"


def _compare(documents: Sequence[Document], written: bytes, table: Map) -> None:
    (interchange,) = interchanges(written)
    assert not interchange.faults, interchange.faults
    for document, message in zip(documents, interchange.messages, strict=True):
        again = Reader(table, message).document()
        if again != document:
            said = {"fields": ", ".join(different(document, again)), "kind": table.kind}
            raise Unsayable(_("%(kind)s cannot say this as it is: %(fields)s. Leave it out, or change it.") % said)
