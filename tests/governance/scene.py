"""A small company and one document to approve: what every governance test stands on."""

import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.events import Event
from foundation.journal.models import Entry
from foundation.lifecycles import Refused, move
from foundation.values.actor import Actor, system
from governance.approvals import actions as approvals
from governance.approvals.models import ApprovalRequest, ApprovalStep
from governance.authority import actions as authority
from governance.authority import queries
from governance.authority.models import AuthorityMatrix, Delegation
from organization.entities.models import LegalEntity
from organization.items.models import Category
from organization.people.models import Person
from organization.scopes import actions as scopes
from organization.scopes.models import Membership
from organization.sites.models import Site
from procurement.requisitions.models import Requisition

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORLD = system("tests")
KIND = "requisition"
_numbers = itertools.count(1)


def key() -> str:
    return uuid.uuid4().hex


class Told(Event):
    """Something happened to the document of a test."""


@dataclass
class RequisitionSubject:
    """Stands in for procurement's own handler; remembers what it was told."""

    heard: list[str] = field(default_factory=list)

    def describe(self, document: Requisition) -> str:
        return document.title

    def url(self, document: Requisition) -> str:
        return f"/requests/{document.number}/"

    def lock(self, document: Requisition) -> list[Requisition]:
        return [document]

    def on_granted(self, document: Requisition, *, by: Actor, at: datetime) -> None:
        with deciding(document, by=by) as row:
            move(row.approve, at=at)
            journal.record(Told(subject=row.subject), at=at)

    def on_refused(self, document: Requisition, *, by: Actor, at: datetime, returned: bool, reason: str) -> None:
        with deciding(document, by=by) as row:
            move(row.send_back if returned else row.reject)
            journal.record(Told(subject=row.subject), at=at)


class Company:
    """One entity with a site and two categories, and people by the role they fill at the site."""

    def __init__(self) -> None:
        mark = uuid.uuid4().hex[:5].upper()
        self.entity = LegalEntity.objects.create(code=f"E{mark}", name="Ours", country="NL", currency="EUR")
        self.site = Site.objects.create(code=f"S{mark}", name="Rotterdam", entity=self.entity)
        self.bolts, self.tools = self.category(f"B{mark}", "Bolts"), self.category(f"T{mark}", "Tools")
        self.at_site = scopes.scope_of(site=self.site.pk)
        other = LegalEntity.objects.create(code=f"X{mark}", name="Not ours", country="NL", currency="EUR")
        self.elsewhere = scopes.scope_of(entity=other.pk)
        self.at_entity = scopes.scope_of(entity=self.entity.pk)
        self.requester = self.person("Rita Requester")
        self.mark = mark

    def category(self, code: str, name: str, parent: Category | None = None) -> Category:
        made = Category.objects.create(code=code, name=name, parent=parent, path=code)
        made.path = f"{parent.path if parent else ''}{made.pk}."
        made.save()
        return made

    def person(self, name: str) -> Person:
        email = f"{name.split()[0].lower()}.{uuid.uuid4().hex}@ours.example"
        return Person.objects.create(email=email, name=name, kind=Person.INTERNAL)

    def role(self, name: str, verbs: Iterable[str] = ()) -> Group:
        return scopes.define_role(name=name, verbs=verbs, by=WORLD, at=AT, key=key())

    def appoint(self, person: Person, role: str, scope: Any = None) -> Membership:
        group = Group.objects.filter(name=role).first() or self.role(role)
        return scopes.give_role(person=person, role=group, scope=scope or self.at_site, by=WORLD, at=AT, key=key())

    def fill(self, role: str, name: str, scope: Any = None) -> Person:
        """Somebody new who fills a role."""
        person = self.person(name)
        self.appoint(person, role, scope)
        return person

    def matrix(self, *rules: dict[str, Any]) -> AuthorityMatrix:
        """A matrix with these rules, in force. Of what they leave out nothing is asked here."""
        rules = (*rules, {"document_kind": "order_change", "forbid": "Not in this company."})
        for role in {step["role"] for rule in rules for step in rule.get("steps", ())}:
            self.appoint(self.person(f"Somebody {role}"), role, self.elsewhere)
        draft = authority.draft_matrix(name="Requests", by=WORLD, at=AT, key=key())
        draft = authority.set_rules(matrix=draft, rules=list(rules), by=WORLD, at=AT, key=key())
        return authority.publish(matrix=draft, by=WORLD, at=AT, key=key())

    def requisition(self, amount: int = 900) -> Requisition:
        document = Requisition(
            number=f"REQ-{self.mark}-{next(_numbers)}",
            entity=self.entity,
            site=self.site,
            requester=self.requester,
            title="Bolts for the season",
            line_count=1,
            currency="EUR",
            amount=Decimal(amount),
            category_ids=[self.bolts.pk],
            created_at=AT,
        )
        with deciding(document, by=WORLD, key=key()) as document:
            journal.record(Told(subject=document.subject), at=AT)
        return document

    def routed(
        self, document: Requisition, categories: Iterable[Category] = (), *, at: datetime = AT
    ) -> queries.Routed:
        return queries.route_for(
            kind=KIND,
            at=at,
            entity_id=self.entity.pk,
            site_id=self.site.pk,
            category_ids=[category.pk for category in categories] or document.category_ids,
            amount=document.amount,
            contract="covered",
            urgency="normal",
        )

    def asked(
        self, amount: int = 900, categories: Iterable[Category] = (), *, at: datetime = AT
    ) -> tuple[Requisition, ApprovalRequest]:
        """A request that waits for approval, by the version in force at an instant."""
        document = self.requisition(amount)
        return document, self.ask_again(document, categories, at=at)

    def ask_again(
        self, document: Requisition, categories: Iterable[Category] = (), *, at: datetime = AT
    ) -> ApprovalRequest:
        """It is sent, for the first time or after it came back."""
        return submit(document=document, routed=self.routed(document, categories, at=at))

    def lend(self, giver: Person, taker: Person, **given: Any) -> Delegation:
        span = {"starts_at": AT - timedelta(days=1), "ends_at": AT + timedelta(days=7), "reason": "holiday"}
        return authority.delegate(giver=giver, taker=taker, by=giver.actor, at=AT, key=key(), **(span | given))


