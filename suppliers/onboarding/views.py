"""Approving a supplier: what is looked at, who else it may be; and taking over what it says of itself."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import typed
from suppliers.onboarding import actions as onboarding
from suppliers.onboarding import checks, duplicates
from suppliers.onboarding.lifecycle import CompanyState
from suppliers.onboarding.models import CompanyData
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers import pages, queries
from suppliers.suppliers.models import Supplier


@require_GET
@policy("see_supplier")
def approval(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    likely = duplicates.of(found)
    looked_at = checks.checks(found, on=localdate(), likely=likely)
    return pages.shown(
        request,
        "suppliers/onboarding/approval.html",
        found,
        pages.APPROVAL,
        likely=likely,
        checks=looked_at,
        stops=[check for check in looked_at if check.tone == checks.STOP],
        is_own=queries.entered(found, request.actor),
    )


def _back(found: Supplier) -> str:
    return reverse("suppliers:supplier-approval", args=[found.number])


@require_POST
@policy("edit_supplier")
def propose(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    with answering(request) as answer:
        suppliers.propose(supplier=found, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(found), said=_("It is proposed. Somebody else approves it."))


@require_POST
@policy("edit_supplier")
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    with answering(request) as answer:
        suppliers.send_back(supplier=found, reason=typed(request), by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(found), said=_("It is sent back."))


@require_POST
@policy("edit_supplier")
def merge(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    into = find(queries.supplier_rows(request.actor), number=request.POST.get("into", "")[:20])
    with answering(request) as answer:
        said = {"reason": typed(request), "by": request.actor, "at": now(), "key": answer.key}
        onboarding.propose_merge(supplier=found, into=into, **said)
    return answer.redirect(
        reverse("suppliers:supplier", args=[found.number]), said=_("Whoever keeps master data is asked.")
    )


@require_POST
@policy("edit_supplier")
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take over the ticked fields of what the supplier said."""
    found = pages.found(request, number)
    data = CompanyData.objects.filter(supplier=found).select_related("supplier__party").order_by("-pk")
    latest = data.filter(status=CompanyState.SAID).first() or find(data, pk=getattr(data.first(), "pk", 0))
    with answering(request) as answer:
        fields, why = request.POST.getlist("fields")[:20], typed(request, "answer")
        onboarding.take(data=latest, fields=fields, answer=why, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("suppliers:supplier", args=[found.number]), said=_("It is looked through."))
