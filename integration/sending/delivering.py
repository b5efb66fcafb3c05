"""Tell one partner one thing, once: written and kept, then sent, then noted. Each step may be cut short and repeated.

What is sent again after a cut leaves under the same control number, name and key, so that the other side knows it.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.timezone import now

from foundation.failpoints import failpoint
from foundation.files import actions as files
from foundation.journal.events import NeedsHelp
from governance.cases import actions as cases
from integration.partners import queries as partners
from integration.partners.models import TradingPartner
from integration.sending import actions as sending
from integration.sending import transports
from integration.sending.actions import SENDER, Plan
from integration.sending.lifecycle import OutboundState
from integration.sending.models import OutboundMessage
from integration.sending.transports import Answered, Declined

STUCK = {"kind": "integration", "cause": "partner"}
ANSWER_IN_LINE = "the answer on the line"


class Stopped(NeedsHelp):
    """A person must look: it cannot be said, or they will not have it."""


def tell(supplier_id: int, gets: str, plan_for: Callable[[TradingPartner], Plan | None], *, key: str) -> None:
    """Every system of the supplier that was promised such documents. One that fails is tried again by itself."""
    problems: list[Exception] = []
    for partner in partners.getting(supplier_id, gets):
        plan = plan_for(partner)
        try:
            if plan is not None:
                _tell(plan, partner, key=f"{key}:{partner.pk}")
        except (transports.NotYet, Stopped) as problem:
            problems.append(problem)
    if problems:
        raise next((one for one in problems if not isinstance(one, Stopped)), problems[0])


def _tell(plan: Plan, partner: TradingPartner, *, key: str) -> None:
    message = _prepared(plan, partner, key=key)
    if message.status == OutboundState.STOPPED:
        raise _stuck(message, message.reasons[0], key=key)
    if message.status != OutboundState.WRITTEN:
        return
    assert message.file is not None, "What is on its way has its bytes."
    failpoint("partner.before")
    try:
        with files.opened(message.file) as kept:
            answered = transports.send(partner, kept.read(), name=message.file.name, key=f"{message.subject}")
    except Declined as declined:
        raise _stuck(message, str(declined), key=key) from declined
    failpoint("partner.after")
    way = {"way": partner.way, "target": partner.target}
    message = sending.note_sent(message=message, **way, at=now(), key=f"{key}:sent")
    cases.auto_resolve(**STUCK, about=message.subject, by=SENDER, at=now(), key=f"{key}:solved")
    if answered is not None:
        _answered(message, answered, key=key)


def _prepared(plan: Plan, partner: TradingPartner, *, key: str) -> OutboundMessage:
    everywhere = OutboundMessage.objects.everywhere(because="told once, whoever may see it")
    known = everywhere.select_related("partner", "file").filter(partner=partner, what=plan.what).first()
    if known is None:
        return sending.prepare(plan=plan, partner=partner, at=now(), key=f"{key}:written")
    if known.status == OutboundState.STOPPED:
        again = {"plan": plan, "partner": partner, "at": now(), "key": _once(key, "again")}
        return sending.prepare_again(message=known, **again)
    return known


def _answered(message: OutboundMessage, answered: Answered, *, key: str) -> None:
    heard(message, is_accepted=answered.is_accepted, reasons=[answered.reason], by_message=ANSWER_IN_LINE, key=key)


def heard(message: OutboundMessage, *, is_accepted: bool, reasons: list[str], by_message: str, key: str) -> None:
    """What they said of a message of ours; a no is somebody's case. Said again, or after a no, it is no news."""
    if message.status not in ((OutboundState.SENT,) if is_accepted else (OutboundState.SENT, OutboundState.ACCEPTED)):
        return
    said: dict[str, Any] = {"is_accepted": is_accepted, "reasons": reasons, "by_message": by_message}
    sending.note_answer(message=message, **said, at=now(), key=f"{key}:answered")
    if not is_accepted:
        _open_case(message, reasons[0], key=key)


def _stuck(message: OutboundMessage, words: str, *, key: str) -> Stopped:
    _open_case(message, words, key=key)
    return Stopped(words)


def _open_case(message: OutboundMessage, words: str, *, key: str) -> None:
    """Without a legal entity of ours (it is about no order) nobody could own it: the parked delivery says so."""
    if message.entity_id is None:
        return
    cases.open_(
        **STUCK,
        about=message,
        about_title=f"{message.number} to {message.partner.supplier.party.name}"[:200],
        about_url=f"/integration/sent/{message.pk}/",
        summary=words[:300],
        entity_id=message.entity_id,
        site_id=None,
        supplier_id=message.supplier_id,
        stake=Decimal(0),
        currency="",
        facts={"words": words},
        by=SENDER,
        at=now(),
        key=_once(key, "case"),
    )


def _once(key: str, what: str) -> str:
    """A delivery that is sent again keeps its key, and may fail again: that is news every time."""
    return f"{key}:{what}:{now():%y%m%d%H%M%S%f}"
