"""Who can do what where, today or at an instant of the past, as rows: one statement that is read like a table.

Today's rows come from the memberships that have not ended. Those of the past come from the same memberships and from
the journal: what a role meant then stands in the last entry before that instant about the membership, and whether the
person could come in stands in the entries about the person.
"""

from datetime import datetime
from functools import partial
from typing import Any, Self

from django.db.models import QuerySet
from django.db.models.sql import Query
from django.db.models.sql.datastructures import BaseTable

from foundation.scopes.reach import DIMENSIONS
from foundation.scopes.verbs import of_the_house
from governance.access.models import Right
from organization.scopes.events import PersonLetIn, PersonShutOut, RoleGiven, RoleRedefined

COUNTS = f"""(not p.codename = any(%(house)s) or ({" and ".join(f"s.{name}_id is null" for name in DIMENSIONS)}))"""
"""A verb about what has no place counts only for who holds it everywhere."""
TODAY = f"""
select m.id * 100000 + p.id as id, m.id as membership_id, p.codename as verb
from organization_membership m
join organization_person w on w.id = m.person_id and w.is_active and w.kind = 'internal'
join organization_scope s on s.id = m.scope_id
join auth_group_permissions g on g.group_id = m.role_id
join auth_permission p on p.id = g.permission_id
where m.ended_at is null and {COUNTS}"""
THEN = f"""
select m.id * 100000 + p.id as id, m.id as membership_id, p.codename as verb
from organization_membership m
join organization_person w on w.id = m.person_id and w.kind = 'internal'
join organization_scope s on s.id = m.scope_id
cross join lateral (
  select e.facts -> 'verbs' as verbs from foundation_entry e
  where e.subject = 'organization.membership:' || m.id and e.name = any(%(defining)s) and e.at <= %(at)s
  order by e.number desc limit 1
) said
join auth_permission p on said.verbs ? p.codename
  and p.content_type_id = (
    select id from django_content_type where app_label = 'organization' and model = 'scope'
  )
where m.granted_at <= %(at)s and (m.ended_at is null or m.ended_at > %(at)s) and {COUNTS}
  and coalesce(
    (select e.name = %(let_in)s from foundation_entry e
     where e.subject = 'organization.person:' || w.id and e.name in (%(let_in)s, %(shut_out)s) and e.at <= %(at)s
     order by e.number desc limit 1),
    (select e.name = %(shut_out)s from foundation_entry e
     where e.subject = 'organization.person:' || w.id and e.name in (%(let_in)s, %(shut_out)s) and e.at > %(at)s
     order by e.number limit 1),
    w.is_active)"""


def rights(at: datetime | None = None) -> "QuerySet[Right]":
    """Every verb of every membership that counts now, or that counted at ``at``."""
    return QuerySet(Right, query=RightsQuery(Right, at))


class Rights(BaseTable):
    """The statement in the place of a table."""

    def __init__(self, table_name: str, alias: str | None, at: datetime | None) -> None:
        super().__init__(table_name, alias)
        self.at = at

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        given = {
            "house": sorted(of_the_house),
            "at": self.at,
            "defining": [RoleGiven.name, RoleRedefined.name],
            "let_in": PersonLetIn.name,
            "shut_out": PersonShutOut.name,
        }
        return _in_order(TODAY if self.at is None else THEN, given, compiler.quote_name_unless_alias(self.table_alias))

    def relabeled_clone(self, change_map: dict[str | None, str]) -> Self:
        return self.__class__(self.table_name, change_map.get(self.table_alias, self.table_alias), self.at)


class RightsQuery(Query):
    """Begins with the rights of one instant."""

    def __init__(self, model: type[Right], at: datetime | None = None) -> None:
        super().__init__(model)
        self.at = at

    @property
    def base_table_class(self) -> Any:  # type: ignore[override]
        return partial(Rights, at=self.at)


def _in_order(statement: str, given: dict[str, Any], alias: str) -> tuple[str, list[Any]]:
    """The named values of a statement as the list that the ORM passes along with its own."""
    asked: list[Any] = []

    class Noting(dict[str, Any]):
        def __getitem__(self, name: str) -> str:
            asked.append(given[name])
            return "%s"

    return f"({statement % Noting()}) {alias}", asked
