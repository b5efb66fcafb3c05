"""Who fills which role where. A membership's verbs are written out as the person's grants, which reach reads."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.door.refusals import Repeated
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes import verbs as known_verbs
from foundation.scopes.permissions import allow
from foundation.scopes.reach import DIMENSIONS
from foundation.values.actor import Actor
from organization.people.models import Person
from organization.scopes import grants, queries
from organization.scopes.events import RoleEnded, RoleGiven, RoleRedefined
from organization.scopes.models import Membership, PersonGrant, Scope, StepUpLimit


def scope_of(**dimensions: int | None) -> Scope:
    """The scope with exactly these dimensions (``entity``, ``site``, ``category``, ``supplier``, ``cost_center``)."""
    if unknown := set(dimensions) - set(DIMENSIONS):
        raise TypeError(f"Not a dimension of a scope: {', '.join(sorted(unknown))}.")
    scope, _made = Scope.objects.get_or_create(**{f"{name}_id": dimensions.get(name) for name in DIMENSIONS})
    return scope


@verb
def define_role(
    *, name: str, verbs: Iterable[str], step_up_above: Decimal | None = None, by: Actor, at: datetime, key: str
) -> Group:
    """Say what a role may do, and above which amount it proves itself again before it approves (None: never).

    Those who fill it gain and lose verbs in the same turn.
    """
    wanted = sorted(set(verbs))
    if unknown := [verb for verb in wanted if verb not in known_verbs.registry]:
        raise Refused(_("There is no such right: %(verbs)s.") % {"verbs": ", ".join(unknown)})
    try:
        with opening(by=by, key=key, proof=True):
            allow(by, "grant_role")
            role, _made = Group.objects.get_or_create(name=name)
            role.permissions.set(grants.permissions(wanted))
            _limit(role, step_up_above)
            for membership in queries.living(role=role).order_by("pk"):
                with deciding(membership, by=by) as member:
                    write_grants(member.person)
                    told = RoleRedefined(
                        subject=member.subject,
                        person_id=member.person_id,
                        role=name,
                        verbs=wanted,
                        step_up_above=step_up_above,
                    )
                    journal.record(told, at=at)
    except Repeated:  # a role nobody fills yet has no entry that could be the answer
        return Group.objects.get(name=name)
    return role


def _limit(role: Group, above: Decimal | None) -> None:
    if above is None:
        StepUpLimit.objects.filter(role=role).delete()
    else:
        StepUpLimit.objects.update_or_create(role=role, defaults={"above": above})


@verb
def give_role(*, person: Person, role: Group, scope: Scope, by: Actor, at: datetime, key: str) -> Membership:
    """Let a person fill a role in a scope."""
    membership = Membership(person=person, role=role, scope=scope, granted_by=str(by), granted_at=at)
    with opening(by=by, key=key, proof=True):
        allow(by, "grant_role", scope)
        if person.kind != Person.INTERNAL or not person.is_active:
            raise Refused(_("Only an active person of ours can fill a role."))
        if by.person_id == person.pk:
            raise Refused(_("You cannot give yourself a role. Ask somebody else who may grant roles."))
        if queries.living(role=role).filter(person=person, scope=scope).exists():
            raise Refused(_("%(person)s fills this role there already.") % {"person": person.name})
        with deciding(membership, by=by) as membership:
            told = RoleGiven(
                subject=membership.subject,
                person_id=person.pk,
                role=role.name,
                scope_id=scope.pk,
                scope=str(scope),
                verbs=write_grants(person).get(scope.pk, []),
            )
            journal.record(told, at=at)
    return membership


@verb
def end_role(
    *, membership: Membership, reason: str = "", by: Actor, at: datetime, seen: int | None = None, key: str
) -> Membership:
    """Let a person no longer fill a role. Approvals that wait for him are staffed anew by those who listen."""
    with deciding(membership, by=by, seen=seen, key=key, proof=True) as membership:
        allow(by, "grant_role", membership.scope)
        if membership.ended_at:
            raise Refused(_("This role has ended already."))
        membership.ended_at = at
        write_grants(membership.person, without=membership)
        told = RoleEnded(
            subject=membership.subject,
            person_id=membership.person_id,
            role=membership.role.name,
            scope_id=membership.scope_id,
            scope=str(membership.scope),
            reason=reason,
        )
        journal.record(told, at=at)
    return membership


def write_grants(person: Person, *, without: Membership | None = None) -> dict[int, list[str]]:
    """Make the person's grants say what his living memberships mean; scope -> verbs.

    Roles are the one way in which people get verbs: a grant that no membership means is taken away.
    """
    memberships = queries.living().filter(person=person)
    if without is not None:
        memberships = memberships.exclude(pk=without.pk)
    mine = PersonGrant.objects.filter(user=person)
    pairs = set(memberships.values_list("scope_id", "role__permissions__id", "role__permissions__codename"))
    wanted = {(scope, permission): codename for scope, permission, codename in pairs if permission}
    held = {(grant.content_object_id, grant.permission_id): grant for grant in mine}
    PersonGrant.objects.filter(pk__in=[grant.pk for place, grant in held.items() if place not in wanted]).delete()
    PersonGrant.objects.bulk_create(
        PersonGrant(user=person, content_object_id=scope, permission_id=permission)
        for scope, permission in sorted(wanted.keys() - held.keys())
    )
    meant: dict[int, list[str]] = {}
    for (scope, _permission), codename in sorted(wanted.items(), key=lambda item: item[1]):
        meant.setdefault(scope, []).append(codename)
    return meant
