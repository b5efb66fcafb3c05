"""What can be done with messages that come in: take them in, read them again, refuse them, say who sends."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, deciding, opening, verb
from foundation.files import actions as files
from foundation.files.models import StoredFile
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor, system
from integration.canon.faults import Fault
from integration.canon.plain import digest
from integration.canon.received import Received
from integration.inbox import acknowledging, mail, reading
from integration.inbox.events import (
    MessageApplied,
    MessageHeld,
    MessageKept,
    MessageReceived,
    MessageRefused,
    MessageRepeated,
)
from integration.inbox.judging import Verdict, judge, orders_named
from integration.inbox.lifecycle import InboundState
from integration.inbox.models import InboundMessage, Kind, MessageSubmission
from integration.partners import actions as partners
from integration.partners import queries as agreed
from integration.partners.models import Syntax
from suppliers.submissions import actions as submissions
from suppliers.suppliers.models import Supplier

EDI = system("edi")
"""Who speaks for a supplier's system: the courier, a person or a folder, only brings it."""
BECAUSE = "a control number counts once, whoever may see it"
LONGEST_REASON = 400


@dataclass(frozen=True, repr=False)
class Arrival:
    """One message with the file it came in."""

    received: Received
    file: StoredFile
    position: int
    acknowledgement: StoredFile | None = None
    objection: str = ""
    """Why whoever brought it may not speak for its sender."""
    is_proved: bool = False

    def __repr__(self) -> str:
        """What makes two requests the same: the bytes, and which message of them."""
        return f"{self.file.sha256}:{self.position}"

    @property
    def identity(self) -> str:
        """Sender, interchange, group and control number; in UBL, which has no envelope, sender, kind and number.

        Without a sender the bytes themselves.
        """
        one = self.received
        named: list[Any] = [one.sender, one.interchange, one.group, one.control]
        if not one.interchange:
            named = [one.sender, one.kind, one.control]
        if not (one.sender and (one.interchange or one.control)):
            named = [self.file.sha256, self.position]
        return hashlib.sha256(json.dumps([one.is_test, *named]).encode()).hexdigest()

    @property
    def content(self) -> str:
        """Of what it says; of the bytes where it says nothing that can be read."""
        return digest(self.received.document.to_json()) if self.received.document else self.file.sha256


