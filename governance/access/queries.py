"""Questions to reviews of access and to accepted conflicts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Count, Q, QuerySet

from foundation.scopes.reach import DIMENSIONS
from foundation.values.actor import Actor
from governance.access.lifecycle import UNFINISHED, AcceptanceState, ItemState, ReviewState
from governance.access.models import AccessReview, ConflictAcceptance, ReviewItem
from organization.entities.models import LegalEntity
from organization.people.models import Person
from organization.people.queries import name_in
from organization.scopes.models import Membership
from organization.scopes.queries import living
from organization.sites.models import Site

REMINDED = timedelta(days=2)
"""How long before it is due a review is reminded of."""


def to_review(*, entity: LegalEntity | None, site: Site | None, role: Group | None) -> QuerySet[Membership]:
    """Living memberships that reach into a place, those for everywhere included; of one role or of all."""
    rows = living(role=role).select_related(
        "person__manager", "role", "scope", *(f"scope__{name}" for name in DIMENSIONS)
    )
    if site is not None:
        inside = Q(scope__entity=None) | Q(scope__entity=site.entity_id)
        rows = rows.filter(Q(scope__site=site) | Q(scope__site=None) & inside)
    elif entity is not None:
        outside = Q(scope__site__isnull=False) & ~Q(scope__site__entity=entity)
        rows = rows.filter(Q(scope__entity=None) | Q(scope__entity=entity)).exclude(outside)
    return rows.prefetch_related("role__permissions").order_by("person__name", "pk")


def drafted(review: AccessReview, asked: Iterable[Membership], owner: Person, *, asks_owner: bool) -> list[ReviewItem]:
    """An item for each membership, with whoever is asked about it."""
    stand_in = living().exclude(person=owner).filter(role__permissions__codename="review_access")
    other = stand_in.order_by("pk").select_related("person").first()
    return [
        ReviewItem(
            review=review,
            membership=member,
            person=member.person,
            role=member.role.name,
            place=str(member.scope)[:200],
            verbs=sorted(right.codename for right in member.role.permissions.all()),
            granted_by=member.granted_by,
            granted_at=member.granted_at,
            reviewer=reviewer,
        )
        for member in asked
        if (reviewer := _reviewer(member.person, owner, other.person if other else None, asks_owner)) is not None
    ]


def _reviewer(person: Person, owner: Person, other: Person | None, asks_owner: bool) -> Person | None:
    """The manager, else the owner, else somebody else who runs reviews; never the person."""
    manager = None if asks_owner else person.manager
    for one in (manager, owner, person.manager, other):
        if one is not None and one.is_active and one.pk != person.pk:
            return one
    return None


def about(item: ReviewItem) -> dict[str, Any]:
    """What every event of an item says."""
    return {
        "subject": item.subject,
        "review_id": item.review_id,
        "membership_id": item.membership_id,
        "person_id": item.person_id,
        "role": item.role,
        "place": item.place,
    }


def calendar_site(*, entity: LegalEntity | None, site: Site | None) -> int | None:
    """Whose working days count: the site's, else those of the entity's first, else of the first of all."""
    if site is not None:
        return site.pk
    rows = Site.objects.order_by("pk") if entity is None else Site.objects.filter(entity=entity).order_by("pk")
    return rows.values_list("pk", flat=True).first()


def items_left(review: AccessReview) -> QuerySet[ReviewItem]:
    return ReviewItem.objects.filter(review=review, status=ItemState.OPEN)


def reviewers_left(review: AccessReview) -> list[int]:
    return list(items_left(review).order_by("reviewer").values_list("reviewer", flat=True).distinct())


def reviews_for(actor: Actor, *, sees_all: bool) -> QuerySet[AccessReview]:
    """With how far each is; without the right to see people only those in which one is asked, or that one owns."""
    rows = AccessReview.objects.select_related("owner", "entity", "site", "role").annotate(
        item_count=Count("items"),
        left_count=Count("items", filter=Q(items__status=ItemState.OPEN)),
        removed_count=Count("items", filter=Q(items__status=ItemState.REMOVED)),
    )
    if sees_all:
        return rows
    mine = ReviewItem.objects.filter(reviewer=actor.person_id).values("review")
    return rows.filter(Q(owner=actor.person_id) | Q(pk__in=mine))


def items_for(actor: Actor, review: AccessReview, *, sees_all: bool) -> QuerySet[ReviewItem]:
    rows = ReviewItem.objects.filter(review=review).select_related("person", "reviewer", "membership", "review")
    rows = rows.annotate(giver=name_in("granted_by"), answerer=name_in("answered_by"))
    return rows if sees_all or review.owner_id == actor.person_id else rows.filter(reviewer=actor.person_id)


def mine_to_review(actor: Actor) -> QuerySet[ReviewItem]:
    """What this person is asked about, in reviews that run."""
    return ReviewItem.objects.filter(reviewer=actor.person_id, status=ItemState.OPEN, review__status__in=UNFINISHED)


def acceptances_over(at: datetime) -> QuerySet[ConflictAcceptance]:
    states = [AcceptanceState.ASKED, AcceptanceState.ACCEPTED]
    return ConflictAcceptance.objects.filter(status__in=states, until__lte=at).order_by("until")


def acceptances() -> QuerySet[ConflictAcceptance]:
    return ConflictAcceptance.objects.select_related("person", "asked_by", "answered_by")


def reviews_to_remind(at: datetime) -> QuerySet[AccessReview]:
    rows = AccessReview.objects.filter(status__in=UNFINISHED, reminded_at=None, due_at__lte=at + REMINDED)
    return rows.order_by("due_at")


def reviews_overdue(at: datetime) -> QuerySet[AccessReview]:
    return AccessReview.objects.filter(status=ReviewState.RUNNING, due_at__lte=at).order_by("due_at")


def items_of(membership_id: int) -> QuerySet[ReviewItem]:
    """Open items about a membership, in reviews that run."""
    rows = ReviewItem.objects.filter(membership=membership_id, status=ItemState.OPEN, review__status__in=UNFINISHED)
    return rows.select_related("review", "membership").order_by("pk")
