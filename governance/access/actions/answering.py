"""One membership of a review: kept, removed with a reason, or gone by itself."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import NotYours, may
from foundation.values.actor import Actor, system
from governance.access import queries
from governance.access.events import MembershipGone, MembershipKept, MembershipRemoved
from governance.access.lifecycle import UNFINISHED
from governance.access.models import ReviewItem
from organization.scopes import actions as scopes

REVIEW = system("review")
"""Ends what a reviewer removes: he needs no right to give roles, and the entry names him."""


@verb
def keep(*, item: ReviewItem, by: Actor, at: datetime, seen: int | None = None, key: str) -> ReviewItem:
    """The person still needs the role."""
    with deciding(item, by=by, seen=seen, key=key) as item:
        _insist(item, by)
        item.answered_by = str(by)
        move(item.keep, at=at)
        journal.record(MembershipKept(**queries.about(item)), at=at)
    return item


@verb
def remove(*, item: ReviewItem, reason: str, by: Actor, at: datetime, seen: int | None = None, key: str) -> ReviewItem:
    """The person no longer needs the role: it ends in the same turn."""
    with deciding(item, by=by, seen=seen, key=key) as item:
        _insist(item, by)
        if not reason.strip():
            raise Refused(_("Say why the role is taken away."))
        item.answered_by, item.reason = str(by), reason.strip()
        said = _("Review “%(title)s”: %(reason)s") % {"title": item.review.title, "reason": item.reason}
        scopes.end_role(membership=item.membership, reason=said, by=REVIEW, at=at, key=key)
        move(item.remove, at=at)
        journal.record(MembershipRemoved(**queries.about(item), reason=item.reason), at=at)
    return item


@verb
def let_go(*, item: ReviewItem, by: Actor, at: datetime, key: str) -> ReviewItem:
    """The membership ended while the review ran."""
    with deciding(item, by=by, key=key) as item:
        move(item.go, at=at)
        journal.record(MembershipGone(**queries.about(item)), at=at)
    return item


def _insist(item: ReviewItem, by: Actor) -> None:
    """The reviewer answers; once it is overdue the owner and whoever runs reviews may, too. Nobody about himself."""
    if by.person_id == item.person_id:
        raise Refused(_("Nobody reviews his own roles."))
    review = item.review
    if review.status not in UNFINISHED:
        raise Refused(_("The review is over."))
    is_late = review.escalated_at is not None
    if by.person_id != item.reviewer_id and not (
        is_late and (by.person_id == review.owner_id or may(by, "review_access"))
    ):
        raise NotYours("review_access", str(item))
    if item.membership.ended_at:
        raise Refused(_("This role has ended already."))
