"""Suppliers announce what is on the truck, print its labels, say how far it has come, and see what became of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import is_partial
from foundation.values.portal_roles import PortalRole
from organization.parties.models import Party
from organization.sites.queries import today
from procurement.orders import portal_queries as orders
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrder
from receiving.notices import barcodes, checking, labels, loads, portal_drafts, portal_forms, portal_plan, zpl
from receiving.notices import portal_queries as queries
from receiving.notices.lifecycle import UNDERWAY
from receiving.notices.models import ShipNotice
from receiving.notices.news import News
from receiving.notices.portal_forms import MADE, NO_LABELS, Load, Truck
from receiving.notices.portal_list import SHIPMENTS
from receiving.notices.portal_plan import Packing, Plan
from receiving.notices.rules import why_no_sscc
from suppliers import portal_lists
from suppliers.disputes import queries as disputes
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind

PAGE = "portal/notices/ship.html"
SHIPMENT = "portal/notices/shipment.html"
DRAFT, SHOW, EQUALLY, LAST, OVER = "draft", "show", "equally", "last", "over"
"""What a button of the form does besides sending it."""


@require_GET
@policy(PortalRole.SHIPPING)
def shipments(request: HttpRequest) -> HttpResponse:
    return portal_lists.answer(request, SHIPMENTS, queries.shipments_of(request.actor))


@require_http_methods(["GET", "POST"])
@policy(PortalRole.SHIPPING)
def ship(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Announce a truck: prefilled with all that is still to come, as it was left when somebody was at it before."""
    order = find(orders.orders_of(request.actor), public_id=public_id)
    if request.POST.get("do") == OVER:
        portal_drafts.drop(order, request.actor)
        return redirect("portal:order-ship", public_id=public_id)
    draft = queries.draft_of(order, request.actor) if request.method == "GET" else None
    data = request.POST if request.method == "POST" else QueryDict(draft.typed) if draft else None
    sheet = Sheet(request, order, data)
    if request.method == "GET":
        return sheet.page(draft=draft)
    if not sheet.is_sent:
        portal_drafts.keep(order, request.actor, request.POST, at=now())
        return render(request, f"{PAGE}#kept", {"at": now()}) if sheet.step == DRAFT else sheet.page()
    form, wrong = Truck(request.POST), sheet.objections()
    if not form.is_valid() or wrong:
        portal_drafts.keep(order, request.actor, request.POST, at=now())
        return sheet.page(form, wrong=wrong, status=422)
    with answering(request) as said:
        sent = submissions.submit(
            supplier_id=order.supplier_id,
            kind=SubmissionKind.SHIP_NOTICE,
            about=order.public_id,
            body=sheet.plan.body(form.cleaned_data),
            by=request.actor,
            key=said.key,
        )
        portal_drafts.drop(order, request.actor)
    return said.redirect(lambda: reverse("portal:sent", args=[sent.public_id]))


class Sheet:
    """The page on which a truck is packed: what was typed over what is prefilled."""

    def __init__(self, request: HttpRequest, order: PurchaseOrder, data: QueryDict | None) -> None:
        self.request, self.order = request, order
        self.step = request.POST.get("do", "")
        offered = queries.may_join(order, request.actor)
        joined = set(data.getlist("with")) | {request.POST.get("join", "")} if data else set()
        joined -= {request.POST.get("leave", "")}
        self.joined = [one for one in offered if str(one.public_id) in joined]
        self.offered = [one for one in offered if one not in self.joined]
        loaded = [order, *self.joined]
        lines, announced = queries.lines_of(loaded), queries.announced(loaded)
        self.loads: list[Load] = portal_forms.fresh(lines, announced, order, data or ())
        self.last = queries.last_truck(order, request.actor)
        self.prefix = queries.prefix_of(order)
        self.typed: dict[str, Any] = data.dict() if data else self._usual()
        if data:
            portal_forms.read(self.loads, data)
        self._steps()
        self.plan: Plan = portal_plan.plan(self.loads, Packing.read(self.typed), has_prefix=bool(self.prefix))

    @property
    def is_sent(self) -> bool:
        return not any(self.request.POST.get(name) for name in ("do", "another", "join", "leave"))

    def _steps(self) -> None:
        """What the button that was pressed changes."""
        if another := self.request.POST.get("another"):
            portal_forms.another(self.loads, another)
        if self.step in (EQUALLY, LAST):
            stood = dict(self.last.on) if self.step == LAST else {}
            self.typed["packages"] = self.last.units if self.step == LAST else self.typed.get("packages")
            for load in self.loads:
                for lot in load.lots:
                    lot.on = stood.get(load.line.item.sku if load.line.item else "", "")

    def _usual(self) -> dict[str, Any]:
        """Today, the first day that was promised or wanted, and what the last truck was like."""
        leaves = today(self.order.site, now())
        due = min((load.line.promised_on or load.line.need_by for load in self.loads), default=leaves)
        return {
            "ships_on": leaves,
            "arrives_on": max(due, leaves + timedelta(days=1)),
            "carrier": self.last.carrier,
            "package": self.last.package,
            "packages": 1,
            "labels": MADE if self.prefix or self.last.prefix else NO_LABELS,
            "sscc_prefix": self.last.prefix,
        }

    def objections(self) -> list[tuple[str, str]]:
        if self.order.status != OrderState.ISSUED:
            return [("lines", _("This order is not open any more, so nothing can be announced for it."))]
        return portal_forms.objections(self.loads) or self.plan.wrong

    def page(self, form: Truck | None = None, *, wrong: Any = (), status: int = 200, draft: Any = None) -> HttpResponse:
        form = form or Truck(initial=self.typed)
        context = {
            "order": self.order,
            "form": form,
            "loads": self.loads,
            "plan": self.plan,
            "wrong": wrong or (self.plan.wrong if self.step in (SHOW, EQUALLY, LAST) else []),
            "warnings": self.plan.warnings(_day(self.typed.get("arrives_on"))),
            "joined": self.joined,
            "offered": self.offered,
            "last": self.last,
            "has_own": self.plan.packing.labels == portal_forms.OWN,
            "draft": draft,
        }
        template = f"{PAGE}#form" if is_partial(self.request) else PAGE
        return render(self.request, template, context, status=status)


