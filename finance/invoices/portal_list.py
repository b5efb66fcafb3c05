"""A supplier's invoices: how each stands in plain words, what may be billed, what is still to be credited."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from finance.invoices import portal_queries as queries
from finance.invoices.lifecycle import InvoiceState
from finance.invoices.models import Invoice
from foundation.screens import areas, lists
from foundation.screens.answers import answering
from foundation.screens.areas import Area
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from suppliers import portal_lists
from suppliers.disputes.forms import Reply
from suppliers.disputes.portal import spoken
from suppliers.portal import Todo, todo
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind

PAGE = "portal/invoices/page.html"
STUCK = (InvoiceState.VARIANCE, InvoiceState.BLOCKED)
UNPAID = (*STUCK, InvoiceState.RECEIVED, InvoiceState.WAITING_RECEIPT, InvoiceState.MATCHED, InvoiceState.APPROVED)
STUCK_LIST = "view=stuck&stuck=1&sort=invoiced_on"


def dispute(invoice: Any) -> object:
    """The way to what is said about it."""
    if not invoice.dispute:
        return ""
    address = reverse("portal:dispute", args=[invoice.dispute])
    return format_html('<a href="{}">{}<span class="vh"> {}</span></a>', address, _("Dispute"), invoice)


INVOICES = lists.List(
    "portal-invoices",
    title=_("Invoices"),
    columns=[
        lists.Column("supplier_number", _("Your invoice"), sort="supplier_number", kind="code"),
        lists.Column("order", _("Order"), kind="code", value=queries.orders_on),
        lists.Column("invoiced_on", _("Dated"), sort="invoiced_on", kind="date"),
        lists.Column("total_amount", _("Total"), sort="total_amount", kind="money", currency="currency"),
        lists.Column("status", _("State"), sort="status", kind="state", value=queries.state),
        lists.Column("because", _("Why, and what is next"), value=queries.because, is_brief=True),
        lists.Column("due_on", _("Payment expected"), sort="due_on", kind="date"),
        lists.Column("dispute", _("Dispute"), value=dispute, is_brief=True),
    ],
    filters=[
        lists.Search(["supplier_number", "number", "lines__order_number"]),
        lists.Flag("stuck", _("Differs or held"), lambda rows, _actor: rows.filter(status__in=STUCK)),
        lists.Flag("unpaid", _("Not released yet"), lambda rows, _actor: rows.filter(status__in=UNPAID)),
        lists.Flag("paid", _("To be paid"), lambda rows, _actor: rows.filter(status=InvoiceState.RELEASED)),
        lists.Flag("notes", _("Credit notes"), lambda rows, _actor: rows.exclude(credits=None)),
    ],
    views=[
        lists.View("all", _("All")),
        lists.View(
            "stuck",
            _("Differs or held"),
            {"stuck": "1", "sort": "invoiced_on"},
            empty=_("No invoice of yours is held."),
        ),
        lists.View(
            "unpaid",
            _("Not released yet"),
            {"unpaid": "1", "sort": "due_on"},
            empty=_("Every invoice of yours is released."),
        ),
        lists.View("paid", _("To be paid"), {"paid": "1", "sort": "due_on"}),
        lists.View("notes", _("Credit notes"), {"notes": "1"}, empty=_("You sent no credit note.")),
    ],
    url=lambda invoice: reverse("portal:invoice", args=[invoice.public_id]),
    counted=ngettext_lazy("%(shown)s invoice", "%(shown)s invoices", "count"),
    empty=_("No invoices yet. Open what is ready to bill, or an order, and press “Invoice”."),
)


@require_GET
@policy(policy.SUPPLIER)
def invoices(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    context = {
        "ready": queries.ready_to_bill(actor).values("order_number").distinct().count(),
        "expected": queries.credits_expected(actor),
    }
    rows = queries.invoices_of(actor)
    return portal_lists.answer(request, INVOICES, rows, page="portal/invoices/list.html", **context)


@require_GET
@policy(policy.SUPPLIER)
def invoice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One invoice: billed beside ordered and received, why it is held, and what to do."""
    row = found(request, public_id)
    return render(request, PAGE, context_of(request, row))


@require_POST
@policy(policy.SUPPLIER)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write about an invoice that is held: a thread begins, or goes on."""
    row = found(request, public_id)
    form = Reply(request.POST, request.FILES)
    with answering(request) as answer:
        if form.is_valid() and queries.is_in_question(row):
            sent = submissions.submit(
                supplier_id=row.supplier_id,
                kind=SubmissionKind.MESSAGE,
                about=row.public_id,
                body=spoken(form.cleaned_data),
                by=_actor(request),
                key=answer.key,
            )
            return answer.redirect(reverse("portal:sent", args=[sent.public_id]))
    return answer.form(form, PAGE, context_of(request, row) | {"ask": form})


def found(request: HttpRequest, public_id: UUID) -> Invoice:
    return find(queries.invoices_of(_actor(request)), public_id=public_id)


def context_of(request: HttpRequest, row: Any) -> dict[str, Any]:
    actor = _actor(request)
    expected = [one for one in queries.credits_expected(actor) if one.invoice_id == row.pk]
    return {
        "invoice": row,
        "state": queries.state(row),
        "because": queries.because(row),
        "lines": [(line, queries.remark(line)) for line in row.told],
        "notes": queries.credit_notes_of(row, actor),
        "expected": expected,
        "may_credit": queries.may_be_credited(row, bool(expected)),
        "ask": Reply() if queries.is_in_question(row) and not row.dispute else None,
    }


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def stuck_rows(actor: Actor, limit: int) -> list[WorkRow]:
    rows = queries.invoices_of(actor).filter(status__in=STUCK).order_by("invoiced_on", "pk")[:limit]
    return [
        WorkRow(
            kind="",
            icon="receipt",
            identity=row.supplier_number,
            url=reverse("portal:invoice", args=[row.public_id]),
            why=queries.state(row).label,
            tone=queries.state(row).tone,
            counterparty=queries.orders_on(row),
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
        url=lambda: f"{reverse('portal:invoices')}?{STUCK_LIST}",
        rows=stuck_rows,
        count=lambda actor: queries.invoices_of(actor).filter(status__in=STUCK).count(),
        empty=_("No invoice of yours is stuck."),
        order=50,
    )
)
