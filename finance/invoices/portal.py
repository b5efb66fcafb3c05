"""Suppliers send invoices made from an order, or from several of one company, in two presses."""

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
    lines: Sequence[OrderLine]


def bill(request: HttpRequest, orders: Sequence[Order]) -> HttpResponse:
    """The invoice of orders of one company in one currency, filled in from what arrived.

    It is shown until its header is sent, and then submitted about the first of them.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = [row for place, order in enumerate(orders, start=1) for row in _rows(actor, order, place, len(orders))]
    percent = portal_queries.last_tax(actor)
    if "number" not in request.POST:
        initial = {"date": localdate(), "tax_percent": "" if percent is None else portal_forms.typed(percent)}
        return page(request, orders, Header(initial=initial, today=localdate()), rows, percent or Decimal(0))
    form, rows = Header(request.POST, today=localdate()), portal_forms.read(rows, request.POST)
    wrong, is_readable = portal_forms.objections(rows), form.is_valid()
    percent = form.cleaned_data.get("tax_percent", Decimal(0))
    if "check" in request.POST or is_partial(request):
        return page(request, orders, form, rows, percent)
    if wrong or not is_readable:
        return page(request, orders, form, rows, percent, wrong=wrong, status=422)
    with answering(request) as said:
        sent = submissions.submit(
            supplier_id=orders[0].supplier_id,
            kind=SubmissionKind.INVOICE,
            about=orders[0].public_id,
            body=body(orders[0], form.cleaned_data, rows, percent),
            by=actor,
            key=said.key,
        )
    return said.redirect(lambda: reverse("portal:sent", args=[sent.public_id]))


def _rows(actor: Actor, order: Order, place: int, count: int) -> list[Row]:
    before = f"{place}-" if count > 1 else ""
    return portal_forms.fresh(order.lines, portal_queries.bound_by(actor, order.number), before=before)


def page(
    request: HttpRequest,
    orders: Sequence[Order],
    form: Header,
    rows: list[Row],
    percent: Decimal,
    *,
    wrong: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    sums = portal_forms.sums((row.amount for row in rows), percent, orders[0].currency)
    is_early = all(row.commitment.received <= row.commitment.billed for row in rows)
    context = {"orders": orders, "form": form, "rows": rows, "sums": sums, "wrong": wrong, "is_early": is_early}
    context |= {"order": orders[0], "here": request.path}
    return render(request, f"{PAGE}#sums" if is_partial(request) else PAGE, context, status=status)


def body(first: Order, said: dict[str, Any], rows: list[Row], percent: Decimal) -> dict[str, Any]:
    """The body of an invoice (finance.submissions reads it)."""
    sums = portal_forms.sums((row.amount for row in rows), percent, first.currency)
    lines = [row.body(percent) for row in rows if row.is_charged]
    return portal_forms.body(said, sums, order=first.number, currency=first.currency, lines=lines)
