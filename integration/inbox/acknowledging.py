"""Our answer to an interchange: 997 for X12, CONTRL for EDIFACT. It says what could be read, never what is agreed."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from foundation.files import actions as files
from foundation.files.models import StoredFile
from foundation.numbering import actions as numbering
from foundation.values.actor import Actor
from integration.canon import acknowledgements as acks
from integration.canon.acknowledgements import Acknowledged, Acknowledgement
from integration.canon.faults import Level
from integration.canon.received import Received
from integration.canon.texts import Unsayable
from integration.cxml import outbound as cxml
from integration.cxml.header import Credentials
from integration.edi import outbound
from integration.edi.envelopes import GROUP_KINDS
from integration.edi.outbound import Envelope
from integration.edi.signs import EDIFACT, X12
from integration.inbox.lifecycle import InboundState
from integration.inbox.models import InboundMessage

ANSWERS = frozenset({"997", "999", "CONTRL", "APERAK"})
"""What is an answer itself is never answered, or two systems would talk for ever."""
CONTRL_RELEASE = "D3"
USUAL_RELEASE = "004010"
_SAFE = re.compile(r"[\w.:/ -]+", re.ASCII)
ABOUT = "integration.inbox"
"""Files of the inbox belong to no page of their own: they are shown by the message, to whoever may see it."""


def acknowledged(found: Sequence[Received], *, by: Actor, at: datetime) -> list[StoredFile | None]:
    """For each message the file that answers its interchange; None where there is nobody to answer."""
    answers: list[StoredFile | None] = []
    for _envelope, alike in groupby(found, key=lambda one: (one.syntax, one.sender, one.receiver, one.interchange)):
        messages = list(alike)
        content = written(messages, at=at)
        file = None
        if content is not None:
            name = f"{'997' if messages[0].syntax == X12 else 'CONTRL'}-{messages[0].interchange}.edi"
            file = files.keep(content=content, name=name, about=ABOUT, by=by, at=at)
        answers += [file] * len(messages)
    return answers


def in_cxml(messages: Sequence[InboundMessage], *, at: datetime) -> bytes:
    """The Response that a cXML request expects on the same line: 201 where it is kept, 406 and why where not."""
    refused = [message for message in messages if message.status == InboundState.REFUSED]
    why = [text for one in refused for text in (*one.reasons, *(fault["sentence"] for fault in one.faults))]
    said = " ".join(why) or _("It is here.")
    payload = f"{at.timestamp():.6f}.{messages[0].pk}@countersign"
    envelope = cxml.Envelope(credentials=Credentials(), payload_id=payload, sent_at=at)
    return cxml.respond(406 if refused else 201, said, envelope)


def written(messages: Sequence[Received], *, at: datetime) -> bytes | None:
    """The interchange that answers one interchange."""
    first = messages[0]
    names = [first.sender, first.receiver, first.interchange]
    is_answer = all(message.kind in ANSWERS for message in messages)
    if first.syntax not in (X12, EDIFACT) or is_answer or not all(_SAFE.fullmatch(name) for name in names):
        return None
    is_x12 = first.syntax == X12
    documents = _of_groups(messages) if is_x12 else [_of_interchange(messages)]
    if not documents:
        return None
    envelope = Envelope(
        syntax=first.syntax,
        version=(first.version or USUAL_RELEASE) if is_x12 else CONTRL_RELEASE,
        sender=first.receiver,
        receiver=first.sender,
        control=numbering.count("IC"),
        sent_at=at,
        is_test=first.is_test,
        kind="997" if is_x12 else "CONTRL",
    )
    try:
        return outbound.write(documents, envelope)
    except Unsayable:
        return None  # a number of theirs that no answer can repeat: a person answers


def _of_groups(messages: Sequence[Received]) -> list[Acknowledgement]:
    groups = groupby((one for one in messages if one.kind in GROUP_KINDS and _SAFE.fullmatch(one.control)),
                     key=lambda one: (one.group, GROUP_KINDS[one.kind]))  # fmt: skip
    return [_about([*alike], control=control, group=kind) for (control, kind), alike in groups if control]


def _of_interchange(messages: Sequence[Received]) -> Acknowledgement:
    return _about([one for one in messages if _SAFE.fullmatch(one.control)], control=messages[0].interchange)


def _about(messages: Sequence[Received], *, control: str, group: str = "") -> Acknowledgement:
    verdicts = [
        Acknowledged(message=one.kind, control=one.control, code=_verdict(one, is_graded=bool(group)))
        for one in messages
    ]
    codes = {verdict.code for verdict in verdicts}
    if acks.REJECTED not in codes and codes:
        code = acks.WITH_ERRORS if acks.WITH_ERRORS in codes else acks.ACCEPTED
    else:
        code = acks.PARTLY if group and len(codes) > 1 else acks.REJECTED if len(codes) < 2 else acks.ACCEPTED
    return Acknowledgement(group=group, control=control, code=code, messages=tuple(verdicts))


def _verdict(one: Received, *, is_graded: bool) -> str:
    """Only 997 knows *accepted with errors*; CONTRL takes a message or does not."""
    if one.level == Level.REFUSE:
        return acks.REJECTED
    return acks.WITH_ERRORS if is_graded and one.level >= Level.WARNING else acks.ACCEPTED
