"""Suppliers announce what is on the truck, and see what became of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.screens import areas, lists
from foundation.screens.answers import answering
from foundation.screens.areas import Area
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import is_partial
from organization.sites.queries import today
from procurement.orders import portal_queries as orders
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder
from procurement.orders.portal_list import rows_of
from receiving.notices import portal_forms
from receiving.notices.lifecycle import NoticeState
from receiving.notices.models import ShipNotice, ShipNoticeLine
from receiving.notices.portal_forms import Load, Truck
from suppliers import portal_lists
from suppliers.portal import Todo, todo
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind

PAGE = "portal/notices/ship.html"
UNDERWAY = (NoticeState.ACCEPTED, NoticeState.FLAGGED, NoticeState.ARRIVED, NoticeState.RECEIVING)
NOTICE = (
    *("number", "public_id", "supplier_id", "reference", "ships_on", "arrives_on", "package_count", "flags"),
    *("status", "announced_at", "site__code", "site__name"),
)

SHIPMENTS = lists.List(
    "portal-shipments",
    title=gettext_lazy("Deliveries"),
    columns=[
        lists.Column("reference", gettext_lazy("Your delivery note"), sort="reference", kind="code"),
        lists.Column("number", gettext_lazy("Our number"), sort="number", kind="code"),
        lists.Column("site", gettext_lazy("Deliver to"), sort="site__name", value="site.name"),
        lists.Column("ships_on", gettext_lazy("Leaves"), sort="ships_on", kind="date"),
        lists.Column("arrives_on", gettext_lazy("Arrives"), sort="arrives_on", kind="date"),
        lists.Column("package_count", gettext_lazy("Packages"), sort="package_count", kind="number"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("remarks", gettext_lazy("Remarks"), value=lambda notice: remarks(notice)),
    ],
    filters=[
        lists.Search(["reference", "number", "site__name"]),
        lists.Flag("underway", gettext_lazy("On the way"), lambda rows, _actor: rows.filter(status__in=UNDERWAY)),
    ],
    views=[
        lists.View(
            "underway",
            gettext_lazy("On the way"),
            {"underway": "1", "sort": "arrives_on"},
            empty=gettext_lazy("Nothing is on its way. Open a confirmed order and press “Ship”."),
        ),
        lists.View("all", gettext_lazy("All")),
    ],
    counted=ngettext_lazy("%(shown)s delivery", "%(shown)s deliveries", "count"),
    empty=gettext_lazy("No deliveries yet. Open an order and press “Ship”."),
)


@require_GET
@policy(policy.SUPPLIER)
def shipments(request: HttpRequest) -> HttpResponse:
    rows = ShipNotice.objects.visible_to(request.actor).select_related("site").only(*NOTICE)
    return portal_lists.answer(request, SHIPMENTS, rows)


@require_http_methods(["GET", "POST"])
@policy(policy.SUPPLIER)
def ship(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Announce a delivery of one order: prefilled with all that is still to come."""
    order = find(orders.orders_of(request.actor), public_id=public_id)
    loads = portal_forms.fresh(orders.lines_of(order), announced(order))
    if request.method == "GET":
        return page(request, order, Truck(initial=dates(order, loads)), loads)
    form, loads = Truck(request.POST), portal_forms.read(loads, request.POST)
    if lot := request.POST.get("another"):
        portal_forms.another(loads, lot)
        return page(request, order, Truck(initial=request.POST.dict()), loads)
    wrong = portal_forms.objections(loads)
    if order.status != OrderState.ISSUED:
        wrong = [("lines", _("This order is not open any more, so nothing can be announced for it."))]
    if not form.is_valid() or wrong:
        return page(request, order, form, loads, wrong=wrong, status=422)
    with answering(request) as said:
        sent = submissions.submit(
            supplier_id=order.supplier_id,
            kind=SubmissionKind.SHIP_NOTICE,
            about=order.public_id,
            body=body(form.cleaned_data, loads),
            by=request.actor,
            key=said.key,
        )
    return said.redirect(lambda: reverse("portal:sent", args=[sent.public_id]))


def page(
    request: HttpRequest, order: PurchaseOrder, form: Truck, loads: list[Load], *, wrong: Any = (), status: int = 200
) -> HttpResponse:
    context = {"order": order, "form": form, "loads": loads, "wrong": wrong}
    return render(request, f"{PAGE}#form" if is_partial(request) else PAGE, context, status=status)


def body(said: dict[str, Any], loads: list[Load]) -> dict[str, Any]:
    """The body of a ship notice (receiving.submissions reads it)."""
    dates = {name: said[name].isoformat() for name in ("ships_on", "arrives_on")}
    rest = {name: said[name] for name in ("reference", "carrier", "tracking", "packages")}
    return {**rest, **dates, "lines": [row for load in loads for row in load.body()]}


def announced(order: PurchaseOrder) -> dict[int, Decimal]:
    """Order line -> what of it is on its way already, in base units."""
    rows = ShipNoticeLine.objects.everywhere(because=orders.BECAUSE).filter(
        order_line__order=order, notice__status__in=UNDERWAY
    )
    sums = rows.order_by().values("order_line_id").annotate(coming=Sum(F("quantity") - F("received")))
    return {row["order_line_id"]: row["coming"] for row in sums}


def dates(order: PurchaseOrder, loads: list[Load]) -> dict[str, Any]:
    """Today, and the first day that was promised or wanted."""
    leaves = today(order.site, now())
    due = min((load.line.promised_on or load.line.need_by for load in loads), default=leaves)
    return {"ships_on": leaves, "arrives_on": max(due, leaves + timedelta(days=1))}


def remarks(notice: ShipNotice) -> str:
    return " ".join(flag["sentence"] for flag in notice.flags)


areas.register(Area("portal-shipments", gettext_lazy("Deliveries"), "portal:shipments", order=20, icon="truck"))
todo(
    Todo(
        key="to-ship",
        label=gettext_lazy("To ship"),
        url=lambda: f"{reverse('portal:orders')}?view=confirmed&answered=1&sort=need_by",
        rows=rows_of(orders.to_ship, gettext_lazy("To ship"), "info"),
        count=lambda actor: orders.to_ship(orders.orders_of(actor)).count(),
        empty=gettext_lazy("Nothing is ready to ship. Confirm an order first."),
        order=30,
    )
)
