"""Who is asked: people for the steps of a route, looked up in memberships and delegations.

A step belongs to the people who fill its role in a scope that covers its place, minus those whom segregation of
duties bars, plus whom they lent their authority to.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from foundation.scopes.permissions import NotYours
from governance.approvals import rules
from governance.approvals.models import ApprovalStep, Task
from governance.authority import queries as authority
from governance.authority.facts import Level
from governance.authority.models import Delegation
from governance.authority.queries import Routed
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category
from organization.scopes import queries as scopes
from organization.scopes.models import Membership
from organization.sites.models import Site

Where = dict[str, Any]
"""A place by keys: {"entity": [1], "site": [4]}.

Beside the dimensions of scopes, ``own`` are the document's categories without those above; ``each`` are the places
that must all be covered, where the step is about the ``lines`` at them.
"""
Seats = list[tuple[str, Where]]
SPOKEN = 12
"""Line numbers that a place names."""
WORDS: dict[str, tuple[type[Model], str]] = {
    "entity": (LegalEntity, "code"),
    "site": (Site, "code"),
    "cost_center": (CostCenter, "code"),
    "own": (Category, "name"),
}


@dataclass(frozen=True)
class Opening:
    """A step of the route before it is a row: one role at one place."""

    number: int
    sequence: int
    role: str
    level: str
    where: Where
    mode: str
    sla_hours: Decimal
    rules: list[int]
    place: str = ""
    escalates_to: str = ""
    escalation_where: Where = field(default_factory=dict)
    returns_after: int | None = None

    @property
    def seats(self) -> list[tuple[str, Where]]:
        return [(self.role, self.where)]


@dataclass(frozen=True)
class Taker:
    """Somebody who may take a step, himself or for another."""

    person_id: int
    name: str
    membership: Membership
    loan: Delegation | None = None
    others: tuple[Membership, ...] = ()
    """Further memberships that are needed beside the first: the owner of lines at several places may hold several."""

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """Everything that his authority rests on, but for a loan."""
        return (self.membership, *self.others)

    @property
    def on_behalf_of_id(self) -> int | None:
        return self.loan.giver_id if self.loan else None

    @property
    def people(self) -> list[int]:
        """Who speaks when he does: himself, and whom he stands in for."""
        return [self.person_id, *([self.loan.giver_id] if self.loan else [])]

    @property
    def rests_on(self) -> list[Membership | Delegation]:
        """The rows that must stand still while he decides."""
        return [*self.memberships, *([self.loan] if self.loan else [])]


@dataclass
class Staffing:
    """Takers by step, and the steps that cannot be filled."""

    takers: dict[int, list[Taker]] = field(default_factory=dict)
    stranded: set[int] = field(default_factory=set)


def openings(routed: Routed, memberships: list[Membership] | None = None) -> list[Opening]:
    """The steps of a route at their places; a step by category is asked category by category where owners differ.

    ``memberships`` are those of the route's roles, where the caller has them in hand.
    """
    steps = routed.route.steps
    memberships = roles_filled(steps) if memberships is None else memberships
    found: list[Opening] = []
    for step in steps:
        for where in _places(step.at, step.role, routed.facts, memberships):
            found.append(
                Opening(
                    number=len(found),
                    sequence=step.sequence,
                    role=step.role,
                    level=str(step.at),
                    where=where,
                    mode=str(step.mode),
                    sla_hours=Decimal(step.sla_hours or 8),
                    rules=list(step.rules),
                    escalates_to=step.escalates_to.role if step.escalates_to else "",
                    escalation_where=_above(step.escalates_to.at, where, routed.facts) if step.escalates_to else {},
                    returns_after=step.returns_after,
                )
            )
    return _named(found)


def roles_filled(steps: Iterable[Any]) -> list[Membership]:
    """Who fills the roles of these steps of a route anywhere."""
    return scopes.holders({step.role for step in steps})


def _above(level: Level, where: Where, facts: Mapping[str, Any]) -> Where:
    """The place at which a step's escalation is looked up."""
    if level == Level.CATEGORY and "category" in where:
        return where
    every = {int(own): above for own, above in facts["categories"].items()}
    whole = {
        "entity": [facts["entity"]],
        "site": [facts["site"]] if facts["site"] else [],
        "category": sorted({key for own, above in every.items() for key in (own, *above)}),
        "cost_center": [facts["cost_center"]] if facts["cost_center"] else [],
    }
    named = {
        Level.GLOBAL: (),
        Level.ENTITY: ("entity",),
        Level.SITE: ("entity", "site"),
        Level.CATEGORY: ("entity", "site", "category"),
        Level.COST_CENTER: ("entity", "site", "cost_center"),
    }
    return {name: whole[name] for name in named[level] if whole[name]}


