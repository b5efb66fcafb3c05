"""Reach from grants: the rows of guardian's tables, all verbs of a person in one query."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from foundation.scopes import verbs
from foundation.scopes.reach import DIMENSIONS, Reach
from foundation.values.actor import PERSON, SUPPLIER, Actor
from organization.items.queries import subtrees
from organization.people.models import Person
from organization.scopes.models import PersonGrant, RoleGrant, Scope


def reach_of(actor: Actor) -> Callable[[str], Reach]:
    """Where the actor holds which verb. A supplier's person reaches the supplier's own rows, whatever the verb."""
    if actor.kind == SUPPLIER:
        party = Person.objects.filter(pk=actor.person_id, is_active=True).values_list("party_id", flat=True).first()
        own = Reach([{"supplier": party}] if party else [])
        return lambda _verb: own
    held = _scopes_of(actor.person_id) if actor.kind == PERSON else []
    below = _below({scope["category"] for scope in held if scope["category"]})

    @cache
    def reach(verb: str) -> Reach:
        return Reach([scope for scope in held if verb in scope["verbs"]], below=below)

    return reach


def _scopes_of(person_id: int | None) -> list[dict[str, Any]]:
    """Every scope in which a person holds something, and the verbs he holds there: his own and his roles'."""
    living = {"is_active": True, "pk": person_id}
    mine = PersonGrant.objects.filter(**{f"user__{k}": v for k, v in living.items()})
    ours = RoleGrant.objects.filter(**{f"group__user__{k}": v for k, v in living.items()})
    here = {"content_object": OuterRef("pk")}
    verbs = mine.filter(**here).values("permission__codename").union(ours.filter(**here).values("permission__codename"))
    held = Q(pk__in=mine.values("content_object")) | Q(pk__in=ours.values("content_object"))
    return list(Scope.objects.filter(held).annotate(verbs=ArraySubquery(verbs)).values("verbs", *DIMENSIONS))


def _below(roots: set[int]) -> Callable[[set[int]], dict[int, set[int]]]:
    """The trees below all categories of a person's scopes, walked when a verb first needs one of them."""
    trees: dict[int, set[int]] = {}

    def below(wanted: set[int]) -> dict[int, set[int]]:
        if not trees:
            trees.update(subtrees(roots))
        return {root: trees[root] for root in wanted}

    return below


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
