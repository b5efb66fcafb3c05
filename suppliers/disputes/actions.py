"""What each side can do in a dispute. Ours is checked by right, the supplier's came in as a submission of his own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.door.door import AS_IT_IS
from foundation.files.models import StoredFile
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import NotYours, allow, may
from foundation.values.actor import SUPPLIER, Actor
from governance import deadlines
from governance.cases import actions as cases
from governance.cases import kinds
from governance.cases.actions.opening import of
from governance.cases.lifecycle import CaseState
from governance.cases.models import Case
from organization.people.models import Person
from suppliers.disputes import settlements, showing
from suppliers.disputes.events import DisputeOverdue, DisputeSaid, DisputeStuck
from suppliers.disputes.models import LONGEST, Dispute, DisputeFile, Does, Said, Side
from suppliers.disputes.settlements import AMOUNT, DAY, Settlement

BECAUSE = "under the lock of its case"
ANSWER_HOURS = 16
"""Working hours that the supplier has for an answer."""
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A settlement as one side proposes it."""

    settlement: str
    amount: Decimal | None = None
    day: date | None = None


@verb
def write(
    *,
    case: Case,
    text: str,
    offer: Offer | None = None,
    files: Iterable[StoredFile] = (),
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str | None = None,
) -> Case:
    """Say something to the other side, with a proposal if there is one; ours opens the thread where there is none.

    Needs no version for words alone: they overwrite nothing. A proposal takes the place of the one before.
    """
    with deciding(case, by=by, seen=seen, key=key, of=case) as case:
        dispute = thread_of(case) or _begin(case, at=at)
        _may_speak(case, dispute, by)
        if offer:
            _check(case, dispute, offer, by=by, at=at)
        elif not text.strip():
            raise Refused(_("Write something."))
        said = _say(dispute, Does.OFFERS if offer else Does.SAYS, text, offer=offer, by=by, at=at)
        _show(dispute, files, said)
        if offer:
            dispute.offered, dispute.is_agreed = said.number, False
        _hand_on(case, dispute, said)
        _record(case, dispute, said)
    return case


@verb
def refuse(
    *, case: Case, number: int, text: str, by: Actor, at: datetime, seen: int | None = None, key: str | None = None
) -> Case:
    """Say no to the proposal with this number, and why."""
    with deciding(case, by=by, seen=seen, key=key, of=case) as case:
        dispute = _open_thread(case)
        _may_speak(case, dispute, by)
        _on_the_table(dispute, number, by)
        if not text.strip():
            raise Refused(_("Say why not: the other side reads it."))
        said = _say(dispute, Does.REFUSES, text, by=by, at=at)
        dispute.offered = None
        _hand_on(case, dispute, said)
        _record(case, dispute, said)
    return case


@verb
def agree(
    *, case: Case, number: int, text: str = "", by: Actor, at: datetime, seen: int | None = None, key: str | None = None
) -> Case:
    """Say yes to the proposal with this number, and do it: the case is settled in the same transaction.

    Who of ours proposed it, or agrees to it, answers for it by his own right. Where it cannot be done any more, or by
    him, the agreement stands and the case goes back to its owner with the reasons.
    """
    named = _settlement(case, number)
    first = list(settlements.resolution_of(case.kind, named).lock(case)) if named else []
    with deciding(case, by=by, seen=seen, key=key, of=case, first=first) as case:
        dispute = _open_thread(case)
        _may_speak(case, dispute, by)
        offer = _on_the_table(dispute, number, by)
        settlement = settlements.find(case.kind, offer.settlement)
        if settlement is None:
            raise Refused(_("It cannot be settled that way any more. Propose another."))
        said = _say(dispute, Does.AGREES, text, by=by, at=at)
        dispute.is_agreed = True
        carrier = Actor.parse(offer.by) if said.side == Side.SUPPLIER else by
        if objections := _objections(case, settlement, carrier):
            if said.side == Side.US:
                raise Refused(*objections)
            _hand_on(case, dispute, said)
            stuck = DisputeStuck(**of(case), dispute=dispute.pk, said=said.number, reasons=objections)
            journal.record(stuck, at=at)
        else:
            _settle(case, dispute, settlement, offer, by=carrier, at=at)
        _record(case, dispute, said)
    return case


