"""Reach from grants: the rows of guardian's tables, all verbs of a person in one query."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet

from foundation.scopes import verbs
from foundation.scopes.reach import DIMENSIONS, Reach
from foundation.values.actor import PERSON, SUPPLIER, Actor
from organization.items.queries import subtrees
from organization.people.models import Person
from organization.people.queries import HELD
from organization.scopes.models import Scope


def reach_of(actor: Actor) -> Callable[[str], Reach]:
    """Where the actor holds which verb. A supplier's person reaches the supplier's own rows, whatever the verb."""
    if actor.kind == SUPPLIER:
        party = Person.objects.filter(pk=actor.person_id, is_active=True).values_list("party_id", flat=True).first()
        own = Reach([{"supplier": party}] if party else [])
        return lambda _verb: own
    held = actor.kept.get("scopes")  # of the person of a session, or of a system's token, which came with him
    if held is None:
        held = _scopes_of(actor.person_id) if actor.kind == PERSON else []
    below = _below({scope["category"] for scope in held if scope["category"]})

    @cache
    def reach(verb: str) -> Reach:
        return Reach([scope for scope in held if verb in scope["verbs"]], below=below)

    return reach


def _scopes_of(person_id: int | None) -> list[dict[str, Any]]:
    """Every scope in which a person holds something, and the verbs he holds there: his own and his roles'."""
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(person="%(person)s"), {"person": person_id})
        return [dict(zip(("verbs", *DIMENSIONS), row, strict=True)) for row in cursor.fetchall()]


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


def permissions(wanted: Iterable[str]) -> list[Permission]:
    return list(permission_rows(wanted))


def permission_rows(wanted: Iterable[str]) -> QuerySet[Permission]:
    kind = ContentType.objects.get_for_model(Scope)
    return Permission.objects.filter(content_type=kind, codename__in=set(wanted))