def receive(raw: bytes, *, channel: str, by: Actor, at: datetime, key: str, name: str = "") -> list[InboundMessage]:
    """Keep the bytes, then read them and let every message become what it can. Bytes are kept whatever is in them.

    Each message is a turn of its own: one that cannot be booked keeps none of the others.
    """
    allow(by, "deliver_message")
    unredacted = raw
    if len(raw) > settings.LIMIT_BODY_BYTES:
        raise Refused(_("A file may have at most %(n)s MB.") % {"n": settings.LIMIT_BODY_BYTES // 2**20})
    raw = reading.keepable(raw)
    file = kept(raw, name or "message.edi", by=by, at=at)
    found = reading.read(raw, on=at.date())
    arrivals = [_arrival(one, file, n, unredacted, by=by) for n, one in enumerate(found)]
    if not all(arrival.objection or first_of(arrival) for arrival in arrivals):
        answers = acknowledging.acknowledged(found, by=by, at=at)
        arrivals = [replace(one, acknowledgement=answers[one.position]) for one in arrivals]
    stem = hashlib.sha256(key.encode()).hexdigest()[:40]
    return [_arrived(one, channel=channel, by=by, at=at, key=f"{stem}:{one.position}") for one in arrivals]


def _arrival(received: Received, file: StoredFile, position: int, raw: bytes, *, by: Actor) -> Arrival:
    """``raw`` as it came: a shared secret is asked for before it is taken out."""
    partner = agreed.partner_at(received.sender)
    asked = agreed.asks_secret(partner) if partner and received.syntax == Syntax.CXML else []
    is_proved = bool(asked) and reading.proves(raw, asked)
    objection = _objection(received.sender, asked, is_proved=is_proved, by=by)
    return Arrival(received, file, position, objection=objection, is_proved=is_proved)


def _objection(sender: str, asked: Iterable[str], *, is_proved: bool, by: Actor) -> str:
    if not agreed.may_bring(by, sender):
        return _("%(sender)s is no address of yours: send under the one that was agreed with you.") % {
            "sender": sender or "?"
        }
    if asked and not is_proved:
        return _("The shared secret is missing or wrong: send it again with the one that was agreed.")
    return ""


def kept(raw: bytes, name: str, *, by: Actor, at: datetime) -> StoredFile:
    """The same bytes are one file, however often they come."""
    sha256 = hashlib.sha256(raw).hexdigest()
    known = StoredFile.objects.filter(sha256=sha256, about=acknowledging.ABOUT).order_by("pk").first()
    return known or files.keep(content=raw, name=name, about=acknowledging.ABOUT, by=by, at=at)


def first_of(arrival: Arrival) -> InboundMessage | None:
    """What came before under its control numbers: the one that has them, or one that was held because of that.

    Whoever may not speak for the sender is told nothing of what the sender sent.
    """
    if arrival.objection:
        return None
    everywhere = InboundMessage.objects.everywhere(because=BECAUSE)
    first = everywhere.filter(identity=arrival.identity).first()
    if first is None or first.content == arrival.content:
        return first
    alike = everywhere.filter(original=first, content=arrival.content).exclude(status=InboundState.DUPLICATE)
    return alike.order_by("pk").first() or first


def _arrived(arrival: Arrival, *, channel: str, by: Actor, at: datetime, key: str) -> InboundMessage:
    try:
        return _take_in(arrival=arrival, channel=channel, by=by, at=at, key=key)
    except IntegrityError:  # the same message came at the same instant, and was first
        if first_of(arrival) is None:
            raise
        return _take_in(arrival=arrival, channel=channel, by=by, at=at, key=key)


@verb
def _take_in(*, arrival: Arrival, channel: str, by: Actor, at: datetime, key: str) -> InboundMessage:
    with opening(by=by, key=key):
        first = first_of(arrival)
        message = row(arrival, first, channel=channel, by=by, at=at)
        with deciding(message, by=by) as message:
            told = MessageReceived(subject=message.subject, number=str(message), sender=message.sender, channel=channel)
            journal.record(told, at=at)
            if first and first.content == message.content:
                move(message.repeat)
                again = MessageRepeated(subject=message.subject, number=str(message), first=first.subject)
                journal.record(again, at=at)
            else:
                verdict = judge(arrival.received, is_reused=first is not None, objection=arrival.objection)
                _settle(message, verdict, at=at)
    return message


@verb
def read_again(*, message: InboundMessage, by: Actor, at: datetime, seen: int, key: str) -> InboundMessage:
    """Something was put right, in our books or in the addresses: look once more at what was kept."""
    received = read(message)
    with deciding(message, by=by, seen=seen, key=key) as message:
        allow(by, "work_message", message)
        _look_again(message, received, at=at)
    return message


@verb
def name_sender(
    *, message: InboundMessage, supplier: Supplier, by: Actor, at: datetime, seen: int, key: str
) -> InboundMessage:
    """Say which supplier sends under the address of a message, and read it again. It counts for all that follow.

    What else came from there and waits is read again once this is settled (``integration.subscribers``).
    """
    received = read(message)
    with deciding(message, by=by, seen=seen, key=key) as message:
        allow(by, "work_message", message)
        if not message.sender or agreed.partner_at(message.sender):
            raise Refused(_("The address of this message is known, or missing."))
        names = {"address": message.sender, "own_address": message.receiver, "syntax": message.syntax}
        partners.name(supplier=supplier, **names, by=by, at=at)
        _look_again(message, received, at=at)
    return message


@verb
def refuse(*, message: InboundMessage, reason: str, by: Actor, at: datetime, seen: int, key: str) -> InboundMessage:
    """Nothing is booked from it; why is kept for the supplier."""
    with deciding(message, by=by, seen=seen, key=key) as message:
        allow(by, "work_message", message)
        if not reason.strip():
            raise Refused(_("Say why, for the supplier."))
        move(message.refuse)
        _refused(message, [reason.strip()[:LONGEST_REASON]], at=at)
    return message


@verb
def fail(*, message: InboundMessage, reasons: list[str], at: datetime, key: str) -> InboundMessage:
    """A submission it became was not accepted: so was the message, for the same reasons."""
    with deciding(message, by=EDI, seen=AS_IT_IS, key=key) as message:
        if message.status == InboundState.APPLIED:
            move(message.fail)
        _refused(message, [*message.reasons, *reasons], at=at)
    return message


def read(message: InboundMessage) -> Received:
    """What was kept, read anew; before any door is open, for a large file takes its time."""
    with files.opened(message.file) as bytes_:
        return reading.read(bytes_.read(), on=message.received_at.date())[message.position]


def _look_again(message: InboundMessage, received: Received, *, at: datetime) -> None:
    if message.status != InboundState.HELD:
        raise Refused(_("Only a message that waits for a look is read again."))
    if message.syntax == mail.SYNTAX:
        raise Refused(_("A mail is read by a person: enter what it says, then refuse it with your answer."))
    partner = agreed.partner_at(message.sender)
    asked = agreed.asks_secret(partner) if partner and message.syntax == Syntax.CXML else []
    brought_by = Actor.parse(message.by)
    objection = _objection(message.sender, asked, is_proved=message.is_proved, by=brought_by)
    _settle(message, judge(received, is_reused=message.original_id is not None, objection=objection), at=at)


def _settle(message: InboundMessage, verdict: Verdict, *, at: datetime) -> None:
    """Write what was found, and do what follows from it."""
    message.faults = [as_row(fault) for fault in verdict.faults]
    message.supplier = verdict.partner.supplier if verdict.partner else None
    message.entity = verdict.entity
    said: dict[str, Any] = {"subject": message.subject, "number": str(message)}
    if verdict.status == InboundState.APPLIED:
        _submit(message, verdict, at=at)
        move(message.apply)
        numbers = [order.number for one in verdict.wanted for order in one.orders]
        journal.record(MessageApplied(orders=numbers, **said), at=at)
    elif verdict.status == InboundState.REFUSED:
        move(message.refuse)
        _refused(message, _clean_all(verdict.stops), at=at)
    elif verdict.status == InboundState.KEPT:
        move(message.keep)
        journal.record(MessageKept(**said), at=at)
    else:
        if message.status == InboundState.RECEIVED:
            move(message.hold)
        journal.record(MessageHeld(reasons=_clean_all(verdict.stops), **said), at=at)


def _submit(message: InboundMessage, verdict: Verdict, *, at: datetime) -> None:
    assert verdict.partner is not None, "What nobody sent is not taken over."
    for wanted in verdict.wanted:
        submission = submissions.submit(
            supplier=verdict.partner.supplier,
            kind=wanted.kind,
            about=wanted.orders[0].public_id,
            channel=message.channel,
            body=wanted.body,
            by=EDI,
            at=at,
            key="",  # within the message's own turn
        )
        MessageSubmission.objects.create(message=message, submission=submission)


def _refused(message: InboundMessage, reasons: list[str], *, at: datetime) -> None:
    message.reasons = reasons
    journal.record(MessageRefused(subject=message.subject, number=str(message), reasons=reasons), at=at)


def row(arrival: Arrival, first: InboundMessage | None, *, channel: str, by: Actor, at: datetime) -> InboundMessage:
    one = arrival.received
    texts = {
        "syntax": one.syntax,
        "type": one.kind,
        "release": one.version,
        "sender": one.sender,
        "receiver": one.receiver,
        "interchange": one.interchange,
        "group": one.group,
        "control": one.control,
        "number": getattr(one.document, "number", ""),
        "orders": " ".join(orders_named(one.document)),
    }
    kind = one.document.kind if one.document else ""
    return InboundMessage(
        identity="" if first or arrival.objection else arrival.identity,
        content=arrival.content,
        original=first,
        file=arrival.file,
        position=arrival.position,
        acknowledgement=first.acknowledgement if first else arrival.acknowledgement,
        channel=channel,
        by=str(by),
        received_at=at,
        kind=kind if kind in Kind.values else Kind.OTHER,
        sent_on=one.sent_on,
        is_test=one.is_test,
        is_proved=arrival.is_proved,
        supplier=first.supplier if first else None,
        entity=first.entity if first else None,
        **{name: _clean(text, InboundMessage._meta.get_field(name).max_length) for name, text in texts.items()},
    )


def as_row(fault: Fault) -> dict[str, str]:
    return {
        "level": fault.level.word,
        "code": fault.code,
        "where": _clean(fault.where),
        "sentence": _clean(fault.sentence),
    }


def _clean_all(texts: Sequence[str]) -> list[str]:
    return [_clean(text) for text in texts]


def _clean(text: str, longest: int | None = None) -> str:
    """Without what no column holds: NUL and half characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:longest]
