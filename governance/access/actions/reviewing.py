"""A review of access: started for a part of the house, reminded of, escalated, finished when all is said."""

from collections import Counter
from datetime import datetime

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.door.births import bear
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from governance import deadlines
from governance.access import queries
from governance.access.events import (
    MembershipAsked,
    ReviewCalledOff,
    ReviewEscalated,
    ReviewFinished,
    ReviewReminded,
    ReviewStarted,
)
from governance.access.lifecycle import UNFINISHED, ItemState
from governance.access.models import AccessReview, ReviewItem
from organization.entities.models import LegalEntity
from organization.people.models import Person
from organization.sites.models import Site

MOST = 5_000
"""Memberships of one review."""


@verb
def start(
    *,
    title: str,
    owner: Person,
    days: int,
    entity: LegalEntity | None = None,
    site: Site | None = None,
    role: Group | None = None,
    asks_owner: bool = False,
    by: Actor,
    at: datetime,
    key: str,
) -> AccessReview:
    """Ask about every membership there: each person's manager, or the owner for all (``asks_owner``).

    Nobody is asked about himself. ``days`` are working days of the site, or of the entity's first one.
    """
    allow(by, "review_access")
    if not title.strip():
        raise Refused(_("Give the review a name."))
    if not owner.is_active or owner.kind != Person.INTERNAL:
        raise Refused(_("The owner is an active person of ours."))
    asked = queries.to_review(entity=entity, site=site, role=role)[: MOST + 1]
    if not asked:
        raise Refused(_("Nobody fills a role there."))
    if len(asked) > MOST:
        raise Refused(_("More than %(n)s memberships: choose a smaller part of the house.") % {"n": MOST})
    review = AccessReview(
        title=title.strip(),
        entity=entity,
        site=site,
        role=role,
        owner=owner,
        started_at=at,
        due_at=deadlines.due_in_days(at, days, site_id=queries.calendar_site(entity=entity, site=site)),
    )
    with opening(by=by, key=key), deciding(review, by=by) as review:
        items = queries.drafted(review, asked, owner, asks_owner=asks_owner)
        bear(items, _asked, by=by, at=at)
        told = ReviewStarted(
            subject=review.subject,
            title=review.title,
            owner_id=owner.pk,
            due_at=review.due_at,
            entity=str(entity or ""),
            site=str(site or ""),
            role=role.name if role else "",
            reviewers={str(pk): count for pk, count in sorted(Counter(one.reviewer_id for one in items).items())},
        )
        journal.record(told, at=at)
    return review


def _asked(item: ReviewItem) -> MembershipAsked:
    return MembershipAsked(**queries.about(item), reviewer_id=item.reviewer_id, verbs=item.verbs)


@verb
def remind(*, review: AccessReview, by: Actor, at: datetime, key: str) -> AccessReview:
    """Tell those who have not answered, once."""
    with deciding(review, by=by, key=key) as review:
        if review.status not in UNFINISHED or review.reminded_at:
            raise Refused(_("There is nobody to remind."))
        review.reminded_at = at
        told = ReviewReminded(
            subject=review.subject, title=review.title, due_at=review.due_at, reviewers=queries.reviewers_left(review)
        )
        journal.record(told, at=at)
    return review


@verb
def escalate(*, review: AccessReview, by: Actor, at: datetime, key: str) -> AccessReview:
    """It is due and memberships are still open: the owner and the managers of the silent hear of it, once."""
    with deciding(review, by=by, key=key) as review:
        if review.due_at > at:
            raise Refused(_("It is not due."))
        move(review.escalate, at=at)
        told = ReviewEscalated(
            subject=review.subject,
            title=review.title,
            owner_id=review.owner_id,
            reviewers=queries.reviewers_left(review),
            open_count=queries.items_left(review).count(),
        )
        journal.record(told, at=at)
    return review


@verb
def finish(*, review: AccessReview, by: Actor, at: datetime, key: str) -> AccessReview:
    """Everything is said. Refused while something is open."""
    with deciding(review, by=by, key=key) as review:
        counted = Counter(review.items.values_list("status", flat=True))
        if counted[ItemState.OPEN]:
            raise Refused(_("Some memberships wait for an answer."))
        move(review.finish, at=at)
        told = ReviewFinished(
            subject=review.subject,
            title=review.title,
            owner_id=review.owner_id,
            kept=counted[ItemState.KEPT],
            removed=counted[ItemState.REMOVED],
            gone=counted[ItemState.GONE],
        )
        journal.record(told, at=at)
    return review


@verb
def call_off(
    *, review: AccessReview, reason: str, by: Actor, at: datetime, seen: int | None = None, key: str
) -> AccessReview:
    """Stop asking. What was said stands."""
    with deciding(review, by=by, seen=seen, key=key) as review:
        allow(by, "review_access")
        if not reason.strip():
            raise Refused(_("Say why, in a few words."))
        move(review.call_off, at=at)
        told = ReviewCalledOff(subject=review.subject, title=review.title, reason=reason.strip())
        journal.record(told, at=at)
    return review
