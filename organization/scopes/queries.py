"""Who fills a role, where."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Case, Count, F, Max, Q, QuerySet, When
from django.utils.translation import gettext as _

from foundation.scopes import verbs
from foundation.scopes.reach import DIMENSIONS
from organization.people.models import Person
from organization.scopes.models import Membership, Scope, StepUpLimit

Where = Mapping[str, Iterable[int]]
"""A place: dimension -> ids, a category with everything above it. A dimension that is absent is not narrowed down."""


def living(*, role: Group | None = None) -> QuerySet[Membership]:
    """Memberships that have not ended, of people who are still with us."""
    rows = Membership.objects.filter(ended_at=None, person__is_active=True, person__kind=Person.INTERNAL)
    return rows.filter(role=role) if role else rows


def holders(roles: Iterable[str], *, people: Iterable[int] | None = None) -> list[Membership]:
    """Living memberships of these roles by name, with person, role and scope: one query. ``people``: only theirs."""
    found = living().filter(role__name__in=set(roles)).select_related("person", "role__step_up", "scope")
    if people is not None:
        found = found.filter(person__in=set(people))
    return list(found.order_by("person__name", "pk"))


def unended() -> QuerySet[Membership]:
    """Memberships that have not ended, also of people who are shut out for now: they come back with them."""
    return Membership.objects.filter(ended_at=None)


def unended_of(person: Person) -> QuerySet[Membership]:
    return unended().filter(person=person).select_related("scope__site").order_by("pk")


def ending(*, by: datetime) -> QuerySet[Membership]:
    """Given for a time that is over by then."""
    return Membership.objects.filter(ended_at=None, ends_at__lte=by).select_related("role", "scope").order_by("ends_at")


def says_already(role: Group, verbs: list[str], above: Decimal | None) -> bool:
    """Whether a role is defined so: these verbs, sorted, and this limit of proof."""
    limits = [row.above for row in StepUpLimit.objects.filter(role=role)]
    return sorted(role.permissions.values_list("codename", flat=True)) == verbs and limits == [above] * (
        above is not None
    )


NOBODY, SOMEWHERE, EVERYWHERE = range(3)


def held_how_far(names: Iterable[str], *, gone: Iterable[int] = ()) -> dict[str, int]:
    """How far somebody reaches with each of these verbs, if the memberships ``gone`` were not. One query."""
    whole = Q(**{f"scope__{name}": None for name in DIMENSIONS})
    rows = living().filter(role__permissions__codename__in=list(names)).exclude(pk__in=list(gone))
    far = Max(Case(When(whole, then=EVERYWHERE), default=SOMEWHERE))
    found = dict(
        rows.values("role__permissions__codename").annotate(far=far).values_list("role__permissions__codename", "far")
    )
    return {name: found.get(name, NOBODY) for name in names}


def covers(scope: Scope, where: Where) -> bool:
    """Whether a scope holds a place: every dimension it names is met there."""
    return all(
        value in where.get(name, ()) for name in DIMENSIONS if (value := getattr(scope, f"{name}_id")) is not None
    )


def narrowness(scope: Scope) -> int:
    """How many dimensions a scope names: the nearest holder of a role is the one with the narrowest scope."""
    return sum(getattr(scope, f"{name}_id") is not None for name in DIMENSIONS)


def asks_proof(membership: Membership, amount: Decimal) -> bool:
    """Whether who approves ``amount`` by this membership proves again who he is."""
    limit = getattr(membership.role, "step_up", None)
    return limit is not None and amount > limit.above


def members(role: Group) -> list[dict[str, Any]]:
    """Everybody who fills a role, for its page."""
    return [{"person": m.person, "scope": m.scope, "since": m.granted_at} for m in holders([role.name])]


def people_rows() -> QuerySet[Person]:
    """Everybody of ours, with how many roles he fills."""
    now_filling = Count("memberships", filter=Q(memberships__ended_at=None))
    return Person.objects.filter(kind=Person.INTERNAL).select_related("manager").annotate(role_count=now_filling)


def people_with(verb: str) -> QuerySet[Person]:
    """Who of ours holds a verb somewhere by one of his roles, by name."""
    filling = living().filter(role__permissions__codename=verb).values("person")
    return Person.objects.filter(kind=Person.INTERNAL, is_active=True, pk__in=filling).order_by("name", "pk")


def memberships_of(person: Person) -> list[Membership]:
    """Every role he fills or filled, the living ones first."""
    rows = Membership.objects.filter(person=person).select_related(
        "role", "scope", *(f"scope__{n}" for n in DIMENSIONS)
    )
    return list(rows.order_by(F("ended_at").desc(nulls_first=True), "-granted_at")[:200])


def verbs_by_role(person: Person) -> dict[str, list[str]]:
    """What each role that he fills lets him do, in words, and above which amount he proves himself again before."""
    columns = ("role__name", "role__permissions__codename", "role__step_up__above")
    found: dict[str, list[str]] = {}
    for role, codename, above in living().filter(person=person).values_list(*columns).distinct():
        labels = found.setdefault(role, [])
        if above is not None and not labels:
            labels.append(_("(approves above %(amount)s after a fresh proof only)") % {"amount": f"{above:,.0f}"})
        labels.append(verbs.label(codename))
    return {role: sorted(labels) for role, labels in sorted(found.items())}


def why(person: Person, verb: str) -> list[str]:
    """Where he may do it and because of which role; empty when he may nowhere."""
    rows = living().filter(person=person, role__permissions__codename=verb)
    rows = rows.select_related("role", "scope", *(f"scope__{name}" for name in DIMENSIONS))
    sentence = _("%(person)s may %(verb)s (%(where)s): as %(role)s, given %(when)s.")
    return [
        sentence
        % {
            "person": person.name,
            "verb": verbs.label(verb).lower(),
            "where": row.scope,
            "role": row.role.name,
            "when": row.granted_at.date().isoformat(),
        }
        for row in rows.order_by("granted_at")
    ]


def roles_with(verb: str) -> list[str]:
    """Roles that would let somebody do it."""
    return list(Group.objects.filter(permissions__codename=verb).order_by("name").values_list("name", flat=True))
