"""Which customers are behind a document of a floor below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from foundation.panels.registry import Panel, register
from foundation.screens.finding import find
from foundation.screens.policy import policy
from fulfillment.allocations import impact
from fulfillment.demand import queries
from fulfillment.shortages import running_out
from organization.items.models import Item
from organization.sites.queries import today
from procurement.changes.lifecycle import UNDECIDED
from procurement.changes.models import ChangeRequest, Origin
from procurement.orders.models import PurchaseOrderLine
from receiving.receipts.models import Receipt

register(Panel("item", _("Demand"), "fulfillment:item-demand", "see_demand", order=30))
register(Panel("receipt", _("Customers who still wait"), "fulfillment:receipt-customers", "see_demand", order=30))
register(Panel("change", _("Customer orders at risk"), "fulfillment:change-customers", "see_demand", order=30))
register(Panel("change", _("Running out"), "fulfillment:change-outages", "see_demand", order=35))


@require_GET
@policy("see_demand")
def item_demand(request: HttpRequest, number: str) -> HttpResponse:
    item = find(Item.objects.select_related("base_unit"), sku=number)
    lines = queries.demand_for(item, request.actor)
    return render(request, "fulfillment/panels/demand.html", {"lines": lines, "item": item})


@require_GET
@policy("see_demand")
def receipt_customers(request: HttpRequest, number: str) -> HttpResponse:
    """Who waits for the items of a receipt, now that it was handed out."""
    receipt = find(Receipt.objects.visible_to(request.actor, "see_demand"), number=number)
    items = list(receipt.lines.exclude(item=None).values_list("item_id", flat=True))
    lines = queries.at_risk(items, receipt.site_id, None, request.actor)
    return render(request, "fulfillment/panels/waiting.html", {"lines": lines})


@require_GET
@policy("see_demand")
def change_customers(request: HttpRequest, number: str) -> HttpResponse:
    """Which customers a change of an order would make wait; of one that is decided, who still waits for the goods."""
    rows = ChangeRequest.objects.visible_to(request.actor, "see_demand").select_related("order")
    change = find(rows, number=number)
    if change.status in UNDECIDED:
        return render(request, "fulfillment/panels/impact.html", {"hits": impact.hits(change, request.actor)})
    everywhere = PurchaseOrderLine.objects.everywhere(because="of the order of the change in hand")
    items = list(everywhere.filter(order=change.order, item__isnull=False).values_list("item_id", flat=True))
    lines = queries.at_risk(items, change.order.site_id, None, request.actor)
    return render(request, "fulfillment/panels/waiting.html", {"lines": lines})


@require_GET
@policy("see_demand")
def change_outages(request: HttpRequest, number: str) -> HttpResponse:
    """What the site runs out of if a change is accepted, for how long, and who else has it in time."""
    rows = ChangeRequest.objects.visible_to(request.actor, "see_demand").select_related(
        "order__site", "order__supplier__party"
    )
    change = find(rows, number=number)
    found = running_out.outages(change, today=today(change.order.site, now())) if change.status in UNDECIDED else []
    order = change.order
    context = {
        "outages": found,
        "order": order,
        "site": order.site,
        "currency": order.currency,
        "supplier": order.supplier.party.name,
        "counter": change.number if change.origin == Origin.SUPPLIER else "",
    }
    return render(request, "fulfillment/panels/outages.html", context)
