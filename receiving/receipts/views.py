"""Receipts at a desk: the list, what was posted, taking it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from organization.sites.models import Site
from receiving.receipts import actions as receipts
from receiving.receipts import counting, forms, queries, reversing
from receiving.receipts.lifecycle import ReceiptState
from receiving.receipts.models import Receipt

RECEIPTS = lists.List(
    "receipts",
    title=gettext_lazy("Goods receipts"),
    columns=[
        lists.Column("number", gettext_lazy("Receipt"), sort="number", kind="code"),
        lists.Column("supplier", gettext_lazy("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("site", gettext_lazy("Site"), sort="site__code", value="site.code", kind="code"),
        lists.Column("delivery_note", gettext_lazy("Delivery note"), kind="code"),
        lists.Column("line_count", gettext_lazy("Lines"), sort="line_count", kind="number"),
        lists.Column("differences", gettext_lazy("Differences"), sort="differences", kind="number"),
        lists.Column("arrived_at", gettext_lazy("Arrived"), sort="arrived_at", kind="instant"),
        lists.Column("posted_at", gettext_lazy("Posted"), sort="posted_at", kind="instant"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("notice", gettext_lazy("Ship notice"), kind="code", value="notice.number", is_default=False),
        lists.Column("erp_number", gettext_lazy("ERP number"), kind="code", is_default=False),
    ],
    filters=[
        lists.Search(["number", "delivery_note", "supplier__party__name"]),
        lists.Choice("status", gettext_lazy("State"), ReceiptState.choices),
        lists.ModelChoice("site", gettext_lazy("Site"), lambda actor: Site.objects.order_by("code")),
        lists.DateRange("arrived_at", gettext_lazy("Arrived"), field="arrived_at__date"),
        lists.Flag("differs", gettext_lazy("With differences"), lambda rows, _actor: rows.filter(differences__gt=0)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("open", gettext_lazy("In count"), {"status": "open"}),
        lists.View("differs", gettext_lazy("With differences"), {"differs": "1"}),
    ],
    url=lambda receipt: reverse("receiving:receipt", args=[receipt.number]),
    counted=ngettext_lazy("%(shown)s receipt", "%(shown)s receipts", "count"),
    empty=gettext_lazy("No receipts yet. They begin when a truck stands at the door."),
)


@require_GET
@policy("see_receipt")
def receipt_list(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, RECEIPTS, queries.receipt_rows(request.actor), template="receiving/receipts/list.html")


@require_GET
@policy("see_receipt")
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """In count it is the counting page, afterwards the document."""
    found = find(queries.receipt_pages(request.actor), number=number)
    if found.status == ReceiptState.OPEN and holds(request.actor, "receive_goods"):
        return counting.page(request, found)
    return posted(request, found)


def posted(request: HttpRequest, found: Receipt) -> HttpResponse:
    lines = queries.lines_of(found)
    sees_money = holds(request.actor, "see_order") or holds(request.actor, "see_invoice")
    amounts = queries.owed(found) if sees_money else {}
    for line in lines:
        line.owed = amounts.get(line.order_line.commitment_id) if line.order_line else None
    context = {
        "receipt": found,
        "lines": lines,
        "cases": queries.cases_about(found, request.actor),
        "sees_money": sees_money,
        "may_reverse": holds(request.actor, "reverse_receipt"),
        "hides_expected": found.site.counts_blind and found.status == ReceiptState.OPEN,
        "entries": timeline([found.subject]),
    }
    return render(request, "receiving/receipts/page.html", context)


@require_http_methods(["GET", "POST"])
@policy("reverse_receipt")
def reverse_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What would leave stock and what the orders would expect again; then the reversal itself."""
    found = find(queries.receipt_pages(request.actor), number=number)
    form = forms.Reverse(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            made = receipts.reverse(receipt=found, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            to = reverse("receiving:receipt", args=[made.number])
            return answer.redirect(to, said=_("The receipt is reversed; what it brought is expected again."))
    lines = queries.lines_of(found)
    context = {
        "receipt": found,
        "effects": reversing.preview(found, lines),
        "objections": reversing.objections(found),
    }
    return answer.form(form, "receiving/receipts/reverse.html", context)
