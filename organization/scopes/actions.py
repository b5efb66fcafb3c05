"""Who fills which role where. A membership's verbs are written out as the person's grants, which reach reads."""

from collections.abc import Iterable, Mapping
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
from organization.scopes.events import RoleEnded, RoleEnding, RoleGiven, RoleRedefined
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

    Those who fill it gain and lose verbs in the same turn. Said again, nothing happens.
    """
    wanted = sorted(set(verbs))
    if unknown := [verb for verb in wanted if verb not in known_verbs.registry]:
        raise Refused(_("There is no such right: %(verbs)s.") % {"verbs": ", ".join(unknown)})
    try:
        with opening(by=by, key=key, proof=True):
            allow(by, "grant_role")
            role, is_new = Group.objects.get_or_create(name=name)
            if not is_new and queries.says_already(role, wanted, step_up_above):
                return role
            _limit(role, step_up_above)
            held = queries.held_how_far(known_verbs.indispensable)
            role.permissions.set(grants.permissions(wanted))
            for membership in queries.unended().filter(role=role).order_by("pk"):
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
            keep_somebody(held)
    except Repeated:  # a role nobody fills yet has no entry that could be the answer
        return Group.objects.get(name=name)
    return role


def _limit(role: Group, above: Decimal | None) -> None:
    if above is None:
        StepUpLimit.objects.filter(role=role).delete()
    else:
        StepUpLimit.objects.update_or_create(role=role, defaults={"above": above})


@verb
def give_role(
    *,
    person: Person,
    role: Group,
    scope: Scope,
    ends_at: datetime | None = None,
    by: Actor,
    at: datetime,
    key: str,
) -> Membership:
    """Let a person fill a role in a scope, for good or until ``ends_at``."""
    membership = Membership(person=person, role=role, scope=scope, granted_by=str(by), granted_at=at, ends_at=ends_at)
    with opening(by=by, key=key, proof=True):
        allow(by, "grant_role", scope)
        if person.kind != Person.INTERNAL or not person.is_active:
            raise Refused(_("Only an active person of ours can fill a role."))
        if by.person_id == person.pk:
            raise Refused(_("You cannot give yourself a role. Ask somebody else who may grant roles."))
        if ends_at is not None and ends_at <= at:
            raise Refused(_("The end must lie in the future."))
        if queries.living(role=role).filter(person=person, scope=scope).exists():
            raise Refused(_("%(person)s fills this role there already.") % {"person": person.name})
        with deciding(membership, by=by) as membership:
            write_grants(person)
            told = RoleGiven(
                subject=membership.subject,
                person_id=person.pk,
                role=role.name,
                scope_id=scope.pk,
                scope=str(scope),
                verbs=sorted(role.permissions.values_list("codename", flat=True)),
                ends_at=ends_at,
            )
            journal.record(told, at=at)
    return membership


@verb
def end_role(
    *, membership: Membership, reason: str = "", by: Actor, at: datetime, seen: int | None = None, key: str
) -> Membership:
    """Let a person no longer fill a role. Approvals that wait for him are staffed anew by those who listen.

    Refused if nobody would be left who can grant roles, or do what else must never be without somebody.
    """
    with deciding(membership, by=by, seen=seen, key=key, proof=True) as membership:
        allow(by, "grant_role", membership.scope)
        _end(membership, reason, at=at)
    return membership


@verb
def expire_role(*, membership: Membership, by: Actor, at: datetime, key: str) -> Membership:
    """The time for which a role was given is over."""
    with deciding(membership, by=by, key=key) as membership:
        if membership.ends_at is None or membership.ends_at > at:
            raise Refused(_("The role has not run out."))
        _end(membership, _("Given until then."), at=at)
    return membership


@verb
def announce_end(*, membership: Membership, by: Actor, at: datetime, key: str) -> Membership:
    """Say, once, that a role ends soon."""
    with deciding(membership, by=by, key=key) as membership:
        if membership.ended_at or membership.warned_at or membership.ends_at is None:
            raise Refused(_("There is nothing to announce."))
        membership.warned_at = at
        told = RoleEnding(
            subject=membership.subject,
            person_id=membership.person_id,
            role=membership.role.name,
            scope=str(membership.scope),
            ends_at=membership.ends_at,
            granted_by=membership.granted_by,
        )
        journal.record(told, at=at)
    return membership


def _end(membership: Membership, reason: str, *, at: datetime) -> None:
    """Within the membership's door."""
    if membership.ended_at:
        raise Refused(_("This role has ended already."))
    held = queries.held_how_far(known_verbs.indispensable)
    membership.ended_at = at
    write_grants(membership.person, without=[membership.pk])
    told = RoleEnded(
        subject=membership.subject,
        person_id=membership.person_id,
        role=membership.role.name,
        scope_id=membership.scope_id,
        scope=str(membership.scope),
        reason=reason,
    )
    journal.record(told, at=at)
    keep_somebody(held, gone=[membership.pk])


def keep_somebody(held: Mapping[str, int], *, gone: Iterable[int] = ()) -> None:
    """Refuse what would leave a verb that somebody must hold without anybody, or without anybody for the whole house.

    ``held`` is how far it was held before. The verbs' rows are locked, so that of two who end one another's last
    membership one is refused.
    """
    list(grants.permission_rows(held).select_for_update(no_key=True).order_by("pk"))
    left = queries.held_how_far(held, gone=gone)
    if lost := [known_verbs.label(verb).lower() for verb in sorted(held) if left[verb] < held[verb]]:
        said = {"verbs": ", ".join(lost)}
        raise Refused(_("Nobody would be left for this: %(verbs)s. Give it to somebody else first.") % said)


def write_grants(person: Person, *, without: Iterable[int] = ()) -> None:
    """Make the person's grants say what his memberships mean, those in ``without`` aside; nothing if he is shut out.

    Roles are the one way in which people get verbs: a grant that no membership means is taken away.
    """
    memberships = queries.unended_of(person).exclude(pk__in=list(without))
    pairs = set(memberships.values_list("scope_id", "role__permissions__id")) if person.is_active else set()
    wanted = {(scope, permission) for scope, permission in pairs if permission}
    mine = PersonGrant.objects.filter(user=person)
    held = {(grant.content_object_id, grant.permission_id): grant.pk for grant in mine}
    PersonGrant.objects.filter(pk__in=[pk for place, pk in held.items() if place not in wanted]).delete()
    PersonGrant.objects.bulk_create(
        PersonGrant(user=person, content_object_id=scope, permission_id=permission)
        for scope, permission in sorted(wanted - held.keys())
    )
