"""Ship notices: what suppliers say is on the way, and what does not fit."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.shown import badge
from organization.sites.models import Site
from receiving.notices import actions as notices
from receiving.notices import checking, loads, queries
from receiving.notices.lifecycle import UNDERWAY, NoticeState
from receiving.notices.models import ShipNotice
from receiving.notices.news import News


def _flags(notice: ShipNotice) -> object:
    count = len(notice.flags)
    return badge("warn", ngettext("%(n)d does not fit", "%(n)d do not fit", count) % {"n": count}) if count else ""


NOTICES = lists.List(
    "notices",
    title=gettext_lazy("Ship notices"),
    columns=[
        lists.Column("number", gettext_lazy("Notice"), sort="number", kind="code"),
        lists.Column("supplier", gettext_lazy("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("reference", gettext_lazy("Delivery note"), sort="reference", kind="code"),
        lists.Column("site", gettext_lazy("Site"), sort="site__code", value="site.code", kind="code"),
        lists.Column("arrives_on", gettext_lazy("Arrives"), sort="arrives_on", kind="date"),
        lists.Column("lines_count", gettext_lazy("Lines"), sort="lines_count", kind="number"),
        lists.Column("package_count", gettext_lazy("Packages"), sort="package_count", kind="number"),
        lists.Column("units_count", gettext_lazy("Units"), sort="units_count", kind="number", is_default=False),
        lists.Column("passed", gettext_lazy("How far"), value="passed_label"),
        lists.Column("flags", gettext_lazy("Check"), value=_flags),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("carrier", gettext_lazy("Carrier"), sort="carrier", is_default=False),
        lists.Column("tracking", gettext_lazy("Tracking"), kind="code", is_default=False),
    ],
    filters=[
        lists.Search(["number", "reference", "supplier__party__name", "tracking"]),
        lists.Choice("status", gettext_lazy("State"), NoticeState.choices),
        lists.ModelChoice("site", gettext_lazy("Site"), lambda actor: Site.objects.order_by("code")),
        lists.DateRange("arrives_on", gettext_lazy("Arrives")),
        lists.Flag("today", gettext_lazy("Today"), lambda rows, _actor: rows.filter(arrives_on=localdate())),
        lists.Flag("flagged", gettext_lazy("Does not fit"), lambda rows, _actor: rows.exclude(flags=[])),
        lists.Flag("underway", gettext_lazy("On its way"), lambda rows, _actor: rows.filter(status__in=UNDERWAY)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("underway", gettext_lazy("On their way"), {"underway": "1", "sort": "arrives_on"}),
        lists.View("today", gettext_lazy("Today"), {"today": "1"}),
        lists.View("flagged", gettext_lazy("Do not fit"), {"flagged": "1", "underway": "1", "sort": "arrives_on"}),
    ],
    url=lambda notice: reverse("receiving:notice", args=[notice.number]),
    counted=ngettext_lazy("%(shown)s ship notice", "%(shown)s ship notices", "count"),
    empty=gettext_lazy("No ship notices. Suppliers announce their trucks in the portal."),
)


class Cancel(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why does the truck not come?"), max_length=200)


@require_GET
@policy("see_receipt")
def notice_list(request: HttpRequest) -> HttpResponse:
    rows = queries.notice_rows(request.actor)
    return lists.answer(request, NOTICES, rows, template="receiving/notices/list.html")


@require_GET
@policy("see_receipt")
def notice(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.notice_pages(request.actor), number=number)
    form = News(initial={"arrives_on": found.arrives_on})
    return render(request, "receiving/notices/page.html", {"form": form, **_page(request, found)})


def _page(request: HttpRequest, found: ShipNotice) -> dict[str, Any]:
    return {
        "notice": found,
        "remarks": checking.sentences(found.flags),
        "lines": queries.lines_of(found),
        "receipts": list(found.receipts.everywhere(because="of the notice in hand").order_by("pk")),
        "can_count": found.status in (*UNDERWAY, NoticeState.ARRIVED),
        "entries": timeline([found.subject]),
        "loads": loads.loads_of(found),
        "way": loads.way_of(found),
        "is_underway": found.status in UNDERWAY,
    }


@require_POST
@policy("receive_goods")
def arrive(request: HttpRequest, number: str) -> HttpResponse:
    found = find(ShipNotice.objects.visible_to(request.actor), number=number)
    with answering(request) as answer:
        notices.arrive(notice=found, by=request.actor, at=now(), key=answer.key)
    return answer.redirect(reverse("receiving:notice", args=[number]), said=_("The truck stands at the door."))


@require_POST
@policy("receive_goods")
def news(request: HttpRequest, number: str) -> HttpResponse:
    """What the carrier or the supplier said on the telephone: a milestone, or another day."""
    found = find(queries.notice_pages(request.actor), number=number)
    form = News(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            said, how = form.cleaned_data, {"notice": found, "by": request.actor, "at": now(), "key": answer.key}
            if said["arrives_on"]:
                notices.replan(arrives_on=said["arrives_on"], reason=said["reason"], **how)
            else:
                happened_at = said["at"].replace(tzinfo=ZoneInfo(found.site.timezone)) if said["at"] else how["at"]
                notices.pass_milestone(milestone=said["milestone"], happened_at=happened_at, **how)
            return answer.redirect(
                reverse("receiving:notice", args=[number]), said=_("Noted, and told to whoever waits.")
            )
    return answer.form(form, "receiving/notices/page.html", _page(request, found))


@require_http_methods(["GET", "POST"])
@policy("receive_goods")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.notice_pages(request.actor), number=number)
    form = Cancel(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            notices.cancel(notice=found, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            to = reverse("receiving:notice", args=[number])
            return answer.redirect(to, said=_("The ship notice is cancelled; the goods are expected as before."))
    return answer.form(form, "receiving/notices/cancel.html", {"notice": found})
