"""The match workbench of one invoice, and what may be decided there."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from finance.credits import queries as credits
from finance.invoices import actions as invoices
from finance.invoices import queries
from finance.invoices.actions.settle import why_not_release
from finance.invoices.lifecycle import UNSETTLED
from finance.invoices.models import Invoice
from finance.invoices.workbench import workbench
from foundation.files.queries import files_about
from foundation.journal.queries import timeline
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from governance.cases.queries import open_cases_about


@require_GET
@policy("see_invoice")
def invoice(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.invoice_pages(request.actor), number=number)
    bench = workbench(found)
    context = {
        "invoice": found,
        "bench": bench,
        "headline": bench.headline(found),
        "is_unsettled": found.status in UNSETTLED,
        "may_accept": holds(request.actor, "accept_variance"),
        "may_release": holds(request.actor, "release_invoice"),
        "release_hint": " ".join(why_not_release(found, request.actor)),
        "cases": open_cases_about(found),
        "expected": credits.expected_on(found),
        "twins": queries.twins(found),
        "files": files_about(found.subject),
        "entries": timeline([found.subject], limit=50),
    }
    return render(request, "finance/invoices/page.html", context)


def _found(request: HttpRequest, number: str) -> Invoice:
    return find(Invoice.objects.visible_to(request.actor), number=number)


def _back(number: str) -> str:
    return reverse("finance:invoice", args=[number])


@require_POST
@policy("release_invoice")
def release(request: HttpRequest, number: str) -> HttpResponse:
    found = _found(request, number)
    with answering(request) as answer:
        invoices.release(invoice=found, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(number), said=_("Released for payment. The ERP is told."))


@require_POST
@policy("release_invoice")
def reject(request: HttpRequest, number: str) -> HttpResponse:
    found = _found(request, number)
    with answering(request) as answer:
        invoices.reject(invoice=found, reason=_reason(request), by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(number), said=_("Rejected."))


@require_POST
@policy("capture_invoice")
def match(request: HttpRequest, number: str) -> HttpResponse:
    found = _found(request, number)
    with answering(request) as answer:
        invoices.match(invoice=found, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(number), said=_("Matched again."))


@require_POST
@policy("accept_variance")
def accept(request: HttpRequest, number: str, line: int) -> HttpResponse:
    found = _found(request, number)
    with answering(request) as answer:
        invoices.accept_variance(
            invoice=found, line_number=line, reason=_reason(request), by=request.actor, at=now(), **answer.seen
        )
    return answer.redirect(_back(number), said=_("The difference of line %(line)s is accepted.") % {"line": line})


def _reason(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "")
    if len(reason) > 200 or "\x00" in reason:
        raise BadRequest(_("Give the reason in at most 200 characters."))
    return reason
