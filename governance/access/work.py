"""What one is asked about in reviews of access, as a tab of the work page."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from governance.access import queries
from governance.access.models import ReviewItem


def waiting(actor: Actor) -> QuerySet[ReviewItem]:
    return queries.mine_to_review(actor)


def rows(actor: Actor, limit: int) -> list[WorkRow]:
    """Soonest due first; one query."""
    asked = waiting(actor).select_related("review", "person").order_by("review__due_at", "pk")[:limit]
    return [
        WorkRow(
            kind=_("Access review"),
            icon="key-round",
            identity=f"{one.person.name}: {one.role}",
            url=reverse("governance:review", args=[one.review_id]),
            why=_("still needed?"),
            counterparty=one.place,
            due_at=one.review.due_at,
            since=one.review.started_at,
        )
        for one in asked
    ]
