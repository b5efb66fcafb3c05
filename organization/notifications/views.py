"""The bell and what it rang for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import Request, path_of
from organization.notifications import actions as notifications
from organization.notifications import queries

NOTICES = lists.List(
    "notices",
    title=_("Notices"),
    columns=[
        lists.Column("text", _("What")),
        lists.Column("told_at", _("When"), sort="told_at", kind="instant"),
    ],
    filters=[
        lists.Flag("unread", _("Not read"), lambda notices, _actor: notices.filter(read_at=None)),
        lists.Search(["text"]),
    ],
    views=[lists.View("unread", _("Not read"), {"unread": "1"}), lists.View("every", _("Everything"))],
    default_sort="-told_at",
    counted=ngettext_lazy("%(shown)s notice", "%(shown)s notices", "count"),
    empty=_("Nothing new. Whatever waits for you is on the work page."),
)


@require_GET
@policy(policy.SIGNED_IN)
def notices(request: Request) -> HttpResponse:
    return lists.answer(request, NOTICES, queries.notices_of(request.actor), template="notifications/list.html")


@require_GET
@policy(policy.SIGNED_IN)
def bell(request: Request) -> HttpResponse:
    """The number at the bell, asked again every now and then."""
    return render(request, "notifications/bell.html", {"unread": queries.unread(request.actor)})


@require_POST
@policy(policy.SIGNED_IN)
def read(request: Request, pk: int) -> HttpResponse:
    """Read it and go there."""
    found = find(queries.notices_of(request.actor), pk=pk)
    with answering(request) as answer:
        notifications.read(person_id=found.person_id, pk=found.pk, at=now())
    return answer.redirect(path_of(found.url))


@require_POST
@policy(policy.SIGNED_IN)
def read_all(request: Request) -> HttpResponse:
    with answering(request) as answer:
        notifications.read_all(person_id=request.user.pk, at=now())
    return answer.redirect(reverse("organization:notices"), said=str(_("All read.")))