def _places(level: Level, role: str, facts: Mapping[str, Any], memberships: list[Membership]) -> list[Where]:
    here = {"entity": [facts["entity"]]}
    if facts["site"] and level != Level.ENTITY:
        here["site"] = [facts["site"]]
    if level == Level.GLOBAL:
        return [{}]
    if level == Level.COST_CENTER and facts["cost_center"]:
        return [here | {"cost_center": [facts["cost_center"]]}]
    if level == Level.LINES and facts.get("lines"):
        return _by_line(role, here, facts, memberships)
    if level != Level.CATEGORY or not facts["categories"]:
        return [here]
    mine = [membership for membership in memberships if membership.role.name == role]
    return _by_owner(mine, here, {int(own): [int(own), *above] for own, above in facts["categories"].items()})


def _by_owner(memberships: list[Membership], here: Where, trees: dict[int, list[int]]) -> list[Where]:
    """One place if somebody owns every category of the document, else one for each group with the same owners."""
    owners = {
        own: frozenset(m.person_id for m in memberships if scopes.covers(m.scope, here | {"category": tree}))
        for own, tree in trees.items()
    }
    if frozenset.intersection(*owners.values()):
        return [here | {"category": sorted({above for tree in trees.values() for above in tree}), "own": sorted(trees)}]
    groups: dict[frozenset[int], list[int]] = {}
    for own, people in owners.items():
        groups.setdefault(people, []).append(own)
    return [
        here | {"category": sorted({above for own in group for above in trees[own]}), "own": sorted(group)}
        for group in groups.values()
    ]


def _by_line(role: str, here: Where, facts: Mapping[str, Any], memberships: list[Membership]) -> list[Where]:
    """One place for all lines with the same owners: those of the role whose scope covers the line's own place."""
    trees = {int(own): [int(own), *above] for own, above in facts["categories"].items()}
    center = {"cost_center": [facts["cost_center"]]} if facts["cost_center"] else {}
    mine = [membership for membership in memberships if membership.role.name == role]
    groups: dict[frozenset[int], dict[tuple[int, int], list[int]]] = {}
    known: dict[tuple[int, int], frozenset[int]] = {}
    for number, site, category in facts["lines"]:
        if (site, category) not in known:
            place = here | center | {"site": [site], "category": trees[category]}
            known[site, category] = frozenset(m.person_id for m in mine if scopes.covers(m.scope, place))
        groups.setdefault(known[site, category], {}).setdefault((site, category), []).append(number)
    return [
        here
        | {
            "own": sorted({category for _site, category in group}),
            "lines": sorted(number for numbers in group.values() for number in numbers),
            "each": [here | center | {"site": [site], "category": trees[category]} for site, category in group],
        }
        for group in groups.values()
    ]


def _named(found: list[Opening]) -> list[Opening]:
    """The same with places as people say them: "NL01 · Fasteners"."""
    wanted: dict[str, set[int]] = {}
    for opening in found:
        for name in WORDS.keys() & opening.where.keys():
            wanted.setdefault(name, set()).update(opening.where[name])
    words = {
        name: dict(model._default_manager.filter(pk__in=wanted.get(name, ())).values_list("pk", column))
        for name, (model, column) in WORDS.items()
    }

    def place(where: Where) -> str:
        said = ["site" if "site" in where else "entity", "cost_center", "own"]
        return " · ".join(", ".join(words[name][key] for key in where[name]) for name in said if name in where)

    def named(opening: Opening) -> str:
        lines = opening.where.get("lines", [])
        numbers = ", ".join(map(str, lines[:SPOKEN])) + (" …" if len(lines) > SPOKEN else "")
        said = [place(opening.where), *([_("lines %(numbers)s") % {"numbers": numbers}] if lines else [])]
        return " · ".join(said)[:200]

    return [replace(opening, place=named(opening)) for opening in found]


def staff(
    steps: Iterable[Any],
    *,
    kind: str,
    amount: Decimal,
    requester_id: int | None,
    barred: Collection[int],
    spoke: Collection[int],
    at: datetime,
    memberships: list[Membership] | None = None,
) -> Staffing:
    """Find takers for steps (``Opening`` or ``ApprovalStep``); ``spoke`` are those who decided something here already.

    Two queries, whatever the number of steps; one where the caller has the ``memberships`` of their roles in hand.
    """
    steps = list(steps)
    if memberships is None:
        memberships = scopes.holders({role for step in steps for role, _where in step.seats})
    loans = list(authority.loans(at=at, givers={m.person_id for m in memberships}))
    able = {
        _key(step): [
            taker
            for taker in _able(step, memberships, loans, kind=kind, amount=amount, at=at)
            if not rules.objection(
                decider=taker.person_id,
                stands_in_for=taker.on_behalf_of_id,
                requester=requester_id,
                barred=barred,
                spoke=spoke,
            )
        ]
        for step in steps
    }
    seats = [
        rules.Seat(_key(step), needed(step, able[_key(step)]), frozenset(t.person_id for t in able[_key(step)]))
        for step in steps
    ]
    offered = rules.offers(seats)
    return Staffing(
        {key: [taker for taker in takers if taker.person_id in offered[key]] for key, takers in able.items()},
        {int(str(key)) for key in rules.stranded(seats)},
    )


