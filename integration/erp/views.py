"""Documents in the ERP: the list of all, and the panel on a document's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET

from finance.invoices.models import Invoice
from foundation.documents.models import Document
from foundation.screens import lists
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from integration.deliveries import queries
from integration.erp.models import ErpDocument
from procurement.orders.models import PurchaseOrder
from receiving.receipts.models import Receipt

KINDS = [
    ("purchase-orders", _("Orders")),
    ("goods-receipts", _("Receipts")),
    ("supplier-invoices", _("Invoices")),
]
DOCUMENTS = lists.List(
    "erp-documents",
    title=_("In the ERP"),
    columns=[
        lists.Column("reference", _("Document"), sort="reference", kind="code"),
        lists.Column("kind", _("Kind"), sort="kind", value=lambda row: str(dict(KINDS).get(row.kind, row.kind))),
        lists.Column("erp_number", _("ERP number"), sort="erp_number", kind="code"),
        lists.Column("state", _("State"), sort="state", kind="state"),
        lists.Column("revision", _("Revision there"), sort="revision", kind="number"),
        lists.Column("payload_revision", _("Revision sent"), kind="number", is_default=False),
        lists.Column("posted_at", _("Posted"), sort="posted_at", kind="instant"),
        lists.Column("note", _("Last words")),
    ],
    filters=[
        lists.Search(["reference", "erp_number", "note"]),
        lists.Choice("kind", _("Kind"), KINDS),
        lists.Choice("state", _("State"), ErpDocument.State.choices),
        lists.Flag(
            "doubles", _("There more than once"), lambda rows, _actor: rows.filter(note__contains="more than once")
        ),
    ],
    views=[
        lists.View("all", _("All")),
        lists.View(
            "refused", _("Refused"), {"state": ErpDocument.State.REFUSED}, empty=_("The ERP has refused nothing.")
        ),
        lists.View(
            "unknown",
            _("Outcome unknown"),
            {"state": ErpDocument.State.UNKNOWN},
            empty=_("The outcome of every document is known."),
        ),
    ],
    default_sort="-id",
    counted=ngettext_lazy("%(shown)s document", "%(shown)s documents", "count"),
    empty=_("Nothing has been posted to the ERP yet. The first issued order will be."),
)


@require_GET
@policy("see_integration")
def documents(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, DOCUMENTS, ErpDocument.objects.all(), template="integration/erp/list.html")


@require_GET
@policy("see_order")
def of_order(request: HttpRequest, number: str) -> HttpResponse:
    return _panel(request, find(PurchaseOrder.objects.visible_to(request.actor), number=number))


@require_GET
@policy("see_receipt")
def of_receipt(request: HttpRequest, number: str) -> HttpResponse:
    return _panel(request, find(Receipt.objects.visible_to(request.actor), number=number))


@require_GET
@policy("see_invoice")
def of_invoice(request: HttpRequest, number: str) -> HttpResponse:
    return _panel(request, find(Invoice.objects.visible_to(request.actor), number=number))


def _panel(request: HttpRequest, document: Document) -> HttpResponse:
    context = {
        "in_erp": ErpDocument.objects.filter(subject=document.subject).first(),
        "deliveries": queries.deliveries_about(document.subject),
        "may_open": holds(request.actor, "see_integration"),
    }
    return render(request, "integration/erp/panel.html", context)