def _day(value: Any) -> date | None:
    """A day that may be half typed."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


@require_GET
@policy(PortalRole.SHIPPING)
def shipment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One truck: its pallets and labels, how far it has come, and what may still be said about it."""
    notice = find(queries.shipments_of(request.actor), public_id=public_id)
    return _shipment(request, notice)


def _shipment(request: HttpRequest, notice: ShipNotice, form: News | None = None, *, status: int = 200) -> HttpResponse:
    context = {
        "notice": notice,
        "remarks": checking.sentences(notice.flags),
        "disputes": disputes.open_about(request.actor, notice_public_id=notice.public_id),  # type: ignore[attr-defined]
        "loads": loads.loads_of(notice),
        "way": loads.way_of(notice),
        "orders": queries.orders_on(notice),
        "is_underway": notice.status in UNDERWAY,
        "sizes": labels.SIZES,
        "scan": _scanned(request, notice),
        "news": form or News(initial={"arrives_on": notice.arrives_on}),
    }
    return render(request, SHIPMENT, context, status=status)


def _scanned(request: HttpRequest, notice: ShipNotice) -> dict[str, Any] | None:
    """What a label said when it was scanned to prove that it reads."""
    text = request.GET.get("scan", "").replace("\x00", "").strip()[:200]
    if not text:
        return None
    code = barcodes.read(text)
    sscc = code.sscc or barcodes.bare_sscc(text)
    unit = queries.unit_with(notice, sscc)
    return {"text": text, "code": code, "unit": unit, "wrong": "" if unit or code.gtin else why_no_sscc(sscc)}


@require_GET
@policy(PortalRole.SHIPPING)
def shipment_labels(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Every unit's label, as ``a6``, ``a5``, ``a4`` (four on a sheet) or ``zpl``."""
    notice = find(queries.shipments_of(request.actor), public_id=public_id)
    if kind not in labels.SIZES and kind != "zpl":
        raise BadRequest(_("Labels come as a6, a5, a4 or zpl."))
    sender = Party.objects.only("name").get(pk=notice.supplier_id).name
    if kind == "zpl":
        response = HttpResponse(zpl.write(notice, sender), content_type="application/zpl; charset=utf-8")
    else:
        response = HttpResponse(labels.pdf(notice, sender, size=kind), content_type="application/pdf")
    name = f"{notice.number}-labels.{'zpl' if kind == 'zpl' else 'pdf'}"
    how = "attachment" if kind == "zpl" else "inline"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    return response


@require_POST
@policy(PortalRole.SHIPPING)
def shipment_news(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A milestone, another day of arrival, or that the truck does not come."""
    notice = find(queries.shipments_of(request.actor), public_id=public_id)
    form = News(request.POST)
    if not form.is_valid():
        return _shipment(request, notice, form, status=422)
    said = {name: value for name, value in form.cleaned_data.items() if value}
    body = {"shipment": str(notice.public_id), **said}
    for name in ("at", "arrives_on"):
        if name in said:
            body[name] = said[name].replace(tzinfo=None).isoformat() if name == "at" else said[name].isoformat()
    with answering(request) as answer:
        sent = submissions.submit(
            supplier_id=notice.supplier_id,
            kind=SubmissionKind.NOTICE_UPDATE,
            about=queries.orders_on(notice)[0].public_id,
            body=body,
            by=request.actor,
            key=answer.key,
        )
    return answer.redirect(lambda: reverse("portal:sent", args=[sent.public_id]))
