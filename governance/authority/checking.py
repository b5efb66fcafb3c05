"""A matrix held against the house as it is: the pure checks, and the people who fill its roles."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from governance.authority import checks, matrices
from governance.authority.kinds import KINDS
from governance.authority.models import MatrixRule
from governance.authority.pairs import World
from organization.people.models import Person
from organization.scopes import queries as scopes


@dataclass(frozen=True)
class TooFew:
    """Steps of one rule that cannot all be answered, because nobody decides twice about one document."""

    rule: int
    roles: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    found: checks.Found
    empty_roles: list[str]
    too_few: list[TooFew]
    sole: dict[str, str]
    """Role -> the only person who fills it."""
    ending: list[tuple[int, date]]
    """Rules that end soon, with their last day."""
    left: list[tuple[int, str]]
    """Rules whose owner is neither a role that somebody fills nor somebody who works here."""


def look(rows: Iterable[MatrixRule], world: World, *, on: date, soon: int) -> Looked:
    """As of a day; ``soon`` in days. Two queries, whatever the number of rules. Rules switched off do not count."""
    rows = [row for row in rows if row.takes_part(on)]
    owners = {row.owner for row in rows if row.owner}
    rules = [matrices.rule_of(row, kind) for row in rows for kind in _kinds(row)]
    roles = {step["role"] for row in rows for step in row.steps}
    people: dict[str, dict[int, str]] = defaultdict(dict)
    for membership in scopes.holders(roles | owners):
        people[membership.role.name][membership.person_id] = membership.person.name
    here = set(Person.objects.filter(name__in=owners, is_active=True).values_list("name", flat=True))
    return Looked(
        found=checks.check(rules, world),
        empty_roles=sorted(roles - people.keys()),
        too_few=[few for row in rows if (few := _too_few(row, people))],
        sole={role: next(iter(people[role].values())) for role in sorted(roles) if len(people.get(role, ())) == 1},
        ending=[(row.number, row.ends_on) for row in rows if row.ends_on and (row.ends_on - on).days <= soon],
        left=[(row.number, row.owner) for row in rows if row.owner and row.owner not in people.keys() | here],
    )


def _kinds(row: MatrixRule) -> list[str]:
    """A rule for any document is read once for each kind, as it will be when documents come."""
    return [row.document_kind] if row.document_kind else list(KINDS)


def _too_few(row: MatrixRule, people: dict[str, dict[int, str]]) -> TooFew | None:
    """The fewest of its steps that have fewer people together than there are steps (Hall's condition)."""
    roles = sorted({step["role"] for step in row.steps})
    for count in range(2, len(roles) + 1):
        for some in combinations(roles, count):
            held = {person: name for role in some for person, name in people.get(role, {}).items()}
            if all(people.get(role) for role in some) and len(held) < count:
                return TooFew(row.number, some, tuple(sorted(held.values())))
    return None
