"""Who fills a role, where."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet

from foundation.scopes.reach import DIMENSIONS
from organization.people.models import Person
from organization.scopes.models import Membership, Scope

Where = Mapping[str, Iterable[int]]
"""A place: dimension -> ids, a category with everything above it. A dimension that is absent is not narrowed down."""


def living(*, role: Group | None = None) -> QuerySet[Membership]:
    """Memberships that have not ended, of people who are still with us."""
    rows = Membership.objects.filter(ended_at=None, person__is_active=True, person__kind=Person.INTERNAL)
    return rows.filter(role=role) if role else rows


def holders(roles: Iterable[str]) -> list[Membership]:
    """Living memberships of these roles by name, with person, role and scope: one query."""
    found = living().filter(role__name__in=set(roles)).select_related("person", "role", "scope")
    return list(found.order_by("person__name", "pk"))


def covers(scope: Scope, where: Where) -> bool:
    """Whether a scope holds a place: every dimension it names is met there."""
    return all(
        value in where.get(name, ()) for name in DIMENSIONS if (value := getattr(scope, f"{name}_id")) is not None
    )


def narrowness(scope: Scope) -> int:
    """How many dimensions a scope names: the nearest holder of a role is the one with the narrowest scope."""
    return sum(getattr(scope, f"{name}_id") is not None for name in DIMENSIONS)


def members(role: Group) -> list[dict[str, Any]]:
    """Everybody who fills a role, for its page."""
    return [{"person": m.person, "scope": m.scope, "since": m.granted_at} for m in holders([role.name])]
