"""Suppliers send invoices made from an order in two presses, and see in plain words how each stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET

from finance.invoices import portal_forms, portal_queries
from finance.invoices.lifecycle import InvoiceState
from finance.invoices.portal_forms import Header, OrderLine, Row
from foundation.screens import areas, lists
from foundation.screens.answers import answering
from foundation.screens.areas import Area
from foundation.screens.policy import policy
from foundation.screens.requests import is_partial
from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from suppliers import portal_lists
from suppliers.portal import Todo, todo
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind

PAGE = "portal/invoices/bill.html"
STUCK = (InvoiceState.VARIANCE, InvoiceState.BLOCKED)

INVOICES = lists.List(
    "portal-invoices",
    title=_("Invoices"),
    columns=[
        lists.Column("supplier_number", _("Your invoice"), sort="supplier_number", kind="code"),
        lists.Column("order", _("Order"), kind="code", value=portal_queries.orders_on),
        lists.Column("invoiced_on", _("Dated"), sort="invoiced_on", kind="date"),
        lists.Column("total_amount", _("Total"), sort="total_amount", kind="money", currency="currency"),
        lists.Column("status", _("State"), sort="status", kind="state", value=portal_queries.state),
        lists.Column("remarks", _("What is in the way"), value=portal_queries.remarks),
        lists.Column("due_on", _("Payment expected"), sort="due_on", kind="date"),
    ],
    filters=[
        lists.Search(["supplier_number", "number", "lines__order_number"]),
        lists.Flag("unpaid", _("Not released yet"), lambda rows, _actor: rows.exclude(status=InvoiceState.RELEASED)),
    ],
    views=[
        lists.View("all", _("All")),
        lists.View("unpaid", _("Not released yet"), {"unpaid": "1"}, empty=_("Every invoice of yours is released.")),
    ],
    counted=ngettext_lazy("%(shown)s invoice", "%(shown)s invoices", "count"),
    empty=_("No invoices yet. Open an order and press “Invoice”."),
)


@dataclass(frozen=True)
class Order:
    """An order as an upper floor hands it down: finance knows it by its number only."""

    number: str
    public_id: UUID
    supplier_id: int
    currency: str
    url: str
    bill_url: str
    lines: Sequence[OrderLine]


@require_GET
@policy(policy.SUPPLIER)
def invoices(request: HttpRequest) -> HttpResponse:
    return portal_lists.answer(request, INVOICES, portal_queries.invoices_of(request.actor))


def bill(request: HttpRequest, order: Order) -> HttpResponse:
    """The invoice of one order, filled in from what arrived. GET shows it, POST sends it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = portal_forms.fresh(order.lines, portal_queries.bound_by(actor, order.number))
    percent = portal_queries.last_tax(actor)
    if request.method != "POST":
        initial = {"date": localdate(), "tax_percent": "" if percent is None else portal_forms.typed(percent)}
        return page(request, order, Header(initial=initial, today=localdate()), rows, percent or Decimal(0))
    form, rows = Header(request.POST, today=localdate()), portal_forms.read(rows, request.POST)
    wrong, is_readable = portal_forms.objections(rows), form.is_valid()
    percent = form.cleaned_data.get("tax_percent", Decimal(0))
    if "check" in request.POST or is_partial(request):
        return page(request, order, form, rows, percent)
    if wrong or not is_readable:
        return page(request, order, form, rows, percent, wrong=wrong, status=422)
    with answering(request) as said:
        sent = submissions.submit(
            supplier_id=order.supplier_id,
            kind=SubmissionKind.INVOICE,
            about=order.public_id,
            body=body(order, form.cleaned_data, rows, percent),
            by=actor,
            key=said.key,
        )
    return said.redirect(lambda: reverse("portal:sent", args=[sent.public_id]))


def page(
    request: HttpRequest,
    order: Order,
    form: Header,
    rows: list[Row],
    percent: Decimal,
    *,
    wrong: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    sums = portal_forms.sums(rows, percent, order.currency)
    is_early = all(row.commitment.received <= row.commitment.billed for row in rows)
    context = {"order": order, "form": form, "rows": rows, "sums": sums, "wrong": wrong, "is_early": is_early}
    return render(request, f"{PAGE}#sums" if is_partial(request) else PAGE, context, status=status)


def body(order: Order, said: dict[str, Any], rows: list[Row], percent: Decimal) -> dict[str, Any]:
    """The body of an invoice (finance.submissions reads it)."""
    sums = portal_forms.sums(rows, percent, order.currency)
    return {
        "number": said["number"],
        "date": said["date"].isoformat(),
        "order": order.number,
        "currency": order.currency,
        "tax": portal_forms.typed(sums.tax),
        "total": portal_forms.typed(sums.total),
        "lines": [row.body(percent) for row in rows if row.is_charged],
    }


def stuck_rows(actor: Actor, limit: int) -> list[WorkRow]:
    rows = portal_queries.invoices_of(actor).filter(status__in=STUCK).order_by("invoiced_on", "pk")[:limit]
    return [
        WorkRow(
            kind="",
            icon="receipt",
            identity=row.supplier_number,
            url=f"{reverse('portal:invoices')}?view=unpaid&unpaid=1",
            why=portal_queries.state(row).label,
            tone=portal_queries.state(row).tone,
            counterparty=portal_queries.orders_on(row),
            amount=row.total_amount,
            currency=row.currency,
        )
        for row in rows
    ]


areas.register(Area("portal-invoices", _("Invoices"), "portal:invoices", order=30, icon="receipt"))
todo(
    Todo(
        key="stuck-invoices",
        label=_("Invoices that wait"),
        url=lambda: f"{reverse('portal:invoices')}?view=unpaid&unpaid=1",
        rows=stuck_rows,
        count=lambda actor: portal_queries.invoices_of(actor).filter(status__in=STUCK).count(),
        empty=_("No invoice of yours is stuck."),
        order=50,
    )
)
