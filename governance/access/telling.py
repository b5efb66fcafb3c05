"""Whoever is asked about access hears of it; so does the owner of a review that nobody answers."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.journal.events import Event
from foundation.values.days import day_of
from governance.access.duties import BY_KEY
from governance.access.events import (
    AcceptanceAsked,
    AcceptanceExpired,
    ReviewEscalated,
    ReviewFinished,
    ReviewReminded,
    ReviewStarted,
)
from organization.notifications import actions as notifications
from organization.people.models import Person
from organization.scopes.queries import living


def tell(event: Event, *, key: str, at: datetime) -> None:
    """One notice for each, with the way to where it is answered."""
    for kind, people, text in _said(event):
        for person in Person.objects.filter(pk__in=set(people), is_active=True).order_by("pk"):
            notifications.tell(
                person=person, kind=kind, subject=event.subject, text=text, url=_way(event), key=f"{key}:{kind}", at=at
            )


def _said(event: Event) -> Iterable[tuple[str, Iterable[int], str]]:
    match event:
        case ReviewStarted(title=title, due_at=due, reviewers=asked):
            said = {"title": title, "day": day_of(due)}
            text = _("%(title)s: say until %(day)s who still needs which role.") % said
            yield "review_started", map(int, asked), text
        case ReviewReminded(title=title, due_at=due, reviewers=left):
            said = {"title": title, "day": day_of(due)}
            yield "review_due", left, _("%(title)s is due on %(day)s, and some roles wait for your answer.") % said
        case ReviewEscalated(title=title, owner_id=owner, reviewers=left, open_count=count):
            said = {"title": title, "n": count}
            managers = Person.objects.filter(pk__in=left).exclude(manager=None).values_list("manager", flat=True)
            text = _("%(title)s is overdue: %(n)s memberships have no answer.") % said
            yield "review_overdue", {owner, *left, *managers}, text
        case ReviewFinished(title=title, owner_id=owner, kept=kept, removed=removed):
            said = {"title": title, "kept": kept, "removed": removed}
            yield "review_done", [owner], _("%(title)s is done: %(kept)s kept, %(removed)s removed.") % said
        case AcceptanceAsked(person_id=person, conflict=conflict):
            rows = living().filter(role__permissions__codename="review_access").exclude(person=person)
            said = {"what": BY_KEY[conflict].label}
            text = _("A conflict of duties waits for a second yes: %(what)s.") % said
            yield "conflict_asked", rows.values_list("person", flat=True), text
        case AcceptanceExpired(conflict=conflict, asked_by_id=asker):
            said = {"what": BY_KEY[conflict].label}
            yield "conflict_open", [asker], _("An accepted conflict of duties is open again: %(what)s.") % said


def _way(event: Event) -> str:
    if isinstance(event, (AcceptanceAsked, AcceptanceExpired)):
        return reverse("governance:conflicts") + f"?person={event.person_id}"
    return reverse("governance:review", args=[event.document_id])
