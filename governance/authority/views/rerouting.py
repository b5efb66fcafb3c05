"""Open requests that a version would ask otherwise: seen before it is published, asked anew afterwards."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.screens.answers import answering
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request
from governance.approvals import rerouting
from governance.authority import queries
from governance.authority.telling import LABELS, TONES
from governance.authority.views.matrices import address, found


@require_GET
@policy("edit_matrix", "publish_matrix")
def open_requests(request: Request, number: int) -> HttpResponse:
    matrix = found(number)
    differing = rerouting.differing(matrix)
    is_in_force = queries.in_force(now()) == matrix
    job = rerouting.last_of(matrix)
    context: dict[str, Any] = {
        "matrix": matrix,
        "rows": [(one, LABELS[one.fate], TONES.get(one.fate, "neutral")) for one in differing[: rerouting.MOST]],
        "count": len(differing),
        "left_out": max(0, len(differing) - rerouting.MOST),
        "is_in_force": is_in_force,
        "may_ask": is_in_force and holds(request.actor, "publish_matrix") and not (job and not job.is_over),
        "job": job,
        "results": job.result.get("items", []) if job else [],
    }
    return render(request, "governance/authority/open.html", context)


@require_POST
@policy("publish_matrix")
def ask_anew(request: Request, number: int) -> HttpResponse:
    """Those that are ticked; a job does it, one turn for each."""
    matrix = found(number)
    chosen = [
        int(text) for text in request.POST.getlist("request") if text.isascii() and text.isdigit() and len(text) < 19
    ]
    with answering(request) as answer:
        rerouting.begin(matrix=matrix, chosen=chosen, by=request.actor, at=now())
    return answer.redirect(address(matrix, "matrix-open"), said=_("They are asked anew, one by one."))
