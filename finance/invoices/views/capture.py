"""Capturing an invoice: which orders it bills, then its lines, prefilled from what was received and not billed."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from finance.invoices import actions as invoices
from finance.invoices import queries
from finance.invoices.actions import Charged
from finance.invoices.forms import CaptureInvoice, InvoiceLines, WhichOrders
from finance.invoices.models import Invoice
from finance.invoices.queries import Billable
from foundation.files import actions as files
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.exact import half_up, percent_of, typed
from foundation.values.money import line_amount, minor_unit
from suppliers.suppliers.models import Supplier

BLANK_LINES = 3


@require_GET
@policy("capture_invoice")
def which(request: HttpRequest) -> HttpResponse:
    """The first step: orders with goods that nobody billed, or a number typed from paper."""
    form = WhichOrders(request.GET or None)
    if form.is_valid() and (form.cleaned_data["orders"] or form.cleaned_data["supplier"]):
        supplier = _supplier(request, form.cleaned_data)
        if supplier is not None:
            typed = ",".join(form.cleaned_data["orders"])
            return _second_step(request, supplier, typed)
        form.add_error(None, _("There is no such order or supplier here. Look at the number again."))
    context = {"form": form, "ready": queries.ready_to_bill(request.actor)}
    return render(request, "finance/invoices/which.html", context, status=422 if form.errors else 200)


def _supplier(request: HttpRequest, given: dict[str, Any]) -> Supplier | None:
    if given["orders"]:
        first = next(iter(queries.billable(request.actor, given["orders"])), None)
        return first.commitment.supplier if first else None
    return Supplier.objects.select_related("party").filter(number__iexact=given["supplier"].strip()).first()


def _second_step(request: HttpRequest, supplier: Supplier, orders: str) -> HttpResponse:
    lines = queries.billable(request.actor, orders.split(",") if orders else [])
    known = {line.commitment.entity_id for line in lines}
    initial = {"currency": lines[0].commitment.currency if lines else supplier.currency}
    if len(known) == 1:
        initial["entity"] = known.pop()
    context = {
        "form": CaptureInvoice(initial=initial),
        "lines": InvoiceLines(initial=_prefilled(supplier, lines) + [{}] * (0 if lines else BLANK_LINES)),
        "supplier": supplier,
        "nothing_received": bool(lines) and not any(line.quantity for line in lines),
    }
    return render(request, "finance/invoices/capture.html", context)


def _prefilled(supplier: Supplier, lines: list[Billable]) -> list[dict[str, Any]]:
    tax = _usual_tax(supplier)
    return [
        {
            "order_number": line.commitment.order_number,
            "line_number": line.commitment.line_number,
            "description": line.commitment.description,
            "quantity": typed(line.quantity),
            "price": typed(line.commitment.price),
            "tax_percent": typed(tax),
        }
        for line in lines
        if line.quantity or len(lines) == 1
    ]


def _usual_tax(supplier: Supplier) -> Decimal:
    """What the supplier's last invoice charged."""
    last = Invoice.objects.everywhere(because="a rate, not an invoice, is shown").filter(supplier=supplier)
    percent = last.order_by("-id").values_list("lines__tax_percent", flat=True).first()
    return percent if percent is not None else Decimal(0)


@require_http_methods(["POST"])
@policy("capture_invoice")
def capture(request: HttpRequest, supplier: str) -> HttpResponse:
    """The second step. The file is kept about the invoice once there is one."""
    seller = find(Supplier.objects.select_related("party"), number=supplier)
    form, lines = CaptureInvoice(request.POST, request.FILES), InvoiceLines(request.POST)
    with answering(request) as answer:
        if form.is_valid() and lines.is_valid():
            given = form.cleaned_data
            charged = _charged(lines.cleaned_data, given["currency"])
            upload = given.pop("file")
            made = invoices.capture(
                supplier=seller,
                charged=charged,
                by=request.actor,
                at=now(),
                key=answer.key,
                **_completed(given, charged, seller),
            )
            if upload and not made.file_id:
                files.store(upload=upload, about=made.subject, by=request.actor, at=now())
            said = _("Captured as %(number)s: %(state)s.") % {
                "number": made.number,
                "state": made.get_status_display().lower(),
            }
            return answer.redirect(reverse("finance:invoice", args=[made.number]), said=said)
    return answer.form(form, "finance/invoices/capture.html", {"lines": lines, "supplier": seller})


def _charged(rows: list[dict[str, Any]], currency: str) -> list[Charged]:
    return [
        Charged(
            description=row["description"] or row["order_number"] or _("Line"),
            quantity=row["quantity"],
            price=row["price"],
            amount=row["amount"]
            if row["amount"] is not None
            else line_amount(row["quantity"], row["price"], currency).amount,
            order_number=row["order_number"],
            line_number=row["line_number"],
            tax_percent=row["tax_percent"] or Decimal(0),
        )
        for row in rows
        if row.get("quantity") is not None
    ]


def _completed(given: dict[str, Any], charged: list[Charged], supplier: Supplier) -> dict[str, Any]:
    """Sums that were left empty are computed, the due date follows the terms."""
    places = minor_unit(given["currency"])
    if given["tax_amount"] is None:
        given["tax_amount"] = sum((half_up(percent_of(x.amount, x.tax_percent), places) for x in charged), Decimal(0))
    if given["total_amount"] is None:
        given["total_amount"] = sum((x.amount for x in charged), given["tax_amount"])
    given["due_on"] = given["due_on"] or queries.due_on(supplier.payment_terms, given["invoiced_on"])
    return given
