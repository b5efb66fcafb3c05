"""A matrix held against the house as it is: the pure checks, and the people who fill its roles."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from governance.authority import checks, matrices
from governance.authority.kinds import KINDS
from governance.authority.models import MatrixRule
from governance.authority.pairs import World
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


def look(rows: Iterable[MatrixRule], world: World) -> Looked:
    """One query, whatever the number of rules. Rules that are switched off do not count."""
    rows = [row for row in rows if row.is_on]
    rules = [matrices.rule_of(row, kind) for row in rows for kind in _kinds(row)]
    roles = {step["role"] for row in rows for step in row.steps}
    people: dict[str, dict[int, str]] = defaultdict(dict)
    for membership in scopes.holders(roles):
        people[membership.role.name][membership.person_id] = membership.person.name
    return Looked(
        found=checks.check(rules, world),
        empty_roles=sorted(roles - people.keys()),
        too_few=[few for row in rows if (few := _too_few(row, people))],
        sole={role: next(iter(held.values())) for role, held in sorted(people.items()) if len(held) == 1},
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
