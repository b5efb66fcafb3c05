"""Working on a case: taking it, handing it on, asking, noting."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.files.models import StoredFile
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from governance.cases import queries
from governance.cases.actions.opening import of
from governance.cases.events import CaseAssigned, CaseEscalated, CaseNoted, CaseWaits, CaseWorked
from governance.cases.lifecycle import CaseState
from governance.cases.models import Case, CaseNote
from organization.people.models import Person


@verb
def take(*, case: Case, by: Actor, at: datetime, seen: int, key: str) -> Case:
    """Make the case one's own and begin."""
    with deciding(case, by=by, seen=seen, key=key) as case:
        allow(by, "work_case", case)
        was, case.owner_id = case.owner_id, by.person_id
        if case.status == CaseState.OPEN:
            move(case.work)
        elif not case.is_unsolved:
            raise Refused(_("The case is settled: %(state)s.") % {"state": case.get_status_display().lower()})
        journal.record(CaseAssigned(**of(case), owner_id=case.owner_id, was_id=was), at=at)
    return case


@verb
def assign(*, case: Case, owner: Person, reason: str = "", by: Actor, at: datetime, seen: int, key: str) -> Case:
    """Hand the case to somebody who may work on it there; the reason stands among the notes."""
    with deciding(case, by=by, seen=seen, key=key) as case:
        allow(by, "work_case", case)
        if not case.is_unsolved:
            raise Refused(_("The case is settled: %(state)s.") % {"state": case.get_status_display().lower()})
        if not owner.is_active or not queries.may_work(owner, case):
            raise Refused(_("%(person)s may not work on this case. Choose somebody else.") % {"person": owner.name})
        was, case.owner_id = case.owner_id, owner.pk
        if reason := reason.strip():
            said = _("For %(person)s: %(reason)s") % {"person": owner.name, "reason": reason}
            CaseNote.objects.create(case=case, by=str(by), at=at, text=said)
        journal.record(CaseAssigned(**of(case), owner_id=owner.pk, was_id=was, reason=reason), at=at)
    return case


@verb
def work(*, case: Case, by: Actor, at: datetime, seen: int | None = None, key: str) -> Case:
    """Begin, or go on after an answer. The time that the supplier took is added to the deadline."""
    with deciding(case, by=by, seen=seen, key=key) as case:
        allow(by, "work_case", case)
        go_on(case, at=at)
        journal.record(CaseWorked(**of(case), owner_id=case.owner_id, due_at=case.due_at), at=at)
    return case


def go_on(case: Case, *, at: datetime) -> None:
    """Inside the case's door: it is ours to work on again, and what the supplier took is added to the deadline."""
    if case.status == CaseState.WAITING_SUPPLIER and case.waiting_since:
        case.due_at += max(at - case.waiting_since, timedelta())
    move(case.work)


@verb
def ask_supplier(*, case: Case, text: str, by: Actor, at: datetime, seen: int, key: str) -> Case:
    """Ask the supplier; the clock stands still until the answer."""
    with deciding(case, by=by, seen=seen, key=key) as case:
        allow(by, "work_case", case)
        if case.supplier_id is None:
            raise Refused(_("The case names no supplier whom one could ask."))
        _ask(case, move_to="ask_supplier", text=text, person=None, by=by, at=at)
    return case


@verb
def ask_internal(
    *, case: Case, text: str, person: Person | None = None, by: Actor, at: datetime, seen: int, key: str
) -> Case:
    """Ask somebody of ours; the clock runs on, for it is our time."""
    with deciding(case, by=by, seen=seen, key=key) as case:
        allow(by, "work_case", case)
        _ask(case, move_to="ask_internal", text=text, person=person, by=by, at=at)
    return case


def _ask(case: Case, *, move_to: str, text: str, person: Person | None, by: Actor, at: datetime) -> None:
    if not text.strip():
        raise Refused(_("Say what you want to know."))
    move(getattr(case, move_to), at=at)
    CaseNote.objects.create(case=case, by=str(by), at=at, text=text.strip())
    told = CaseWaits(
        **of(case),
        party=case.status,
        text=text.strip(),
        supplier_id=case.supplier_id if move_to == "ask_supplier" else None,
        person_id=person.pk if person else None,
    )
    journal.record(told, at=at)


@verb
def add_note(
    *, case: Case, text: str, file: StoredFile | None = None, by: Actor, at: datetime, seen: int | None = None, key: str
) -> Case:
    """Say something about the case, with evidence if there is some. Needs no version: a note overwrites nothing."""
    with deciding(case, by=by, seen=seen, key=key, of=case) as case:
        allow(by, "work_case", case)
        if not text.strip() and file is None:
            raise Refused(_("Write something, or add a file."))
        note = CaseNote.objects.create(case=case, by=str(by), at=at, text=text.strip(), file=file)
        journal.record(CaseNoted(**of(case), note=note.pk), at=at)
    return case


@verb
def escalate(*, case: Case, by: Actor, at: datetime, key: str) -> Case:
    """It is overdue: told once, to the owner's manager or whoever may."""
    with deciding(case, by=by, key=key) as case:
        if not case.is_unsolved or case.escalated_at or case.due_at > at or case.status == CaseState.WAITING_SUPPLIER:
            raise Refused(_("There is nothing to escalate."))
        case.escalated_at = at
        told = case.owner.manager_id if case.owner else None
        journal.record(CaseEscalated(**of(case), owner_id=case.owner_id, told_id=told, due_at=case.due_at), at=at)
    return case
