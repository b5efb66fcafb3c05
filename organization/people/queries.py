"""Questions about people."""

from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import ArrayField
from django.db.models import IntegerField, Q, TextField
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy

from foundation.values.actor import PERSON, SUPPLIER
from organization.people.models import Person

VERBS = """
array(select p.codename::text from auth_permission p where p.id in (
  select permission_id from organization_persongrant where user_id = organization_person.id
  union select r.permission_id from organization_rolegrant r
  join organization_person_groups g on g.group_id = r.group_id where g.person_id = organization_person.id))"""
UNREAD = "select count(*) from organization_notice n where n.person_id = organization_person.id and n.read_at is null"
"""Notices and grants stand above people in the house, so they are asked for by name, not through their models."""


MACHINES = {
    "system:allocator": gettext_lazy("the allocation"),
    "system:approvals": gettext_lazy("the approval rules"),
    "system:changes": gettext_lazy("the decision on a change"),
    "system:erp": gettext_lazy("the ERP"),
    "system:import": gettext_lazy("an import"),
    "system:match": gettext_lazy("invoice matching"),
    "system:world": gettext_lazy("the demo data"),
    "system:clock": gettext_lazy("the clock"),
    "deadline:cases": gettext_lazy("a deadline that passed"),
}
"""Whoever acts without being a person, as a timeline names it."""


def signed_in(pk: int) -> Person | None:
    """The person of a session with all that every page asks about him: the verbs he holds, what he has not read."""
    verbs = RawSQL(VERBS, [], output_field=ArrayField(TextField()))
    unread = RawSQL(UNREAD, [], output_field=IntegerField())
    internal = Person.objects.filter(pk=pk, kind=Person.INTERNAL)
    return internal.annotate(held_verbs=verbs, unread_count=unread).first()


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
