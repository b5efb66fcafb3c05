"""What is unsettled, about what, whose, and what it keeps from going on."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from foundation.documents.models import Recorded
from foundation.scopes.permissions import may
from foundation.values.actor import Actor
from governance.cases.lifecycle import UNSOLVED, CaseState
from governance.cases.models import Case
from organization.people.models import Person
from organization.scopes import queries as scopes

SYSTEM = "the case's own door asks by document, whoever acts"


def unsolved(*, kind: str, about: str, cause: str) -> QuerySet[Case]:
    """The open case of this kind about this cause, if there is one."""
    return Case.objects.everywhere(because=SYSTEM).filter(kind=kind, about=about, cause=cause, status__in=UNSOLVED)


def unsolved_kinds(*, about: str, cause: str) -> set[str]:
    """Of which kinds a case about this cause is open: one question where each kind would be one."""
    rows = Case.objects.everywhere(because=SYSTEM).filter(about=about, cause=cause, status__in=UNSOLVED)
    return set(rows.order_by().values_list("kind", flat=True))


def open_cases_about(subject: str | Recorded) -> list[Case]:
    """Everything unsettled about a document, worst and soonest first, whoever asks."""
    about = subject if isinstance(subject, str) else subject.subject
    rows = Case.objects.everywhere(because=SYSTEM).filter(about=about, status__in=UNSOLVED)
    return sorted(rows.select_related("owner"), key=lambda case: (case.severity != "high", case.due_at, case.pk))


def blocks(subject: str | Recorded, *, kinds: Iterable[str] = (), causes: Iterable[str] = ()) -> list[Case]:
    """Unsettled cases that keep a document from going on: of these kinds, about these causes; empty means any."""
    kinds, causes = set(kinds), set(causes)
    return [
        case
        for case in open_cases_about(subject)
        if (not kinds or case.kind in kinds) and (not causes or case.cause in causes)
    ]


def overdue(at: datetime) -> QuerySet[Case]:
    """Unsettled and past due, not yet escalated; while the supplier is waited for the clock stands still."""
    rows = Case.objects.everywhere(because="the clock looks at all of them")
    late = Q(status__in=UNSOLVED, due_at__lt=at, escalated_at=None)
    return rows.filter(late).exclude(status=CaseState.WAITING_SUPPLIER).order_by("due_at", "id")


def natural_owner(role: str, *, entity_id: int, site_id: int | None, but: Collection[int] = ()) -> Person | None:
    """Who fills the owning role nearest to the place: the narrowest scope first, then the shortest pile."""
    where = {"entity": [entity_id], "site": [site_id] if site_id else []}
    able = [m for m in scopes.holders([role]) if scopes.covers(m.scope, where) and m.person_id not in but]
    if not able:
        return None
    piles = dict.fromkeys((m.person_id for m in able), 0)
    busy = Case.objects.everywhere(because="piles are compared").filter(owner__in=piles, status__in=UNSOLVED)
    for owner in busy.values_list("owner_id", flat=True):
        piles[owner] += 1
    nearest = min(able, key=lambda m: (-scopes.narrowness(m.scope), piles[m.person_id], m.person_id))
    return nearest.person


def may_work(person: Person, case: Case) -> bool:
    return may(person.actor, "work_case", case)


def case_rows(actor: Actor) -> QuerySet[Case]:
    """Cases in reach, with what lists and pages show."""
    return Case.objects.visible_to(actor).select_related("owner", "entity", "site", "supplier")


def unsettled(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.filter(status__in=UNSOLVED)


def mine(actor: Actor) -> QuerySet[Case]:
    """What this person has to settle, by the clock; what the supplier was asked about comes back by itself."""
    own = unsettled(case_rows(actor)).filter(owner=actor.person_id).exclude(status=CaseState.WAITING_SUPPLIER)
    return own.order_by("due_at", "pk")


def unowned(actor: Actor) -> QuerySet[Case]:
    return unsettled(case_rows(actor)).filter(owner=None).order_by("due_at", "pk")


def due(rows: QuerySet[Case], until: datetime) -> QuerySet[Case]:
    """Unsettled and due by then; while the supplier is waited for, the clock stands still."""
    return unsettled(rows).filter(due_at__lt=until).exclude(status=CaseState.WAITING_SUPPLIER)


def cases_about(subject: str, actor: Actor) -> QuerySet[Case]:
    """Cases about a document as far as the actor sees them: open ones first."""
    rows = case_rows(actor).filter(about=subject)
    return rows.order_by(F("resolved_at").asc(nulls_first=True), "due_at", "pk")


def workers(case: Case) -> list[Person]:
    """Who may take the case over: people with a role that works on cases, in a scope that holds its place."""
    where = {name: [key] for name in ("entity", "site", "supplier") if (key := getattr(case, f"{name}_id"))}
    rows = scopes.living().filter(role__permissions__codename="work_case").select_related("person", "scope")
    able = {m.person_id: m.person for m in rows if scopes.covers(m.scope, where)}
    return sorted(able.values(), key=lambda person: (person.name, person.pk))
