"""Reach from grants: the rows of guardian's tables, in one query."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from foundation.scopes import verbs
from foundation.scopes.reach import DIMENSIONS, Reach
from foundation.values.actor import PERSON, SUPPLIER, Actor
from organization.items.queries import subtrees
from organization.people.models import Person
from organization.scopes.models import PersonGrant, RoleGrant, Scope


def reach_of(actor: Actor, verb: str) -> Reach:
    """Where the actor holds ``verb``. A supplier's person reaches the supplier's own rows, whatever the verb."""
    if actor.kind == SUPPLIER:
        party = Person.objects.filter(pk=actor.person_id, is_active=True).values_list("party_id", flat=True).first()
        return Reach([{"supplier": party}] if party else [])
    if actor.kind != PERSON:
        return Reach([])
    living = {"is_active": True, "pk": actor.person_id}
    mine = PersonGrant.objects.filter(permission__codename=verb, **{f"user__{k}": v for k, v in living.items()})
    ours = RoleGrant.objects.filter(permission__codename=verb, **{f"group__user__{k}": v for k, v in living.items()})
    held = Q(pk__in=mine.values("content_object")) | Q(pk__in=ours.values("content_object"))
    return Reach(Scope.objects.filter(held).values(*DIMENSIONS), below=subtrees)


def make_permissions(**_signal: Any) -> None:
    """post_migrate: every registered verb is a permission of Scope's own content type, as guardian wants it."""
    kind = ContentType.objects.get_for_model(Scope)
    known = set(Permission.objects.filter(content_type=kind).values_list("codename", flat=True))
    Permission.objects.bulk_create(
        Permission(content_type=kind, codename=verb.name, name=verb.label[:255])
        for verb in verbs.registry.values()
        if verb.name not in known
    )


def permission(verb: str) -> Permission:
    return Permission.objects.get(content_type=ContentType.objects.get_for_model(Scope), codename=verb)
