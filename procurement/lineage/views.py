"""The page of one line's way."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.screens.policy import holds, policy
from foundation.screens.requests import is_partial
from procurement.lineage import queries

PAGE = "procurement/lineage/page.html"


@require_GET
@policy("see_requisition")
def lineage(request: HttpRequest, lineage: UUID) -> HttpResponse:
    """Request line, order lines, invoice lines; upper packages add what was announced and received (slot "lineage")."""
    line = queries.asked_line(request.actor, lineage)
    if line is None:
        raise Http404
    sources = queries.ordered_lines(request.actor, line) if holds(request.actor, "see_order") else []
    bound = [source.order_line.commitment_id for source in sources if source.order_line.commitment_id]
    billed = queries.billed_lines(request.actor, bound) if bound and holds(request.actor, "see_invoice") else []
    context = {"line": line, "sources": sources, "billed": billed, "requisition": line.requisition}
    return render(request, f"{PAGE}#way" if is_partial(request) else PAGE, context)
