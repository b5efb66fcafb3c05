"""Take a mail in: kept, bound to the order of its address, its attachments beside the order, waiting for a person."""

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.files import actions as files
from foundation.files import kinds
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from integration.canon.faults import Fault, Level
from integration.inbox import actions as inbox
from integration.inbox import mail
from integration.inbox.actions import Arrival
from integration.inbox.events import MessageHeld, MessageReceived, MessageRepeated
from integration.inbox.models import InboundMessage
from procurement.orders.models import PurchaseOrder
from suppliers.suppliers.models import Channel


def receive(raw: bytes, *, by: Actor, at: datetime, key: str, name: str = "mail.eml") -> InboundMessage:
    """One mail. Without a token of ours it is nobody's and refused with its reason; with one it is a draft."""
    allow(by, "deliver_message")
    order = mail.order_of(raw)
    arrival = Arrival(mail.read(raw), inbox.kept(raw, name, by=by, at=at), 0)
    stem = hashlib.sha256(key.encode()).hexdigest()[:40]
    faults = list(arrival.received.faults) if order else [_unbound()]
    if order and inbox.first_of(arrival) is None:
        faults += _attached(raw, order, by=by, at=at)
    return _take_in(arrival=arrival, order=order, faults=faults, by=by, at=at, key=stem)


@verb
def _take_in(
    *, arrival: Arrival, order: PurchaseOrder | None, faults: list[Fault], by: Actor, at: datetime, key: str
) -> InboundMessage:
    with opening(by=by, key=key):
        first = inbox.first_of(arrival)
        message = inbox.row(arrival, first, channel=Channel.LINK, by=by, at=at)
        if order is not None:
            message.supplier, message.entity, message.orders = order.supplier, order.entity, order.number
        message.faults = [inbox.as_row(fault) for fault in faults]
        about = {"subject": message.subject, "number": str(message)}
        with deciding(message, by=by) as message:
            about["subject"] = message.subject
            journal.record(MessageReceived(sender=message.sender, channel=message.channel, **about), at=at)
            if first:
                move(message.repeat)
                journal.record(MessageRepeated(first=first.subject, **about), at=at)
            elif order is None:
                move(message.refuse)
                message.reasons = [faults[0].sentence]
            else:
                move(message.hold)
                journal.record(MessageHeld(reasons=[faults[0].sentence], **about), at=at)
    return message


def _unbound() -> Fault:
    sentence = _(
        "It was not sent to the address of an order: it must be the one that stands in our mail about the order."
    )
    return Fault(Level.REFUSE, "token_unknown", "", sentence)


def _attached(raw: bytes, order: PurchaseOrder, *, by: Actor, at: datetime) -> list[Fault]:
    """Kept beside the order, where it is what its name says; what is not is named and left in the mail."""
    refused = []
    for name, content in mail.attachments(raw):
        try:
            safe = files.safe_name(name)
            if kinds.kind_of(safe, content[: kinds.HEAD]) is None:
                raise Refused(_("“%(name)s” is not a file that can be taken. %(known)s")
                              % {"name": safe, "known": kinds.said()})  # fmt: skip
            files.keep(content=content, name=safe, about=order.subject, by=by, at=at)
        except Refused as wrong:
            refused.append(Fault(Level.WARNING, "attachment_refused", name[:80], str(wrong)))
    return refused