def _able(
    step: Any, memberships: list[Membership], loans: list[Delegation], *, kind: str, amount: Decimal, at: datetime
) -> list[Taker]:
    """Holders of the role at the place and those they lent it to; a loan that begins later counts, for it will."""
    found: dict[tuple[int, int | None], Taker] = {}
    for person_id, (first, *others) in _holders(memberships, step.seats).items():
        name, more = first.person.name, tuple(others)
        found.setdefault((person_id, None), Taker(person_id, name, first, others=more))
        for loan in loans:
            lent = loan.giver_id == person_id and loan.lends(kind=kind, amount=amount, at=max(at, loan.starts_at))
            if lent:
                taker = Taker(loan.taker_id, loan.taker.name, first, loan, more)
                found.setdefault((loan.taker_id, person_id), taker)
    return list(found.values())


def _holders(memberships: Iterable[Membership], seats: Seats) -> dict[int, tuple[Membership, ...]]:
    """Who holds one of the roles at its place, and the memberships by which he does."""
    mine: dict[int, list[Membership]] = {}
    for membership in memberships:
        mine.setdefault(membership.person_id, []).append(membership)
    found = {person: _covering(held, seats) for person, held in mine.items()}
    return {person: held for person, held in found.items() if held}


def _covering(held: list[Membership], seats: Seats) -> tuple[Membership, ...]:
    """Memberships of one person that together cover every place of a seat; none if they do not."""
    for role, where in seats:
        fitting = [one for one in held if one.role.name == role]
        found = [
            next((one for one in fitting if scopes.covers(one.scope, place)), None)
            for place in where.get("each", [where])
        ]
        if all(found):
            return tuple(dict.fromkeys(one for one in found if one))
    return ()


def _key(step: Any) -> int:
    return step.pk if isinstance(step, ApprovalStep) else step.number


def needed(step: Any, takers: list[Taker]) -> int:
    """How many must say yes: one, a number, or everybody who holds the role there and may speak."""
    if isinstance(step, ApprovalStep):
        return step.needs
    holders = sum(taker.loan is None for taker in takers)
    return max(holders, 1) if step.mode == "all" else 1 if step.mode == "any" else int(step.mode)


def standing(person_id: int, step: ApprovalStep, *, kind: str, amount: Decimal, at: datetime) -> Taker:
    """By what right this person may take the step now: his own role, or somebody's who lent it. Else NotYours.

    Read without locks: the door holds what is found here still and asks again.
    """
    return Rights(person_id, [step], at=at).to(step, kind=kind, amount=amount)


class Rights:
    """What one person may take of some steps now; two queries for all of them."""

    def __init__(self, person_id: int, steps: Iterable[ApprovalStep], *, at: datetime) -> None:
        self.person_id, self.at = person_id, at
        self.loans = [loan for loan in authority.loans(at=at, takers=[person_id]) if loan.starts_at <= at]
        roles = {role for step in steps for role, _where in step.seats}
        self.memberships = scopes.holders(roles, people={person_id, *(loan.giver_id for loan in self.loans)})

    def to(self, step: ApprovalStep, *, kind: str, amount: Decimal) -> Taker:
        """Raises NotYours."""
        able = _able(step, self.memberships, self.loans, kind=kind, amount=amount, at=self.at)
        mine = [taker for taker in able if taker.person_id == self.person_id]
        if not mine:
            raise NotYours("decide", str(step))
        return min(mine, key=lambda taker: taker.loan is not None)


def holder(person_id: int, step: ApprovalStep) -> Taker | None:
    """This person as one who fills the step's role at its place himself, whatever others lent him."""
    return next(iter(_fillers(step, people=[person_id])), None)


def colleagues(step: ApprovalStep, *, but: int) -> list[Taker]:
    """Everybody else who fills the role at the place himself, by name: whom a task can be passed to."""
    return list({one.person_id: one for one in _fillers(step) if one.person_id != but}.values())


def _fillers(step: ApprovalStep, *, people: Iterable[int] | None = None) -> list[Taker]:
    """By membership: those who fill the step's role at its place themselves."""
    rows = scopes.holders([role for role, _where in step.seats], people=people)
    found = _holders(rows, step.seats).items()
    return [Taker(person, first.person.name, first, others=tuple(others)) for person, (first, *others) in found]


def holders_above(step: ApprovalStep) -> set[int]:
    """Those who fill the role that the step escalates to, where it is looked up."""
    above = [(step.escalates_to, step.escalation_where)]
    return set(_holders(scopes.holders([step.escalates_to]), above))


def write_tasks(step: ApprovalStep, takers: Iterable[Taker], *, is_open: bool) -> None:
    """One row in each taker's inbox; a person already asked keeps his."""
    Task.objects.bulk_create(
        [
            Task(
                step=step,
                person_id=taker.person_id,
                on_behalf_of_id=taker.on_behalf_of_id,
                delegation=taker.loan,
                is_open=is_open,
                due_at=step.due_at,
            )
            for taker in takers
        ],
        ignore_conflicts=True,
    )
