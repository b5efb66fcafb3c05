"""Reviews of access: their list, the page where one answers with k and r, starting and calling off."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request, typed
from governance.access import actions as access
from governance.access import queries
from governance.access.forms import StartReview, verb_words
from governance.access.lifecycle import UNFINISHED, ItemState, ReviewState
from governance.access.models import AccessReview, ReviewItem
from organization.people.queries import MACHINES

REVIEWS = lists.List(
    "access-reviews",
    title=gettext_lazy("Access reviews"),
    columns=[
        lists.Column("title", gettext_lazy("Review"), sort="title"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("owner", gettext_lazy("Owner"), sort="owner__name", value="owner.name"),
        lists.Column("due_at", gettext_lazy("Due"), sort="due_at", kind="instant"),
        lists.Column("item_count", gettext_lazy("Memberships"), sort="item_count", kind="number"),
        lists.Column("left_count", gettext_lazy("Open"), sort="left_count", kind="number"),
        lists.Column("removed_count", gettext_lazy("Removed"), sort="removed_count", kind="number"),
        lists.Column("started_at", gettext_lazy("Started"), sort="started_at", kind="instant", is_default=False),
    ],
    filters=[lists.Search(["title"]), lists.Choice("status", gettext_lazy("State"), ReviewState.choices)],
    default_sort="-started_at",
    url=lambda review: reverse("governance:review", args=[review.pk]),
    counted=ngettext_lazy("%(shown)s review", "%(shown)s reviews", "count"),
    empty=gettext_lazy("No review yet. One asks managers who still needs which role."),
)


def answered_by(item: ReviewItem) -> str:
    return str(MACHINES.get(item.answerer, item.answerer or ""))


ITEMS = lists.List(
    "access-review",
    title=gettext_lazy("Memberships"),
    columns=[
        lists.Column("person", gettext_lazy("Person"), sort="person__name", value="person.name"),
        lists.Column("role", gettext_lazy("Role"), sort="role"),
        lists.Column("place", gettext_lazy("Where"), sort="place"),
        lists.Column("reviewer", gettext_lazy("Asked"), sort="reviewer__name", value="reviewer.name"),
        lists.Column("status", gettext_lazy("Answer"), sort="status", kind="state"),
        lists.Column("reason", gettext_lazy("Reason")),
        lists.Column("answered_by", gettext_lazy("Answered by"), value=answered_by),
        lists.Column("answered_at", gettext_lazy("Answered"), sort="answered_at", kind="instant"),
        lists.Column("granted_at", gettext_lazy("Given"), sort="granted_at", kind="instant", is_default=False),
        lists.Column("verbs", gettext_lazy("May"), value=lambda item: verb_words(item.verbs), is_default=False),
    ],
    filters=[
        lists.Search(["person__name", "role", "place", "reviewer__name"]),
        lists.Choice("status", gettext_lazy("Answer"), ItemState.choices),
    ],
    default_sort="person",
    url=lambda item: reverse("organization:person", args=[item.person_id]),
    counted=ngettext_lazy("%(shown)s membership", "%(shown)s memberships", "count"),
)


@require_GET
@policy(policy.SIGNED_IN)
def reviews(request: Request) -> HttpResponse:
    rows = queries.reviews_for(request.actor, sees_all=sees_all(request))
    context = {"here": "reviews", "may_start": holds(request.actor, "review_access")}
    return lists.answer(request, REVIEWS, rows, template="governance/access/reviews.html", **context)


@require_GET
@policy(policy.SIGNED_IN)
def review(request: Request, pk: int) -> HttpResponse:
    """The next membership that one is asked about, and all of them with their answers: the evidence."""
    shown = found(request, pk)
    rows = queries.items_for(request.actor, shown, sees_all=sees_all(request))
    context: dict[str, Any] = {"here": "reviews", "review": shown}
    if not request.GET.get("export"):
        mine = rows.filter(reviewer=request.actor.person_id, status=ItemState.OPEN).order_by("person__name", "pk")
        waiting = list(mine.select_related("membership__role", "membership__scope")) if is_running(shown) else []
        context |= {
            "waiting": len(waiting),
            "item": waiting[0] if waiting else None,
            "rights": verb_words(waiting[0].verbs) if waiting else "",
            "done_count": shown.item_count - shown.left_count,
            "may_stop": is_running(shown) and holds(request.actor, "review_access"),
            "entries": timeline([shown.subject], limit=20),
        }
    return lists.answer(request, ITEMS, rows, template="governance/access/review.html", **context)


@require_http_methods(["GET", "POST"])
@policy("review_access")
def start(request: Request) -> HttpResponse:
    form = StartReview(request.POST or None, initial={"owner": request.actor.person_id})
    with answering(request) as answer:
        if form.is_valid():
            made = access.start(**form.cleaned_data, by=request.actor, at=now(), key=answer.key)
            return answer.redirect(reverse("governance:review", args=[made.pk]), said=_("The review has begun."))
    return answer.form(form, "governance/access/start.html")


@require_POST
@policy("review_access")
def call_off(request: Request, pk: int) -> HttpResponse:
    shown = found(request, pk)
    reason = typed(request)
    with answering(request) as answer:
        access.call_off(review=shown, reason=reason, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("governance:review", args=[pk]), said=_("The review is called off."))


@require_POST
@policy(policy.SIGNED_IN)
def keep(request: Request, pk: int) -> HttpResponse:
    item = asked(request, pk)
    with answering(request) as answer:
        access.keep(item=item, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("governance:review", args=[item.review_id]))


@require_POST
@policy(policy.SIGNED_IN)
def remove(request: Request, pk: int) -> HttpResponse:
    item = asked(request, pk)
    reason = typed(request)
    with answering(request) as answer:
        access.remove(item=item, reason=reason, by=request.actor, at=now(), **answer.seen)
    said = _("%(person)s is no longer %(role)s.") % {"person": item.person.name, "role": item.role}
    return answer.redirect(reverse("governance:review", args=[item.review_id]), said=said)


def sees_all(request: Request) -> bool:
    return holds(request.actor, "see_people") or holds(request.actor, "review_access")


def is_running(review: AccessReview) -> bool:
    return review.status in UNFINISHED


def found(request: Request, pk: int) -> AccessReview:
    return find(queries.reviews_for(request.actor, sees_all=sees_all(request)), pk=pk)


def asked(request: Request, pk: int) -> ReviewItem:
    rows = ReviewItem.objects.select_related("review", "person", "membership")
    if not sees_all(request):
        rows = rows.filter(reviewer=request.actor.person_id) | rows.filter(review__owner=request.actor.person_id)
    return find(rows, pk=pk)
