"""Requests and who approved them, as rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from foundation.values.money import Money
from governance.approvals import events as said
from governance.approvals.models import ApprovalRequest, ApprovalStep, AutoApproval, Decision, Task
from governance.authority import matrices
from governance.authority.facts import Contract, Facts, Level, Source, Urgency
from governance.authority.queries import as_kept, in_force
from governance.authority.rules import RouteStep
from organization.items.models import Category
from organization.people.models import Person
from organization.scopes.queries import living
from procurement.requisitions.events import (
    RequisitionApproved,
    RequisitionGivenBack,
    RequisitionOrdered,
    RequisitionRaised,
    RequisitionRejected,
    RequisitionReturned,
    RequisitionSubmitted,
)
from procurement.requisitions.models import Requisition, RequisitionLine
from world.bulk.books import Books, Chain, encode
from world.bulk.drawing import Need, day_of
from world.scene import Scene
from world.trade.people import PEOPLE

KINDS = [Requisition, RequisitionLine, ApprovalRequest, ApprovalStep, AutoApproval, Task, Decision]
RAISE, SUBMIT, DECIDE = "requisitions.raise_", "requisitions.submit", "approvals.decide"
STATES = {"draft": "draft", "in_approval": "in_approval", "returned": "returned", "rejected": "rejected",
          "pool": "approved", "cancelled": "approved"}  # fmt: skip
ENDS = {"rejected": ("refused", "rejected", "reject"), "returned": ("returned", "returned", "send_back")}
NO = "Not this quarter."
TITLES = ["Stock order {trade}", "Season stock {trade}", "Replenish {trade}", "{trade} for the counter"]


@dataclass
class Asked:
    """A request as far as it is told: what the order takes over from it."""

    key: int
    number: str
    chain: Chain
    columns: dict[str, Any]
    lines: list[int]
    approved_at: datetime | None = None


Staffed = tuple[RouteStep, Person, str, dict[str, list[int]]]
"""A step, who is asked, at which place, and that place by keys."""


@dataclass
class Question:
    """A request for approval while it is answered."""

    key: int
    chain: Chain
    about: dict[str, Any]
    columns: dict[str, Any]
    route: list[Staffed]
    at: datetime
    decider: Person


class Asking:
    def __init__(self, scene: Scene, books: Books) -> None:
        self.scene, self.books, self.random = scene, books, scene.random
        self.matrix = in_force(scene.until)
        assert self.matrix is not None
        self.compiled = matrices.compiled_for(self.matrix, "requisition")
        paths = Category.objects.values_list("pk", "path")
        self.above = {pk: tuple(int(part) for part in path.split(".")[:-2]) for pk, path in paths}
        self.memberships = {(m.person_id, m.role.name): m.pk for m in living().select_related("role")}
        self.managers = {
            scene.categories[code].pk: scene.people[somebody.name]
            for somebody in PEOPLE
            for code in somebody.categories
        }

    def ask(self, need: Need) -> Asked:
        """Write the request down as far as it got, all but its own row (see ``close``)."""
        books, by, when = self.books, str(need.requester.actor), need.asked_at
        number = books.number("REQ", need.entity.code, when.date())
        key = books[Requisition].last = books[Requisition].last + 1
        chain = books.chain(Requisition, key)
        asked = Asked(key, number, chain, {}, [])
        trade = self.scene.notes["trades"][self.scene.trades[need.supplier.pk]]
        amount, money = need.own_amount, {"amount": need.own_amount, "currency": need.entity.currency}
        asked.columns = {
            "id": key,
            "number": number,
            "title": self.random.choice(TITLES).format(trade=trade.lower()).capitalize(),
            "entity_id": need.entity.pk,
            "site_id": need.site.pk,
            "cost_center_id": need.center.pk,
            "requester_id": need.requester.pk,
            "need_by": need.need_by,
            "line_count": len(need.asks),
            "category_ids": need.categories,
            "supplier_ids": [need.supplier.pk],
            "created_at": when,
            "status": STATES.get(need.stage, "ordered"),
            "source": "replenishment",
            **money,
        }
        raised = RequisitionRaised(
            subject=chain.subject, number=number, lines=len(need.asks), source="replenishment", **money
        )
        books.record(chain, raised, by=by, at=when, verb=RAISE)
        self._lines(need, asked)
        if need.stage == "draft":
            return asked
        self._submit(need, asked, self._facts(need, amount), when + timedelta(minutes=20))
        return asked

    def _lines(self, need: Need, asked: Asked) -> None:
        taken = need.is_ordered and need.stage != "cancelled"
        for number, ask in enumerate(need.asks, start=1):
            key = self.books[RequisitionLine].add(
                requisition_id=asked.key,
                number=number,
                lineage=UUID(int=self.random.getrandbits(128), version=4),
                item_id=ask.item.pk,
                description=ask.item.description,
                category_id=ask.item.category_id,
                site_id=need.site.pk,
                need_by=need.need_by,
                supplier_id=need.supplier.pk,
                supplier_item_id=ask.offer.pk,
                unit_id=ask.offer.unit_id,
                numerator=ask.offer.numerator,
                quantity=ask.quantity,
                price=ask.price,
                currency=need.supplier.currency,
                price_source="list",
                rate=need.rate,
                amount=ask.own_amount,
                ordered=ask.quantity if taken else 0,
            )
            asked.lines.append(key)

    def _facts(self, need: Need, amount: Any) -> Facts:
        return Facts(
            kind="requisition",
            entity=need.entity.pk,
            site=need.site.pk,
            amount=Money(amount, need.entity.currency),
            categories=tuple((category, self.above[category]) for category in need.categories),
            cost_center=need.center.pk,
            contract=Contract.OFF,
            urgency=Urgency.NORMAL,
            source=Source.CATALOG,
        )

    def _submit(self, need: Need, asked: Asked, facts: Facts, when: datetime) -> None:
        """The matrix in force says who is asked, as it would today."""
        route, chain, by = self.compiled.decide(facts), asked.chain, str(need.requester.actor)
        steps = [] if route.auto_approved else list(route.steps)
        matrix = str(self.matrix)
        told: dict[str, Any] = {"subject": chain.subject, "number": asked.number, "amount": facts.amount.amount}
        told["currency"] = need.entity.currency
        submitted = RequisitionSubmitted(**told, steps=len(steps), matrix=matrix)
        asked.columns["submitted_at"] = when
        approved = RequisitionApproved(**told, by_policy=not steps)
        if not steps:
            if need.stage in ("in_approval", "rejected", "returned"):
                need.stage, asked.columns["status"] = "pool", "approved"
            asked.approved_at = when
            self._pass(need, asked, facts, when)
            self.books.record(chain, submitted, approved, by=by, at=when, verb=SUBMIT, changes=_to("approved"))
        else:
            self.books.record(chain, submitted, by=by, at=when, verb=SUBMIT, changes=_to("in_approval"))
            self._approve(need, asked, facts, steps, approved, when)
        if asked.approved_at:
            asked.columns["approved_at"] = asked.approved_at

    def _pass(self, need: Need, asked: Asked, facts: Facts, when: datetime) -> None:
        self.books[AutoApproval].add(
            **_about(asked),
            matrix_id=self.matrix.pk if self.matrix else None,
            facts=encode(as_kept(facts)),
            entity_id=need.entity.pk,
            amount=facts.amount.amount,
            currency=facts.amount.currency,
            asked_at=when,
        )

    def _approve(
        self, need: Need, asked: Asked, facts: Facts, route: list[RouteStep], granted: Any, when: datetime
    ) -> None:
        """Ask whoever the route names, and let them answer as far as the request got."""
        question = self._open(need, asked, facts, sorted(route, key=lambda step: step.sequence), when)
        stops = self.random.randrange(len(route)) if need.stage in ("in_approval", *ENDS) else len(route)
        for place, staffed in enumerate(question.route):
            self._step(need, asked, question, staffed, place, stops)
        status, closed_at, by = "open", None, str(question.decider.actor)
        if need.stage in ENDS:
            status, closed_at = ENDS[need.stage][0], question.at
            event: Any = RequisitionRejected if need.stage == "rejected" else RequisitionReturned
            ended = event(subject=asked.chain.subject, reason=NO)
            self.books.record(asked.chain, ended, by=by, at=question.at, verb=DECIDE, changes=_to(need.stage))
        elif need.stage != "in_approval":
            status, closed_at, asked.approved_at = "granted", question.at, question.at
            self.books.record(asked.chain, granted, by=by, at=question.at, verb=DECIDE, changes=_to("approved"))
        self.books[ApprovalRequest].add(
            **question.columns, **question.chain.columns, status=status, closed_at=closed_at
        )

    def _open(self, need: Need, asked: Asked, facts: Facts, route: list[RouteStep], when: datetime) -> Question:
        sheet, number = self.books[ApprovalRequest], self.matrix.number if self.matrix else None
        key = sheet.last = sheet.last + 1
        chain = self.books.chain(ApprovalRequest, key)
        about = _about(asked)
        staffed = [(step, *self._taker(need, step)) for step in route]
        steps = [{"role": step.role, "place": place, "rules": list(step.rules)} for step, _p, place, _w in staffed]
        whose: dict[str, Any] = {
            "about_version": asked.chain.version,
            "amount": facts.amount.amount,
            "currency": facts.amount.currency,
            "entity_id": need.entity.pk,
            "site_id": need.site.pk,
            "requester_id": need.requester.pk,
        }
        opened = said.ApprovalAsked(subject=chain.subject, **about, **whose, matrix=number, steps=steps)
        self.books.record(chain, opened, by=str(need.requester.actor), at=when, verb=SUBMIT)
        columns = {
            **about,
            **whose,
            "id": key,
            "matrix_id": self.matrix.pk if self.matrix else None,
            "facts": encode(as_kept(facts)),
            "route": encode({"steps": steps}),
            "asked_at": when,
        }
        return Question(key, chain, {"subject": chain.subject, **about}, columns, staffed, when, staffed[0][1])

    def _step(self, need: Need, asked: Asked, question: Question, staffed: Staffed, place: int, stops: int) -> None:
        """One step: decided before the place where the request stopped, waited for there, waiting after it."""
        step, person, where, ids = staffed
        state, decided, reached = "waiting" if need.stage == "in_approval" else "voided", None, place <= stops
        due = question.at + timedelta(hours=float(step.sla_hours or 8) * 3) if reached else None
        if place < stops or (place == stops and need.stage in ENDS):
            days, hour = self.random.choice([0, 0, 1, 1, 2]), self.random.uniform(10, 14.5)
            decided = day_of(question.at, days, hour, self.scene.until)
            state = "approved" if place < stops else ENDS[need.stage][1]
        elif place == stops:
            state = "active"
        row = self.books[ApprovalStep].add(
            request_id=question.key,
            status=state,
            sequence=step.sequence,
            role=step.role,
            level=str(step.at),
            place=where,
            where=encode(ids),
            mode=str(step.mode),
            rules=encode(list(step.rules)),
            sla_hours=step.sla_hours,
            activated_at=question.at if reached else None,
            due_at=due,
            decided_at=decided,
        )
        self.books[Task].add(step_id=row, person_id=person.pk, is_open=state == "active", due_at=due)
        if decided:
            kind = "approve" if place < stops else ENDS[need.stage][2]
            self._decide(question.chain, question.about, step, row, person, kind, asked.chain.version, decided)
            question.at, question.decider = decided, person

    def _decide(
        self, chain: Chain, about: Any, step: RouteStep, row: int, person: Person, kind: str, seen: int, when: datetime
    ) -> None:
        membership = self.memberships[person.pk, step.role]
        comment = "" if kind == "approve" else NO
        decision = self.books[Decision].add(
            step_id=row,
            kind=kind,
            person_id=person.pk,
            membership_id=membership,
            seen=seen,
            comment=comment,
            decided_at=when,
            effective_at=when,
        )
        decided = said.StepDecided(
            **about,
            step=row,
            role=step.role,
            decision=decision,
            decided=kind,
            person_id=person.pk,
            on_behalf_of_id=None,
            delegation_id=None,
            membership_id=membership,
            seen=seen,
            comment=comment,
            effective_at=when,
            matrix=self.matrix.number if self.matrix else None,
            rules=list(step.rules),
        )
        became = {"approve": "approved", "reject": "rejected", "send_back": "returned"}[kind]
        closed = said.StepClosed(**about, step=row, role=step.role, decision=decision, became=became)
        self.books.record(chain, decided, closed, by=str(person.actor), at=when, verb=DECIDE)

    def _taker(self, need: Need, step: RouteStep) -> tuple[Person, str, dict[str, list[int]]]:
        """Who is asked, at which place, and the place by keys."""
        if step.at == Level.CATEGORY:
            top = self.above[need.categories[0]] or (need.categories[0],)
            name = self.scene.notes["trades"][self.scene.trades[need.supplier.pk]]
            return self.managers[top[0]], name, {"category": need.categories, "entity": [need.entity.pk]}
        person = self.scene.who(step.role, need.site)
        if step.at == Level.SITE:
            return person, need.site.code, {"site": [need.site.pk], "entity": [need.entity.pk]}
        return person, need.entity.code if step.at == Level.ENTITY else "", {"entity": [need.entity.pk]}

    def order(self, need: Need, asked: Asked, number: str, when: datetime) -> None:
        """An order took the lines, and gave them back when it was cancelled."""
        by, chain = str(need.buyer.actor), asked.chain
        lines = [[n, ask.quantity, number] for n, ask in enumerate(need.asks, start=1)]
        told = RequisitionOrdered(subject=chain.subject, lines=lines, complete=True)
        self.books.record(chain, told, by=by, at=when, verb="orders.draft", changes=_to("ordered"))
        asked.columns["ordered_at"] = when
        if need.stage == "cancelled":
            back = RequisitionGivenBack(subject=chain.subject, lines=[[n, quantity] for n, quantity, _ in lines])
            self.books.record(chain, back, by=by, at=when, verb="orders.cancel", changes=_to("approved"))

    def close(self, asked: Asked) -> None:
        """The request's row, with the head of its chain."""
        self.books[Requisition].add(**asked.columns, **asked.chain.columns)


def _to(status: str) -> dict[str, Any]:
    return {"status": [None, status]}


def _about(asked: Asked) -> dict[str, Any]:
    """The request as approvals name it."""
    return {
        "about": asked.chain.subject,
        "kind": "requisition",
        "title": f"{asked.number} {asked.columns['title']}",
        "url": f"/requests/{asked.number}/",
    }
