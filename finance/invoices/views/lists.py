"""Invoices in lists, and beside an order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET

from finance.credits import queries as credits
from finance.invoices import queries
from finance.invoices.lifecycle import InvoiceState
from foundation.screens import lists, shown, tones
from foundation.screens.policy import policy
from organization.entities.models import LegalEntity

S = InvoiceState

INVOICES = lists.List(
    "invoices",
    title=_("Invoices"),
    columns=[
        lists.Column("number", _("Invoice"), sort="number", kind="code"),
        lists.Column("supplier_number", _("Supplier's number"), sort="supplier_number", kind="code"),
        lists.Column("supplier", _("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("invoiced_on", _("Dated"), sort="invoiced_on", kind="date"),
        lists.Column("due_on", _("Due"), sort="due_on", kind="date"),
        lists.Column("total_amount", _("Total"), sort="total_amount", kind="money", currency="currency"),
        lists.Column(
            "variance_amount",
            _("Difference"),
            sort="variance_amount",
            kind="money",
            value=lambda i: i.variance_amount or None,
        ),
        lists.Column("status", _("State"), sort="status", kind="state"),
        lists.Column("twin", _("Same sum"), value=lambda i: shown.badge(tones.WARN, _("Twice?")) if i.has_twin else ""),
        lists.Column("verdict", _("Why"), is_default=False),
        lists.Column("entity", _("Billed to"), sort="entity__code", value="entity.code", is_default=False),
        lists.Column("erp_number", _("ERP number"), kind="code", is_default=False),
        lists.Column("received_at", _("Captured"), sort="received_at", kind="instant", is_default=False),
    ],
    filters=[
        lists.Search(["number", "supplier_number", "supplier__party__name"]),
        lists.Choice("status", _("State"), S.choices),
        lists.ModelChoice("entity", _("Billed to"), lambda actor: LegalEntity.objects.order_by("code")),
        lists.DateRange("due_on", _("Due")),
        lists.Flag("twice", _("Same sum twice"), lambda invoices, _actor: invoices.filter(has_twin=True)),
    ],
    views=[
        lists.View(
            "exceptions",
            _("Exceptions"),
            {"status": S.VARIANCE, "sort": "due_on"},
            empty=_("No invoice differs from what was ordered and received."),
        ),
        lists.View(
            "waiting",
            _("Waiting for goods"),
            {"status": S.WAITING_RECEIPT, "sort": "due_on"},
            empty=_("No invoice waits for goods."),
        ),
        lists.View(
            "held",
            _("Held by a case"),
            {"status": S.BLOCKED, "sort": "due_on"},
            empty=_("No invoice is held by a case."),
        ),
        lists.View(
            "ready",
            _("Ready to release"),
            {"status": S.MATCHED, "sort": "due_on"},
            empty=_("No invoice waits to be released."),
        ),
        lists.View("released", _("Released"), {"status": S.RELEASED}),
        lists.View("all", _("All")),
    ],
    default_sort="-id",
    url=lambda invoice: reverse("finance:invoice", args=[invoice.number]),
    counted=ngettext_lazy("%(shown)s invoice", "%(shown)s invoices", "count"),
    empty=_("No invoices here. They come from suppliers in the portal, or are captured from paper."),
)


@require_GET
@policy("see_invoice")
def invoices(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, INVOICES, queries.invoice_rows(request.actor), template="finance/invoices/list.html")


@require_GET
@policy("see_invoice")
def of_order(request: HttpRequest, number: str) -> HttpResponse:
    """The panel on an order's page."""
    context = {
        "invoices": queries.invoices_of_order(request.actor, number),
        "expected": credits.expected_of_order(number, request.actor),
        "order_number": number,
    }
    return render(request, "finance/invoices/panel.html", context)
