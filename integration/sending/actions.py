"""Write a message once, note that it left, note what they answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.door import AS_IT_IS, deciding, verb
from foundation.files import actions as files
from foundation.files.models import StoredFile
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.numbering import actions as numbering
from foundation.values.actor import system
from integration.canon.documents import Document
from integration.canon.texts import Unsayable
from integration.partners.models import Syntax, TradingPartner, Way
from integration.sending import writing
from integration.sending.events import (
    OutboundAccepted,
    OutboundRefused,
    OutboundSent,
    OutboundStopped,
    OutboundWritten,
)
from integration.sending.models import OutboundMessage
from integration.sending.writing import Written
from organization.entities.models import LegalEntity

SENDER = system("edi")
ABOUT = "integration.sending"
"""Files of messages that leave belong to no page of their own, as those of the inbox."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One thing to be told. ``write`` makes the canonical document for one partner, or ``file`` is there already."""

    what: str
    kind: str
    number: str
    about: str
    entity: LegalEntity | None
    write: Callable[[TradingPartner], Document] | None = None
    file: StoredFile | None = None
    type: str = ""
    refers_to: str = ""

    def __repr__(self) -> str:
        """What makes two requests the same."""
        return self.what


@verb
def prepare(*, plan: Plan, partner: TradingPartner, at: datetime, key: str) -> OutboundMessage:
    """Keep the bytes that will leave, under a control number of their own; what cannot be said is stopped."""
    message = OutboundMessage(
        partner=partner,
        what=plan.what,
        kind=plan.kind,
        number=plan.number,
        about=plan.about,
        syntax=partner.syntax,
        type=plan.type,
        is_test=partner.is_test,
        file=plan.file,
        written_at=at,
        supplier=partner.supplier,
        entity=plan.entity,
    )
    with deciding(message, by=SENDER, key=key) as message:
        _write(message, plan, partner, at=at)
    return message


@verb
def prepare_again(
    *, message: OutboundMessage, plan: Plan, partner: TradingPartner, at: datetime, key: str
) -> OutboundMessage:
    """What could not be said is tried once more, with the document and the agreement as they are now."""
    with deciding(message, by=SENDER, seen=AS_IT_IS, key=key) as message:
        move(message.rewrite)
        message.syntax, message.is_test, message.reasons = partner.syntax, partner.is_test, []
        _write(message, plan, partner, at=at)
    return message


@verb
def note_sent(*, message: OutboundMessage, way: str, target: str, at: datetime, key: str) -> OutboundMessage:
    """It left, or stays because nothing else was agreed."""
    with deciding(message, by=SENDER, seen=AS_IT_IS, key=key) as message:
        if way == Way.NONE:
            move(message.keep)
        else:
            move(message.send, at=at)
            hours = message.partner.answers_within_hours
            is_answer = message.kind == "acknowledgement"
            message.due_at = at + timedelta(hours=hours) if hours and not is_answer else None
        journal.record(OutboundSent(subject=message.subject, number=str(message), way=way, target=target), at=at)
    return message


@verb
def note_answer(
    *,
    message: OutboundMessage,
    is_accepted: bool,
    reasons: list[str],
    by_message: str,
    at: datetime,
    key: str,
) -> OutboundMessage:
    """They can read it, or will not take it. A no counts over an earlier yes; after a no nothing is taken back."""
    with deciding(message, by=SENDER, seen=AS_IT_IS, key=key) as message:
        said = {"subject": message.subject, "number": str(message), "by_message": by_message}
        if is_accepted:
            move(message.accept, at=at)
            journal.record(OutboundAccepted(**said), at=at)
        else:
            move(message.refuse, at=at)
            message.reasons = reasons
            journal.record(OutboundRefused(reasons=reasons, **said), at=at)
    return message


def _write(message: OutboundMessage, plan: Plan, partner: TradingPartner, *, at: datetime) -> None:
    try:
        written = None if plan.write is None else _written(plan, partner, at=at)
    except Unsayable as problem:
        move(message.stop)
        message.reasons = [str(problem)]
        journal.record(OutboundStopped(subject=message.subject, number=str(message), reasons=message.reasons), at=at)
        return
    if written is not None:
        name = f"{written.type}-{written.control.partition('@')[0]}.{writing.ENDINGS[Syntax(partner.syntax)]}"
        message.file = files.keep(content=written.raw, name=name, about=ABOUT, by=SENDER, at=at)
        message.type, message.control = written.type, written.control
    told = OutboundWritten(subject=message.subject, number=str(message), address=partner.address, kind=message.kind)
    journal.record(told, at=at)


def _written(plan: Plan, partner: TradingPartner, *, at: datetime) -> Written:
    assert plan.write is not None
    control = numbering.count("IC")
    return writing.write(plan.write(partner), partner, control=control, at=at, kind=plan.type, refers_to=plan.refers_to)
