"""The risk of a supplier: its class, what it failed in, and what the authority matrix reads."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.journal.queries import timeline
from foundation.screens.answers import answering
from foundation.screens.policy import holds, policy
from suppliers.compliance import actions as compliance
from suppliers.compliance import queries
from suppliers.compliance.forms import Judge, NoteFailure
from suppliers.compliance.parameters import DAYS, THRESHOLD
from suppliers.suppliers import pages
from suppliers.suppliers.models import Risk, Supplier


@require_GET
@policy("see_supplier")
def page(request: HttpRequest, number: str) -> HttpResponse:
    found, on = pages.found(request, number), localdate()
    failures = list(queries.counting(found, on))
    context: dict[str, Any] = {
        "failures": failures,
        "points": sum(one.weight for one in failures),
        "threshold": THRESHOLD.count(at=now()),
        "days": DAYS.count(at=now()),
        "counts_as": Risk(found.risk_on(on)),
        "is_over": found.risk_until is not None and found.risk_until < on,
        "judge": Judge(initial={"risk": found.risk}) if holds(request.actor, "block_supplier") else None,
        "note": NoteFailure(initial={"on": on}) if holds(request.actor, "edit_supplier") else None,
        "entries": timeline([found.subject], limit=50),
    }
    return pages.shown(request, "suppliers/compliance/page.html", found, "supplier-risk", **context)


def _back(found: Supplier) -> str:
    return reverse("suppliers:supplier-risk", args=[found.number])


@require_POST
@policy("block_supplier")
def judge(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    form = Judge(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            compliance.judge(supplier=found, **form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_back(found), said=_("The class counts from now on."))
    return answer.form(form, "suppliers/compliance/judge.html", {"supplier": found})


@require_POST
@policy("edit_supplier")
def note(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    form = NoteFailure(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            said = {"by": request.actor, "at": now(), "key": answer.key}
            compliance.note_failure(supplier=found, **form.cleaned_data, **said)
            return answer.redirect(_back(found), said=_("It is noted."))
    return answer.form(form, "suppliers/compliance/judge.html", {"supplier": found})
