"""All requests a person may see."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET

from foundation.screens import lists
from foundation.screens.policy import policy
from organization.sites.models import Site
from procurement.requisitions import queries
from procurement.requisitions.lifecycle import RequisitionState
from procurement.requisitions.models import Requisition, Urgency

S = RequisitionState


def address(requisition: Requisition) -> str:
    return reverse("procurement:request", args=[requisition.number])


REQUESTS = lists.List(
    "requests",
    title=_("Requests"),
    columns=[
        lists.Column("number", _("Request"), sort="number", kind="code"),
        lists.Column("title", _("What for"), sort="title"),
        lists.Column("requester", _("Requester"), sort="requester__name", value="requester.name"),
        lists.Column("site", _("Site"), sort="site__code", value="site.code", kind="code"),
        lists.Column("line_count", _("Lines"), sort="line_count", kind="number"),
        lists.Column("amount", _("Amount"), sort="amount", kind="money", currency="currency"),
        lists.Column("need_by", _("Need by"), sort="need_by", kind="date"),
        lists.Column("status", _("State"), sort="status", kind="state"),
        lists.Column("waits_for", _("With")),
        lists.Column("orders", _("Orders"), value="order_numbers"),
        lists.Column("created_at", _("Raised"), sort="created_at", kind="instant"),
        lists.Column("urgency", _("Urgency"), sort="urgency", value="get_urgency_display", is_default=False),
        lists.Column("source", _("Source"), value="get_source_display", is_default=False),
    ],
    filters=[
        lists.Search(["number", "title", "requester__name"]),
        lists.Choice("status", _("State"), S.choices),
        lists.ModelChoice("site", _("Site"), lambda _actor: Site.objects.order_by("code")),
        lists.Choice("urgency", _("Urgency"), Urgency.choices),
        lists.DateRange("need_by", _("Need by")),
        lists.Flag("mine", _("Mine"), lambda rows, actor: rows.filter(requester=actor.person_id)),
    ],
    views=[
        lists.View("mine", _("Mine"), {"mine": "1"}, empty=_("You have no requests yet. Begin with “New request”.")),
        lists.View(
            "waiting",
            _("Waiting on others"),
            {"mine": "1", "status": S.IN_APPROVAL},
            empty=_("None of your requests waits for somebody."),
        ),
        lists.View(
            "returned", _("Sent back"), {"mine": "1", "status": S.RETURNED}, empty=_("Nothing was sent back to you.")
        ),
        lists.View("approved", _("Approved"), {"status": [S.APPROVED, S.PARTLY_ORDERED], "sort": "need_by"}),
        lists.View("all", _("All")),
    ],
    url=address,
    counted=ngettext_lazy("%(shown)s request", "%(shown)s requests", "count"),
    empty=_("No requests yet. Start one: what does the branch need?"),
)


URGENT_DAYS = 90


@require_GET
@policy("see_requisition")
def urgent(request: HttpRequest) -> HttpResponse:
    """How much of what each site asks for is urgent."""
    shares = queries.urgent_shares(request.actor, since=now() - timedelta(days=URGENT_DAYS))
    return render(request, "procurement/requisitions/urgent.html", {"shares": shares, "days": URGENT_DAYS})


@require_GET
@policy("see_requisition")
def requests(request: HttpRequest) -> HttpResponse:
    rows = queries.requisition_rows(request.actor)
    return lists.answer(request, REQUESTS, rows, template="procurement/requisitions/list.html")
