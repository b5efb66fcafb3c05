"""Approve some lines and leave the others out."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from foundation.subjects import registry as subjects
from governance.approvals import actions as approvals
from governance.approvals.forms import Split
from governance.approvals.lines import lines_of
from governance.approvals.models import DecisionKind
from governance.approvals.views.inbox import mine


@require_http_methods(["GET", "HEAD", "POST"])
@policy("decide")
def split(request: Request, step: int) -> HttpResponse:
    """Every line with a tick; the owner of some lines sees his."""
    task = mine(request, step)
    document = subjects.fetch(task.step.request.about)
    form = Split(request.POST if request.method == "POST" else None, lines=lines_of(task.step, document))
    with answering(request) as answer:
        if form.is_valid():
            said = {"kind": DecisionKind.APPROVE, **form.said()}
            approvals.decide(step=task.step, **said, by=request.actor, at=now(), **answer.seen)
            words = ngettext("Approved without %(n)d line.", "Approved without %(n)d lines.", len(said["out"]))
            return answer.redirect(reverse("governance:inbox"), said=words % {"n": len(said["out"])})
    return answer.form(form, "governance/approvals/split.html", {"task": task, "document": document})
