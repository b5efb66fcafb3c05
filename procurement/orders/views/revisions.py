"""What the supplier saw: each revision as PDF, and what any two of them say differently."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.screens.finding import find
from foundation.screens.lists.filters import clean
from foundation.screens.policy import policy
from procurement.orders import differences, pdf, queries
from procurement.orders.models import OrderRevision


@require_GET
@policy("see_order")
def compare(request: HttpRequest, number: str) -> HttpResponse:
    """``?from=1&to=3``; by default the last two."""
    order = find(queries.order_pages(request.actor), number=number)
    known = {revision.number: revision for revision in order.revisions.order_by("number")}
    if not known:
        raise Http404
    newest = max(known)
    new = _chosen(known, clean(request.GET, "to"), newest)
    old = _chosen(known, clean(request.GET, "from"), max(new.number - 1, 1))
    before, after = differences.amounts(old.content, new.content)
    context = {
        "order": order,
        "revisions": list(known.values()),
        "old": old,
        "new": new,
        "differences": differences.between(old.content, new.content),
        "before": before,
        "after": after,
        "delta": after - before,
    }
    return render(request, "procurement/orders/revisions.html", context)


@require_GET
@policy("see_order")
def as_pdf(request: HttpRequest, number: str, revision: int) -> HttpResponse:
    order = find(queries.order_pages(request.actor), number=number)
    found = find(OrderRevision.objects.filter(order=order), number=revision)
    response = HttpResponse(pdf.render(found.content, issued_at=found.issued_at), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{order.number}-{found.number}.pdf"'
    return response


def _chosen(known: dict[int, OrderRevision], text: str, otherwise: int) -> OrderRevision:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
    if number not in known:
        raise Http404
    return known[number]
