"""What receiving shows on the pages of the floors below."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from foundation.documents.models import Recorded
from foundation.journal.related import beside
from foundation.panels.registry import Panel, register
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.actor import Actor
from procurement.changes.lifecycle import UNDECIDED
from procurement.changes.models import ChangeRequest
from receiving.arrivals import docking
from receiving.notices import queries as notices
from receiving.receipts import queries as receipts

register(Panel("order", _("Ship notices"), "receiving:order-notices", "see_receipt", order=30))
register(Panel("order", _("Receipts"), "receiving:order-receipts", "see_receipt", order=40))
register(Panel("change", _("At the dock"), "receiving:change-dock", "see_receipt", order=20))
register(Panel("request", _("Received"), "receiving:requisition-receipts", "see_receipt", order=40))


@beside("procurement.purchaseorder")
def trucks(order: Recorded, actor: Actor) -> list[str]:
    """What happens to the trucks with its goods stands on an order's timeline."""
    return notices.subjects_of(order.pk, actor)


@require_GET
@policy("see_receipt")
def order_receipts(request: HttpRequest, number: str) -> HttpResponse:
    context = {"receipts": receipts.of_order(number, request.actor)}
    return render(request, "receiving/panels/receipts.html", context)


@require_GET
@policy("see_receipt")
def order_notices(request: HttpRequest, number: str) -> HttpResponse:
    context = {"notices": notices.of_order(number, request.actor)}
    return render(request, "receiving/panels/notices.html", context)


@require_GET
@policy("see_receipt")
def requisition_receipts(request: HttpRequest, number: str) -> HttpResponse:
    context = {"receipts": receipts.of_requisition(number, request.actor)}
    return render(request, "receiving/panels/receipts.html", context)


@require_GET
@policy("see_receipt")
def change_dock(request: HttpRequest, number: str) -> HttpResponse:
    """What a change that nobody has decided does to the days at the dock."""
    rows = ChangeRequest.objects.visible_to(request.actor, "see_receipt").select_related("order")
    change = find(rows, number=number)
    days = docking.days(change, at=now()) if change.status in UNDECIDED else []
    return render(request, "receiving/panels/docking.html", {"days": days})