def submit(*, document: Requisition, routed: queries.Routed, by: Actor | None = None) -> ApprovalRequest:
    with deciding(document, by=by or WORLD, key=key()) as document:
        move(document.submit, at=AT)
        request = approvals.ask(
            about=document,
            kind=KIND,
            title=f"{document.number} {document.title}",
            url=f"/requests/{document.number}/",
            routed=routed,
            entity_id=document.entity_id,
            site_id=document.site_id,
            amount=document.amount,
            currency=document.currency,
            requester_id=document.requester_id,
            by=by or WORLD,
            at=AT,
        )
        journal.record(Told(subject=document.subject), at=AT)
    return request


@verb
def edit(
    *,
    document: Requisition,
    amount: int,
    supersedes: bool = True,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str,
) -> Requisition:
    """Change the content while it is being approved: what was said so far counts for nothing."""
    with deciding(document, by=by, seen=seen, key=key) as document:
        if document.status not in ("draft", "in_approval", "returned"):
            raise Refused("It is approved already.")
        document.amount = Decimal(amount)
        if supersedes:
            approvals.supersede(about=document, by=by, at=at)
        journal.record(Told(subject=document.subject), at=at)
    return document


def step(request: ApprovalRequest, role: str) -> ApprovalStep:
    return request.steps.get(role=role)


def decide(person: Person, request: ApprovalRequest, role: str, kind: str = "approve", **given: Any) -> ApprovalRequest:
    """What this person decides on the step of this role, having seen the document as it is now."""
    document = Requisition._base_manager.get(pk=request.about.split(":")[1])
    said = {"comment": "" if kind == "approve" else "too dear", "seen": document.version, "key": key(), "at": AT}
    return approvals.decide(step=step(request, role), kind=kind, by=person.actor, **(said | given))


def approve_by(
    role: str, *, at: str = "site", sequence: int = 1, mode: Any = "any", hours: int = 8, then: str = "", back: int = 0
) -> dict[str, Any]:
    """``then`` is the role at the entity that may decide when the hours are over."""
    said = {"sequence": sequence, "role": role, "at": at, "mode": mode, "sla_hours": hours}
    said |= {"escalates_to": {"role": then, "at": "entity"}} if then else {}
    return said | ({"returns_after": back} if back else {})


def names_of(subject: str) -> list[str]:
    """What happened to a document, in order, by the short names of the events."""
    rows = Entry.objects.filter(subject=subject).order_by("number").values_list("name", flat=True)
    return [name.rpartition(".")[2] for name in rows]
