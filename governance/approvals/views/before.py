"""What an approver does short of deciding: ask first, pass it on, put it off."""

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from governance.approvals import actions as approvals
from governance.approvals import staffing
from governance.approvals.forms import Ask, Pass, Snooze
from governance.approvals.views.inbox import address, mine, page


@require_POST
@policy("decide")
def ask(request: Request, step: int) -> HttpResponse:
    task, form = mine(request, step), Ask(request.POST)
    if not form.is_valid():
        return page(request, chosen=task, asked="ask", form=form, status=422)
    with answering(request) as answer:
        said = {"text": form.cleaned_data["text"], "of_whom": form.cleaned_data["whom"]}
        approvals.ask_question(step=task.step, **said, by=request.actor, at=now(), key=answer.key)
    if answer.problem and not answer.is_partial:
        return page(request, chosen=task, asked="ask", form=form, problem=answer.problem, status=answer.problem.status)
    return answer.redirect(address(step), said=_("Asked. It still waits for you, and its clock runs on."))


@require_http_methods(["GET", "HEAD", "POST"])
@policy("decide")
def reassign(request: Request, step: int) -> HttpResponse:
    """Choose among those who fill the role there; whether one of them may is said when he is chosen."""
    task = mine(request, step)
    others = staffing.colleagues(task.step, but=task.person_id)
    form = Pass(request.POST if request.method == "POST" else None, colleagues=others)
    with answering(request) as answer:
        if form.is_valid():
            approvals.reassign(step=task.step, **form.cleaned_data, by=request.actor, at=now(), key=answer.key)
            said = _("Passed to %(name)s.") % {"name": form.cleaned_data["to"].name}
            return answer.redirect(reverse("governance:inbox"), said=said)
    return answer.form(form, "governance/approvals/reassign.html", {"task": task, "others": others})


@require_POST
@policy("decide")
def snooze(request: Request, step: int) -> HttpResponse:
    task, form = mine(request, step), Snooze(request.POST)
    if not form.is_valid():
        return page(request, chosen=task, status=422)
    hours, at = form.cleaned_data["hours"], now()
    with answering(request) as answer:
        until = at + timedelta(hours=hours) if hours else None
        approvals.snooze(step=task.step, until=until, by=request.actor, at=at, key=answer.key)
    if not hours:
        return answer.redirect(address(step), said=_("Shown again."))
    said = _("Out of sight for now; it stays under “Snoozed” and comes back by itself.")
    return answer.redirect(reverse("governance:inbox"), said=said)