@verb
def lapse(*, dispute: Dispute, by: Actor, at: datetime, key: str) -> Case:
    """The supplier's time is over: he is reminded, and the case is its owner's again. Said once for each wait."""
    with deciding(dispute.case, by=by, key=key) as case:
        fresh = _open_thread(case)
        if fresh.is_overdue or fresh.turn != Side.SUPPLIER or fresh.answer_by is None or fresh.answer_by > at:
            raise Refused(_("There is nothing to remind of."))
        fresh.is_overdue = True
        fresh.save()
        if case.status == CaseState.WAITING_SUPPLIER:
            cases.go_on(case, at=at)
        late = DisputeOverdue(**of(case), dispute=fresh.pk, supplier_id=fresh.supplier_id, answer_by=fresh.answer_by)
        journal.record(late, at=at)
    return case


def _settle(case: Case, dispute: Dispute, settlement: Settlement, offer: Said, *, by: Actor, at: datetime) -> None:
    words = settlements.spoken(settlement.label, offer.amount, dispute.currency, offer.day)
    facts = {"reason": words, "amount": offer.amount, "day": offer.day}
    facts = {name: str(value) for name, value in facts.items() if value is not None}
    cases.resolve(case=case, how=settlement.resolution, facts=facts, by=by, at=at, seen=AS_IT_IS, key="")
    end(dispute, words, at=at)


def end(dispute: Dispute, outcome: str, *, at: datetime) -> None:
    """Nobody is waited for any more."""
    dispute.turn, dispute.answer_by, dispute.settled_at, dispute.outcome = "", None, at, outcome[:300]
    dispute.save()


def thread_of(case: Case) -> Dispute | None:
    """The thread of a case whose lock is held."""
    return Dispute.objects.everywhere(because=BECAUSE).filter(case=case).first()


def _open_thread(case: Case) -> Dispute:
    dispute = thread_of(case)
    if dispute is None:
        raise Refused(_("Nobody has written to the supplier about it yet."))
    return dispute


def _begin(case: Case, *, at: datetime) -> Dispute:
    if not showing.can_be_shown(case):
        raise Refused(_("There is no supplier to whom one could write about this."))
    shown = showing.of(case, str(kinds.of(case.kind).label))
    return Dispute.objects.create(
        case=case,
        kind=case.kind,
        supplier_id=case.supplier_id,
        entity_id=case.entity_id,
        site_id=case.site_id,
        about=shown.about[:120],
        title=shown.title[:200],
        facts=[[str(label), str(value)] for label, value in shown.facts],
        order_public_id=shown.order_public_id,
        notice_public_id=shown.notice_public_id,
        invoice_public_id=shown.invoice_public_id,
        amount=case.stake,
        currency=case.currency,
        opened_at=at,
        last_at=at,
    )


def _may_speak(case: Case, dispute: Dispute, by: Actor) -> None:
    """The supplier speaks of his own only, which the handler of his submission has seen to."""
    if by.kind != SUPPLIER:
        allow(by, "work_case", case)
    if not case.is_unsolved or not dispute.is_open:
        raise Refused(_("This is settled already; what was agreed stands in the thread."))


def side_of(by: Actor) -> Side:
    return Side.SUPPLIER if by.kind == SUPPLIER else Side.US


