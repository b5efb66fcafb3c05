"""Shipments: what is to be picked, and what left."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from fulfillment.demand.models import CustomerOrder
from fulfillment.shipments import actions as shipments
from fulfillment.shipments import queries
from fulfillment.shipments.lifecycle import ShipmentState
from organization.sites.models import Site

SHIPMENTS = lists.List(
    "shipments",
    title=gettext_lazy("Shipments"),
    columns=[
        lists.Column("number", gettext_lazy("Shipment"), sort="number", kind="code"),
        lists.Column("order", gettext_lazy("Order"), sort="order__number", kind="code", value="order.number"),
        lists.Column("customer", gettext_lazy("Customer"), value="order.customer.party.name"),
        lists.Column("site", gettext_lazy("Site"), sort="site__code", kind="code", value="site.code"),
        lists.Column("lines_count", gettext_lazy("Lines"), sort="lines_count", kind="number"),
        lists.Column("created_at", gettext_lazy("Planned"), sort="created_at", kind="instant"),
        lists.Column("shipped_at", gettext_lazy("Left"), sort="shipped_at", kind="instant"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("carrier", gettext_lazy("Carrier"), is_default=False),
        lists.Column("tracking", gettext_lazy("Tracking"), kind="code", is_default=False),
    ],
    filters=[
        lists.Search(["number", "order__number", "order__customer__party__name", "tracking"]),
        lists.Choice("status", gettext_lazy("State"), ShipmentState.choices),
        lists.ModelChoice("site", gettext_lazy("Site"), lambda actor: Site.objects.order_by("code")),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View(
            "pick",
            gettext_lazy("To pick"),
            {"status": "planned", "sort": "created_at"},
            empty=gettext_lazy("Nothing waits to be picked."),
        ),
    ],
    url=lambda shipment: reverse("fulfillment:shipment", args=[shipment.number]),
    counted=ngettext_lazy("%(shown)s shipment", "%(shown)s shipments", "count"),
    empty=gettext_lazy("No shipments yet. Plan one from a customer order that has goods."),
)


class Ship(forms.Form):
    carrier = forms.CharField(label=gettext_lazy("Carrier"), max_length=80, required=False)
    tracking = forms.CharField(label=gettext_lazy("Tracking number"), max_length=80, required=False)


@require_GET
@policy("see_demand")
def shipment_list(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, SHIPMENTS, queries.shipment_rows(request.actor))


@require_POST
@policy("ship")
def plan(request: HttpRequest, number: str) -> HttpResponse:
    order = find(CustomerOrder.objects.visible_to(request.actor).select_related("site__entity"), number=number)
    made = None
    with answering(request) as answer:
        made = shipments.plan(order=order, by=request.actor, at=now(), **answer.seen)
    to = lambda: reverse("fulfillment:shipment", args=[made.number])  # noqa: E731
    return answer.redirect(to, said=_("The shipment is ready to be picked."))


@require_http_methods(["GET", "POST"])
@policy("see_demand", "ship")
def shipment(request: HttpRequest, number: str) -> HttpResponse:
    """The pick list; sending the form says that the goods left."""
    found = find(queries.shipment_rows(request.actor), number=number)
    form = Ship(request.POST or None, initial={"carrier": found.carrier, "tracking": found.tracking})
    with answering(request) as answer:
        if form.is_valid():
            shipments.ship(shipment=found, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            to = reverse("fulfillment:shipment", args=[number])
            return answer.redirect(to, said=_("Shipped: stock and the promise are settled."))
    context = {"shipment": found, "lines": queries.lines_of(found), "entries": timeline([found.subject])}
    return answer.form(form, "fulfillment/shipments/page.html", context)


@require_POST
@policy("ship")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.shipment_rows(request.actor), number=number)
    with answering(request) as answer:
        shipments.cancel(shipment=found, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("fulfillment:shipment", args=[number]), said=_("The shipment is cancelled."))
