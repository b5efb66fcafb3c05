"""Suppliers send invoices made from an order in two presses."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from finance.invoices import portal_forms, portal_queries
from finance.invoices.portal_forms import Header, OrderLine, Row
from foundation.screens.answers import answering
from foundation.screens.requests import is_partial
from foundation.values.actor import Actor
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind

PAGE = "portal/invoices/bill.html"


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
    sums = portal_forms.sums((row.amount for row in rows), percent, order.currency)
    is_early = all(row.commitment.received <= row.commitment.billed for row in rows)
    context = {"order": order, "form": form, "rows": rows, "sums": sums, "wrong": wrong, "is_early": is_early}
    return render(request, f"{PAGE}#sums" if is_partial(request) else PAGE, context, status=status)


def body(order: Order, said: dict[str, Any], rows: list[Row], percent: Decimal) -> dict[str, Any]:
    """The body of an invoice (finance.submissions reads it)."""
    sums = portal_forms.sums((row.amount for row in rows), percent, order.currency)
    lines = [row.body(percent) for row in rows if row.is_charged]
    return portal_forms.body(said, sums, order=order.number, currency=order.currency, lines=lines)