def _say(dispute: Dispute, does: str, text: str, *, offer: Offer | None = None, by: Actor, at: datetime) -> Said:
    if len(text.strip()) > LONGEST:
        raise Refused(_("At most %(n)s characters. Send the rest as a second message.") % {"n": LONGEST})
    dispute.said_count += 1
    dispute.last_at = at
    return Said.objects.create(
        dispute=dispute,
        number=dispute.said_count,
        side=side_of(by),
        does=does,
        by=str(by),
        name=Person.objects.values_list("name", flat=True).filter(pk=by.person_id).first() or _("Countersign"),
        at=at,
        text=text.strip(),
        settlement=offer.settlement if offer else "",
        amount=offer.amount if offer else None,
        day=offer.day if offer else None,
    )


def _check(case: Case, dispute: Dispute, offer: Offer, *, by: Actor, at: datetime) -> None:
    """The proposal is complete, possible now, and ours is made by somebody who may carry it out."""
    settlement = settlements.find(case.kind, offer.settlement)
    if settlement is None:
        raise Refused(_("It cannot be settled that way. Choose one of the ways that are offered."))
    if settlement.asks == AMOUNT and (offer.amount is None or offer.amount <= 0):
        raise Refused(_("Give the amount of the credit, like 12.50."))
    if settlement.asks == DAY and (offer.day is None or not at.date() <= offer.day <= at.date() + FURTHEST):
        raise Refused(_("Give the day of the delivery: today or later, within a year."))
    if dispute.is_agreed:
        raise Refused(_("Both sides agreed already; it is being looked after."))
    if by.kind != SUPPLIER and (objections := _objections(case, settlement, by)):
        raise Refused(*objections)


def _objections(case: Case, settlement: Settlement, by: Actor) -> list[str]:
    resolution = settlements.resolution_of(case.kind, settlement)
    if not may(by, resolution.verb, case):
        return [NotYours(resolution.verb, case.number).sentence]
    return resolution.why_not(case)


def _on_the_table(dispute: Dispute, number: int, by: Actor) -> Said:
    """The proposal that is answered, which must be the last one and the other side's."""
    if dispute.open_offer is None or dispute.open_offer != number:
        raise Refused(_("This proposal is not open any more: look at what was said since."))
    offer = dispute.said.get(number=number)
    if offer.side == side_of(by):
        raise Refused(_("This is your own proposal: the other side answers it."))
    return offer


def _settlement(case: Case, number: int) -> Settlement | None:
    """What is about to be agreed, to know which rows it will write; asked again under their locks."""
    said = Said.objects.filter(dispute__case=case, number=number, does=Does.OFFERS).first()
    return settlements.find(case.kind, said.settlement) if said else None


def _show(dispute: Dispute, files: Iterable[StoredFile], said: Said) -> None:
    for file in files:
        DisputeFile.objects.get_or_create(dispute=dispute, file=file, defaults={"side": said.side, "at": said.at})


def _hand_on(case: Case, dispute: Dispute, said: Said) -> None:
    """It is the other side's turn; while the supplier is waited for, our clock stands still."""
    dispute.is_overdue = False
    if said.side == Side.SUPPLIER:
        if case.status == CaseState.WAITING_SUPPLIER:
            cases.go_on(case, at=said.at)
        dispute.turn, dispute.answer_by = Side.US, case.due_at
    else:
        if case.status in (CaseState.OPEN, CaseState.IN_PROGRESS):
            move(case.ask_supplier, at=said.at)
        by = deadlines.due(said.at, ANSWER_HOURS, site_id=case.site_id)
        dispute.turn, dispute.answer_by = Side.SUPPLIER, by
    dispute.save()


def _record(case: Case, dispute: Dispute, said: Said) -> None:
    words: Any = settlements.find(case.kind, said.settlement) if said.settlement else None
    told = DisputeSaid(
        **of(case),
        dispute=dispute.pk,
        supplier_id=dispute.supplier_id,
        said=said.number,
        side=said.side,
        does=said.does,
        words=settlements.spoken(words.label, said.amount, dispute.currency, said.day) if words else "",
    )
    journal.record(told, at=said.at)
