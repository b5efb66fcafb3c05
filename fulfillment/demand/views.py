"""Customer orders and what they wait for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.journal.queries import timeline
from foundation.screens import lists, shown
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from fulfillment.demand import actions as demand
from fulfillment.demand import forms, queries
from fulfillment.demand.lifecycle import DemandState
from fulfillment.demand.models import DemandLine
from organization.sites.models import Site
from receiving import places

DEMAND = lists.List(
    "demand",
    title=gettext_lazy("Customer orders"),
    columns=[
        lists.Column("number", gettext_lazy("Order"), sort="number", kind="code"),
        lists.Column("customer", gettext_lazy("Customer"), sort="customer__party__name", value="customer.party.name"),
        lists.Column("reference", gettext_lazy("Their number"), kind="code"),
        lists.Column("site", gettext_lazy("Site"), sort="site__code", kind="code", value="site.code"),
        lists.Column("promised_on", gettext_lazy("Promised"), sort="promised_on", kind="date"),
        lists.Column("priority", gettext_lazy("Priority"), sort="priority", kind="number"),
        lists.Column("lines_count", gettext_lazy("Lines"), sort="lines_count", kind="number"),
        lists.Column("short_count", gettext_lazy("Lines short"), sort="short_count", kind="number", is_brief=True),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("ordered_at", gettext_lazy("Ordered"), sort="ordered_at", kind="instant", is_default=False),
    ],
    filters=[
        lists.Search(["number", "reference", "customer__party__name"]),
        lists.Choice("status", gettext_lazy("State"), DemandState.choices),
        lists.ModelChoice("site", gettext_lazy("Site"), lambda actor: Site.objects.order_by("code")),
        lists.DateRange("promised_on", gettext_lazy("Promised")),
        lists.Flag("short", gettext_lazy("Short"), lambda rows, _actor: rows.filter(short_count__gt=0)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("open", gettext_lazy("Open"), {"status": ["released", "partly_shipped"], "sort": "promised_on"}),
        lists.View(
            "short",
            gettext_lazy("Short"),
            {"short": "1", "sort": "promised_on"},
            empty=gettext_lazy("No customer order is short."),
        ),
    ],
    url=lambda order: reverse("fulfillment:order", args=[order.number]),
    counted=ngettext_lazy("%(shown)s customer order", "%(shown)s customer orders", "count"),
    empty=gettext_lazy("No customer orders yet. Enter one, or let them come from the ERP."),
)


def _next_supply(line: DemandLine) -> object:
    if not line.next_on:
        return shown.badge("bad", _("Nothing on its way"))
    tone, word = ("ok", _("confirmed")) if line.next_is_sure else ("wait", _("not confirmed"))
    return format_html("{} {} {}", shown.day(line.next_on), line.next_number, shown.badge(tone, word))


BACKORDERS = lists.List(
    "backorders",
    title=gettext_lazy("Backorders"),
    columns=[
        lists.Column("order", gettext_lazy("Order"), sort="order__number", kind="code", value="order.number"),
        lists.Column("customer", gettext_lazy("Customer"), value="order.customer.party.name"),
        lists.Column("sku", gettext_lazy("Item"), sort="item__sku", kind="code", value="item.sku"),
        lists.Column("missing", gettext_lazy("Missing"), sort="missing", kind="quantity", unit="item.base_unit.code"),
        lists.Column(
            "promised", gettext_lazy("Promised"), sort="order__promised_on", kind="date", value="order.promised_on"
        ),
        lists.Column("backordered_at", gettext_lazy("Since"), sort="backordered_at", kind="date"),
        lists.Column("why", gettext_lazy("Why"), is_clipped=True),
        lists.Column("next", gettext_lazy("Next supply"), sort="next_on", value=_next_supply, is_brief=True),
        lists.Column("free", gettext_lazy("Free here"), kind="quantity", unit="item.base_unit.code"),
        lists.Column("site", gettext_lazy("Site"), kind="code", value="order.site.code", is_default=False),
        lists.Column("priority", gettext_lazy("Priority"), kind="number", value="order.priority", is_default=False),
    ],
    filters=[
        lists.Search(["order__number", "item__sku", "order__customer__party__name"]),
        lists.ModelChoice(
            "site", gettext_lazy("Site"), lambda actor: Site.objects.order_by("code"), field="order__site"
        ),
        lists.Flag("fillable", gettext_lazy("Free goods here"), lambda rows, _actor: rows.filter(free__gt=0)),
        lists.Flag("blank", gettext_lazy("Nothing on its way"), lambda rows, _actor: rows.filter(next_on=None)),
    ],
    views=[
        lists.View("all", gettext_lazy("All"), {"sort": "promised"}),
        lists.View(
            "fillable",
            gettext_lazy("Can be filled"),
            {"fillable": "1"},
            empty=gettext_lazy("No backorder can be filled from what is free now."),
        ),
        lists.View("blank", gettext_lazy("Nothing on its way"), {"blank": "1"}),
    ],
    default_sort="promised",
    url=lambda line: reverse("fulfillment:order", args=[line.order.number]),
    counted=ngettext_lazy("%(shown)s backorder", "%(shown)s backorders", "count"),
    empty=gettext_lazy("No backorders: every customer line has its goods."),
)


@require_GET
@policy("see_demand")
def order_list(request: HttpRequest) -> HttpResponse:
    rows = queries.order_rows(request.actor)
    return lists.answer(request, DEMAND, rows, template="fulfillment/demand/list.html")


@require_GET
@policy("see_demand")
def backorders(request: HttpRequest) -> HttpResponse:
    rows = queries.backorder_rows(request.actor)
    return lists.answer(request, BACKORDERS, rows, template="fulfillment/demand/backorders.html")


@require_GET
@policy("see_demand")
def order(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.order_pages(request.actor), number=number)
    lines = queries.lines_of(found)
    context = {
        "order": found,
        "lines": lines,
        "is_ready": any(line.allocated for line in lines),
        "shipments": list(found.shipments.everywhere(because="of the order in hand").order_by("pk")),
        "entries": timeline([found.subject]),
    }
    return render(request, "fulfillment/demand/page.html", context)


@require_http_methods(["GET", "POST"])
@policy("edit_demand")
def take(request: HttpRequest) -> HttpResponse:
    sites = places.sites_of(request.actor, "edit_demand")
    form = forms.TakeOrder(request.POST or None, sites=sites)
    lines = forms.OrderLines(request.POST or None, prefix="lines")
    with answering(request) as answer:
        if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
            said = {**form.cleaned_data, "ships_complete": form.cleaned_data["ships_complete"] or None}
            made = demand.take(ordered=lines.ordered(), by=request.actor, at=now(), key=answer.key, **said)
            to = reverse("fulfillment:order", args=[made.number])
            return answer.redirect(to, said=_("The order is taken; goods are promised to it now."))
    return answer.form(form, "fulfillment/demand/new.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@policy("edit_demand")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.order_pages(request.actor), number=number)
    form = forms.Cancel(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            demand.cancel(order=found, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            to = reverse("fulfillment:order", args=[number])
            return answer.redirect(to, said=_("The order is cancelled; what was promised to it serves others."))
    return answer.form(form, "fulfillment/demand/cancel.html", {"order": found})
