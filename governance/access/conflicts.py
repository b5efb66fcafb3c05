"""Which people hold conflicting duties where they meet, by their own roles or by what was lent to them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from django.contrib.auth.models import Group

from foundation.scopes.reach import DIMENSIONS
from governance.access.duties import CONFLICTS, VERBS, Conflict
from governance.access.lifecycle import AcceptanceState
from governance.access.models import ConflictAcceptance, Right
from governance.access.rights import rights
from governance.access.rules import Ground, meet
from governance.authority import queries as authority
from organization.items.queries import ancestors
from organization.people.models import Person
from organization.scopes.models import Scope

SCOPES = [f"membership__scope__{name}" for name in DIMENSIONS]


@dataclass(frozen=True, eq=False)
class Holding:
    """A verb that a person holds in a scope: what by, since when. ``source`` names the membership or the loan."""

    person: Person
    verb: str
    scope: Scope
    ground: Ground
    role: str
    since: datetime
    source: str
    lent_by: str = ""

    @property
    def place(self) -> str:
        return str(self.scope)


@dataclass(frozen=True)
class Found:
    """Two duties in one hand: what each side comes of, since when both are held, and whether that is accepted."""

    person: Person
    conflict: Conflict
    first: tuple[Holding, ...]
    second: tuple[Holding, ...]
    acceptance: ConflictAcceptance | None = None

    @property
    def since(self) -> datetime:
        return max(min(one.since for one in side) for side in (self.first, self.second))

    @property
    def held(self) -> list[tuple[str, str, str]]:
        """Role, place and by whom it was lent, each once: one role may hold both duties."""
        return list(dict.fromkeys((one.role, one.place, one.lent_by) for one in (*self.first, *self.second)))

    @property
    def grounds(self) -> list[str]:
        return sorted({one.source for one in (*self.first, *self.second)})

    @property
    def is_accepted(self) -> bool:
        """Accepted by two, for all that it now comes of."""
        said = self.acceptance
        return said is not None and said.status == AcceptanceState.ACCEPTED and set(self.grounds) <= set(said.grounds)


def found(at: datetime, *, person: Person | None = None) -> list[Found]:
    """Every conflict of everybody, or of one person, by name. Four queries, whatever the number of people."""
    held = holdings(at, person=person)
    said = ConflictAcceptance.objects.filter(status__in=[AcceptanceState.ASKED, AcceptanceState.ACCEPTED])
    if person is not None:
        said = said.filter(person=person)
    accepted = {(one.person_id, one.conflict): one for one in said.select_related("asked_by", "answered_by")}
    return among(held, accepted)


def made_by(role: Group, scope: Scope, person: Person, *, at: datetime) -> list[Found]:
    """The conflicts that giving this role there would make, or widen: shown before it is given."""
    codes = role.permissions.filter(codename__in=VERBS).values_list("codename", flat=True)
    ground = grounds([scope])[scope.pk]
    new = [Holding(person, code, scope, ground, role.name, at, source=f"role:{role.pk}:{scope.pk}") for code in codes]
    before = {(one.conflict.key, *one.grounds) for one in found(at, person=person)}
    after = among([*holdings(at, person=person), *new], {})
    return [one for one in after if (one.conflict.key, *one.grounds) not in before]


def among(held: Iterable[Holding], accepted: Mapping[tuple[int, str], ConflictAcceptance]) -> list[Found]:
    by_person: dict[int, dict[str, list[Holding]]] = defaultdict(lambda: defaultdict(list))
    people = {}
    for one in held:
        people[one.person.pk] = one.person
        by_person[one.person.pk][one.verb].append(one)
    return [
        Found(people[pk], conflict, *sides, accepted.get((pk, conflict.key)))
        for pk in sorted(people, key=lambda pk: (people[pk].name, pk))
        for conflict in CONFLICTS
        if (sides := _sides(by_person[pk], conflict))
    ]


def _sides(
    held: Mapping[str, list[Holding]], conflict: Conflict
) -> tuple[tuple[Holding, ...], tuple[Holding, ...]] | None:
    """What meets on either side; None where nothing does."""
    pairs = [
        (one, other)
        for one, other in product(held.get(conflict.first, ()), held.get(conflict.second, ()))
        if meet(one.ground, other.ground, several=conflict.several)
    ]
    if not pairs:
        return None
    return tuple(dict.fromkeys(one for one, _ in pairs)), tuple(dict.fromkeys(other for _, other in pairs))


def holdings(at: datetime, *, person: Person | None = None) -> list[Holding]:
    """Who holds the verbs of the table now: by memberships, and approving also by what was lent."""
    loans = list(authority.loans(at=at, takers=None if person is None else [person.pk]).filter(starts_at__lte=at))
    rows = rights().filter(verb__in=VERBS).select_related("membership__person", "membership__role", *SCOPES)
    if person is not None:
        rows = rows.filter(membership__person__in=[person.pk, *(loan.giver_id for loan in loans)])
    every = list(rows.order_by("id"))
    ground = grounds(right.membership.scope for right in every)
    own = [_own(right, ground) for right in every]
    lent = [
        Holding(
            person=loan.taker,
            verb=one.verb,
            scope=one.scope,
            ground=one.ground,
            role=one.role,
            since=loan.starts_at,
            source=f"delegation:{loan.pk}",
            lent_by=loan.giver.name,
        )
        for loan in loans
        for one in own
        if one.person.pk == loan.giver_id and one.verb == "decide"
    ]
    return [one for one in [*own, *lent] if person is None or one.person.pk == person.pk]


def _own(right: Right, ground: Mapping[int, Ground]) -> Holding:
    member = right.membership
    return Holding(
        person=member.person,
        verb=right.verb,
        scope=member.scope,
        ground=ground[member.scope_id],
        role=member.role.name,
        since=member.granted_at,
        source=f"membership:{member.pk}",
    )


def grounds(scopes: Iterable[Scope]) -> dict[int, Ground]:
    """Scopes as keys; the categories above theirs in one query."""
    rows = {scope.pk: scope for scope in scopes}
    above = ancestors({scope.category_id for scope in rows.values() if scope.category_id})
    return {pk: _ground(scope, above) for pk, scope in rows.items()}


def _ground(scope: Scope, above: Mapping[int, tuple[int, ...]]) -> Ground:
    entities = {
        scope.entity_id,
        scope.site.entity_id if scope.site else None,
        scope.cost_center.entity_id if scope.cost_center else None,
    }
    return Ground(
        named={name: getattr(scope, f"{name}_id") for name in DIMENSIONS},
        above=frozenset(above.get(scope.category_id or 0, ())),
        entities=frozenset(one for one in entities if one is not None),
    )
