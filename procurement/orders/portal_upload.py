"""Many orders answered by a spreadsheet: away with the lines, back with the answers, one look, one press."""

from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.files.tables import Unreadable
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.lists import exports, state
from foundation.screens.policy import policy
from foundation.values.actor import Actor
from foundation.values.portal_roles import PortalRole
from procurement.orders import portal, portal_bulk, portal_sheet
from procurement.orders import portal_queries as queries
from procurement.orders.models import PurchaseOrder
from procurement.orders.portal_list import ORDERS
from procurement.orders.portal_sheet import Sheet

PAGE = "portal/orders/upload.html"


class Upload(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The file with your answers"),
        help_text=gettext_lazy("The one you downloaded here, as XLSX or CSV."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


@require_GET
@policy(PortalRole.ORDERS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The lines of all orders that the list shows, as a file to type into."""
    here = state.read(ORDERS, request.GET)
    orders = list(here.narrow(queries.order_pages(request.actor), request.actor)[: portal_bulk.MOST + 1])
    if len(orders) > portal_bulk.MOST:
        raise BadRequest(_("At most %(n)s orders in one file. Narrow the list first.") % {"n": portal_bulk.MOST})
    return file(orders, kind, name=f"lines-{localdate().isoformat()}")


@require_GET
@policy(PortalRole.ORDERS)
def download_one(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    order = find(queries.order_pages(request.actor), public_id=public_id)
    return file([order], kind, name=order.number)


def file(orders: list[PurchaseOrder], kind: str, *, name: str) -> HttpResponse:
    return attached(portal_sheet.written(portal_bulk.lines_of(orders), kind), kind, name)


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, exports.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


@require_http_methods(["GET", "POST"])
@policy(PortalRole.ORDERS)
def upload(request: HttpRequest) -> HttpResponse:
    """Read the file and show what it says. Nothing is sent yet."""
    form = Upload(request.POST or None, request.FILES or None)
    if not form.is_bound:
        return render(request, PAGE, {"form": form})
    if form.is_valid():
        given = form.cleaned_data["file"]
        try:
            rows = portal_sheet.rows_of(given.name, given.read())
        except Unreadable as no:
            form.add_error("file", no.reasons[0])
        else:
            return render(request, PAGE, {"form": Upload(), "sheet": understood(request.actor, rows)})
    return render(request, PAGE, {"form": form}, status=422)


@require_POST
@policy(PortalRole.ORDERS)
def send(request: HttpRequest) -> HttpResponse:
    """What was shown, one submission an order. If the buyer changed something since, it is shown again."""
    rows = portal_sheet.kept(request.POST.get("rows", ""))
    sheet = understood(request.actor, rows)
    if sheet.set_aside or not sheet.grids:
        return render(request, PAGE, {"form": Upload(), "sheet": sheet, "is_stale": True}, status=409)
    with answering(request) as said, transaction.atomic():
        for order, body in sheet.bodies:
            portal.submit(request, order, body, key=f"{said.key}:{order.pk}")
    return said.redirect(reverse("portal:sent-together", args=[said.key]))


@require_POST
@policy(PortalRole.ORDERS)
def put_right(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows that were set aside, with their reasons."""
    rows = portal_sheet.kept(request.POST.get("rows", ""))
    return attached(portal_sheet.to_put_right(rows, kind), kind, "to-put-right")


def understood(actor: Actor, rows: list[portal_sheet.Row]) -> Sheet:
    """The rows beside the orders they name. Another supplier's order and one that never was are the same."""
    named = {row.key[0] for row in rows if row.key}
    orders = list(queries.order_pages(actor).filter(public_id__in=named))
    known = {order.public_id: (order, lines) for order, lines in portal_bulk.lines_of(orders)}
    return portal_sheet.understood(rows, known, now())
