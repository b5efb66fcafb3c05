"""Arrivals: what comes when, and the truck that stands at the door."""

from datetime import date, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET

from foundation.screens import lists
from foundation.screens.policy import policy
from organization.sites.models import Site
from receiving import places
from receiving.arrivals import queries
from receiving.arrivals.models import Expected

EXPECTED = lists.List(
    "expected",
    title=gettext_lazy("Expected goods"),
    columns=[
        lists.Column("number", gettext_lazy("Order"), sort="number", kind="code"),
        lists.Column("supplier", gettext_lazy("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("sku", gettext_lazy("Item"), sort="item__sku", kind="code", value="item.sku"),
        lists.Column("description", gettext_lazy("Description"), value="item.description", is_brief=True),
        lists.Column("expected_on", gettext_lazy("Expected"), sort="expected_on", kind="date"),
        lists.Column("quantity", gettext_lazy("To come"), sort="quantity", kind="quantity", unit="item.base_unit.code"),
        lists.Column("announced", gettext_lazy("On a truck"), kind="quantity", unit="item.base_unit.code"),
        lists.Column("is_confirmed", gettext_lazy("Confirmed")),
        lists.Column("site", gettext_lazy("Site"), sort="site__code", value="site.code", kind="code"),
    ],
    filters=[
        lists.Search(["number", "supplier__party__name", "item__sku"]),
        lists.ModelChoice("site", gettext_lazy("Site"), lambda actor: Site.objects.order_by("code")),
        lists.DateRange("expected_on", gettext_lazy("Expected")),
        lists.Flag("today", gettext_lazy("Today"), lambda rows, _actor: rows.filter(expected_on=localdate())),
        lists.Flag("week", gettext_lazy("This week"), lambda rows, _actor: queries.due(rows, *_week(localdate()))),
        lists.Flag("late", gettext_lazy("Late"), lambda rows, _actor: rows.filter(expected_on__lt=localdate())),
        lists.Flag("unannounced", gettext_lazy("Not on a truck"), lambda rows, _actor: rows.filter(announced=0)),
    ],
    views=[
        lists.View("all", gettext_lazy("All"), {"sort": "expected_on"}),
        lists.View("today", gettext_lazy("Today"), {"today": "1"}, empty=gettext_lazy("Nothing is expected today.")),
        lists.View("week", gettext_lazy("This week"), {"week": "1", "sort": "expected_on"}),
        lists.View(
            "late", gettext_lazy("Late"), {"late": "1", "sort": "expected_on"}, empty=gettext_lazy("Nothing is late.")
        ),
        lists.View("unannounced", gettext_lazy("Unannounced"), {"unannounced": "1", "sort": "expected_on"}),
    ],
    default_sort="expected_on",
    url=lambda row: f"{reverse('receiving:truck')}?q={row.number}&site={row.site.code}",
    counted=ngettext_lazy("%(shown)s line to come", "%(shown)s lines to come", "count"),
    empty=gettext_lazy("Nothing is expected. Goods appear here when an order is sent to its supplier."),
)


@require_GET
@policy("see_receipt")
def arrivals(request: HttpRequest) -> HttpResponse:
    """A week of one site."""
    sites = places.sites_of(request.actor, "see_receipt")
    site = places.chosen(request, sites)
    today = places.today_at(site)
    monday = _monday(request.GET.get("week", ""), today)
    context = {
        "sites": sites,
        "site": site,
        "today": today,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - queries.WEEK,
        "after": monday + queries.WEEK,
        "days": queries.week(request.actor, site, monday, today) if site else [],
        "late": queries.late_count(request.actor, site, today) if site else 0,
    }
    return render(request, "receiving/arrivals/week.html", context)


@require_GET
@policy("see_receipt")
def expected(request: HttpRequest) -> HttpResponse:
    rows = queries.expected_rows(request.actor)
    return lists.answer(request, EXPECTED, rows, template="receiving/arrivals/expected.html", model=Expected)


@require_GET
@policy("receive_goods")
def truck(request: HttpRequest) -> HttpResponse:
    """Something stands at the door: find what it is, and start counting."""
    text = request.GET.get("q", "").strip()[:80].replace("\x00", "")
    sites = places.sites_of(request.actor, "receive_goods")
    site = places.chosen(request, sites)
    found = queries.sources_at(request.actor, site, text) if site else {"notices": [], "orders": []}
    context = {"sites": sites, "site": site, "text": text, **found}
    return render(request, "receiving/arrivals/truck.html", context)


def _week(on: date) -> tuple[date, date]:
    monday = on - timedelta(days=on.weekday())
    return monday, monday + timedelta(days=6)


def _monday(text: str, today: date) -> date:
    try:
        return _week(date.fromisoformat(text) if text else today)[0]
    except (ValueError, OverflowError):
        raise BadRequest(_("“week” is a day such as 2026-12-04.")) from None
