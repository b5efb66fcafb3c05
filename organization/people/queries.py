"""Questions about people."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import BigIntegerField, Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, StrIndex, Substr
from django.utils.timezone import now
from django.utils.translation import gettext_lazy

from foundation.documents import rows
from foundation.scopes import verbs
from foundation.values.actor import PERSON, SUPPLIER, Actor
from organization.people import devices
from organization.people.models import OfficeSession, Person

HELD = """
select array_agg(p.codename::text) as verbs, s.entity_id as entity, s.site_id as site, s.category_id as category,
       s.supplier_id as supplier, s.cost_center_id as cost_center
from (
  select content_object_id as scope, permission_id from organization_persongrant where user_id = {person}
  union
  select r.content_object_id, r.permission_id from organization_rolegrant r
  join organization_person_groups g on g.group_id = r.group_id where g.person_id = {person}
) held
join organization_scope s on s.id = held.scope join auth_permission p on p.id = held.permission_id
where exists (select from organization_person who where who.id = {person} and who.is_active)
group by s.id"""
"""Every scope in which a person holds something, and the verbs held there: his own and his roles'.

Asked by almost every request, so it is written down and not composed anew each time.
"""
SCOPES = f"(select json_agg(h)::text from ({HELD.format(person='organization_person.id')}) h)"
UNREAD = "select count(*) from organization_notice n where n.person_id = organization_person.id and n.read_at is null"
"""Notices and grants stand above people in the house, so they are asked for by name, not through their models."""


MACHINES = {
    "system:allocator": gettext_lazy("the allocation"),
    "system:approvals": gettext_lazy("the approval rules"),
    "system:changes": gettext_lazy("the decision on a change"),
    "system:edi": gettext_lazy("the messages between systems"),
    "system:erp": gettext_lazy("the ERP"),
    "system:folder": gettext_lazy("a folder of messages"),
    "system:import": gettext_lazy("an import"),
    "system:match": gettext_lazy("invoice matching"),
    "system:review": gettext_lazy("the review of access"),
    "system:world": gettext_lazy("the demo data"),
    "system:clock": gettext_lazy("the clock"),
    "deadline:roles": gettext_lazy("the clock"),
    "deadline:reviews": gettext_lazy("the clock"),
    "deadline:cases": gettext_lazy("a deadline that passed"),
}
"""Whoever acts without being a person, as a timeline names it."""

PEOPLE = r"^(person|supplier):[0-9]+$"

NEEDS_FACTOR = """
select exists (
  select from organization_membership m
  where m.person_id = %s and m.ended_at is null and (
    exists (select from organization_stepuplimit s where s.role_id = m.role_id)
    or exists (
      select from auth_group_permissions g join auth_permission p on p.id = g.permission_id
      where g.group_id = m.role_id and p.codename = any(%s)
    )
  )
)"""


def needs_factor(person_id: int) -> bool:
    """Whether a role of the person's does what a fresh proof is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(NEEDS_FACTOR, [person_id, list(verbs.proved)])
        return bool(cursor.fetchone()[0])


def signed_in(pk: int) -> Person | None:
    """The person of a session with all that every page asks about him: what he may do where, what he has not read."""
    more = {"scopes": SCOPES, "unread_count": f"({UNREAD})"}
    person: Any = rows.first(Person, "id = %s and kind = %s", [pk, Person.INTERNAL], **more)
    if person is not None:
        person.held_scopes = json.loads(person.scopes) if person.scopes else []
    return person


@dataclass(frozen=True)
class Open:
    """A living session, as its person sees it. ``mark`` names it without opening it."""

    key: str
    mark: str
    device: str
    seen_at: datetime
    is_here: bool


def sessions_of(person_id: int, *, here: str) -> list[Open]:
    """This session first, then those used last."""
    rows = OfficeSession.objects.filter(person=person_id, expire_date__gt=now()).order_by("-seen_at")[:100]
    found = [
        Open(
            key=row.pk,
            mark=hashlib.sha256(row.pk.encode()).hexdigest()[:24],
            device=devices.words(row.device),
            seen_at=row.seen_at,
            is_here=row.pk == here,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_here)


def names_of(actors: set[str]) -> dict[str, str]:
    """Names by actor ("person:3"); machines are called by what they do, or by their own name."""
    split = {actor: actor.partition(":") for actor in actors}
    people = {
        actor: int(key) for actor, (kind, _, key) in split.items() if kind in (PERSON, SUPPLIER) and key.isdigit()
    }
    names = dict(Person.objects.filter(pk__in=people.values()).values_list("pk", "name")) if people else {}
    machines = {actor: str(MACHINES[actor]) for actor in actors if actor in MACHINES}
    return machines | {actor: names[pk] for actor, pk in people.items() if pk in names}


def granters_of(_verb: str) -> list[str]:
    """Who can help somebody who lacks a verb: the people who grant roles."""
    granting = Permission.objects.filter(codename="grant_role")
    mine, ours = Q(pk__in=granting.values("persongrant__user")), Q(groups__in=granting.values("rolegrant__group"))
    active = Person.objects.filter(mine | ours, is_active=True, kind=Person.INTERNAL)
    return list(active.distinct().order_by("name").values_list("name", flat=True)[:3])


def colleagues_holding(actor: Actor, role: str) -> list[tuple[str, str]]:
    """Name and mail address of whoever of the same supplier holds a role of the portal."""
    mine = Person.objects.filter(pk=actor.person_id, kind=Person.OF_SUPPLIER).values("party")
    rows = Person.objects.filter(party__in=mine, is_active=True, portal_roles__contains=[role]).order_by("name", "pk")
    return list(rows.values_list("name", "email"))


def name_in(column: str) -> Case:
    """The name of the person in a column of actors ("person:3"); of machines the actor itself (``MACHINES``)."""
    key = Cast(Substr(OuterRef(column), StrIndex(OuterRef(column), Value(":")) + 1), BigIntegerField())
    name = Subquery(Person.objects.filter(pk=key).values("name")[:1])
    return Case(When(**{f"{column}__regex": PEOPLE}, then=name), default=column)
