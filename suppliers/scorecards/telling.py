"""Write to who contested a figure what was decided about it, and why."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.journal.models import Entry
from foundation.values.actor import SUPPLIER, Actor
from governance.cases.events import CaseOpened, CaseResolved
from governance.cases.models import Case
from organization.notifications import actions as notifications
from organization.people.models import Person
from suppliers.scorecards.contesting import EXCLUDE, KIND
from suppliers.scorecards.glossary import DEFINITIONS


def tell(event: CaseResolved, *, key: str, at: datetime) -> None:
    """One mail to the person who contested it; nobody else of the supplier asked for it."""
    person = _contester(event) if event.kind == KIND else None
    if person is None:
        return
    case = Case.objects.everywhere(because="delivered by the relay").get(pk=event.document_id)
    measure = case.facts["measure"]
    words = {
        "person": person,
        "label": case.facts["label"],
        "measure": DEFINITIONS[measure].label,
        "decided": _("It does not count any more") if event.how == EXCLUDE else _("It counts"),
        "reason": event.facts.get("reason", ""),
        "said": case.facts["said"],
        "link": f"{settings.PORTAL_ADDRESS.rstrip('/')}{PAGE.format(measure)}",
    }
    letter, thread = "portal/mail/contest_decided", case.subject
    notifications.write(to=person.email, letter=letter, words=words, thread=thread, key=key, at=at)


PAGE = "/scorecard/{}/?view=contested&contested=1"
"""Where the decision stands in the portal; its addresses are another process's."""


def _contester(event: CaseResolved) -> Person | None:
    """Who opened the case, if his account is still open."""
    opened = Entry.objects.filter(subject=event.subject, name=CaseOpened.name).order_by("number").first()
    by = Actor.parse(opened.by) if opened else None
    if by is None or by.kind != SUPPLIER:
        return None
    return Person.objects.filter(pk=by.person_id, is_active=True).first()
