"""What a mailed link opens: the same facts as in the inbox and two buttons. Opening it changes nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from foundation.door import Stale
from foundation.journal import queries as journal
from foundation.screens import problems
from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from foundation.subjects import registry as subjects
from governance.approvals import actions as approvals
from governance.approvals import cards, links, queries
from governance.approvals.forms import Reason, Remark
from governance.approvals.models import DecisionKind, MailLink, Task
from governance.approvals.views.inbox import words_after

PAGE = "governance/approvals/mailed.html"


@require_safe
@policy(policy.SIGNED_IN)
def mailed(request: Request, token: str) -> HttpResponse:
    """The card; what was changed since the mail; or, alike for every dead link, the way to the inbox."""
    return page(request, token)


@require_POST
@policy(policy.SIGNED_IN)
def approve(request: Request, token: str) -> HttpResponse:
    return decide(request, token, DecisionKind.APPROVE, Remark(request.POST))


@require_POST
@policy(policy.SIGNED_IN)
def reject(request: Request, token: str) -> HttpResponse:
    return decide(request, token, DecisionKind.REJECT, Reason(request.POST))


def decide(request: Request, token: str, kind: DecisionKind, form: Reason | Remark) -> HttpResponse:
    link = links.find(token, person_id=request.actor.person_id, at=now())
    if link is None:
        return gone(request)
    if not form.is_valid():
        return page(request, token, asked=kind, form=form, status=422)
    with answering(request) as answer:
        said = {"kind": kind, "comment": form.cleaned_data["comment"]}
        approvals.decide_by_mail(link=link, **said, by=request.actor, at=now(), key=answer.key)
    if answer.is_partial and answer.problem and answer.problem.code == "stale":
        return HttpResponseClientRedirect(reverse("governance:inbox-mail", args=[token]))  # which shows what changed
    if answer.problem and not answer.is_partial:
        status = answer.problem.status
        return page(request, token, asked=kind, form=form, problem=answer.problem, status=status)
    return answer.redirect(reverse("governance:inbox"), said=words_after(kind, link.step))


def page(request: Request, token: str, *, status: int = 200, **more: object) -> HttpResponse:
    link = links.find(token, person_id=request.actor.person_id, at=now())
    if link is None:
        return gone(request)
    document, task = subjects.fetch(link.step.request.about), links.task_behind(link)
    if links.was_overtaken(link, document):
        return overtaken(request, link, document, status=status)
    if task is None:
        return gone(request)
    context = {"card": cards.card(task, document), "token": token, "is_mailed": True, **more}
    return render(request, PAGE, context, status=status)


def overtaken(request: Request, link: MailLink, document: object, *, status: int) -> HttpResponse:
    """What was changed since the mail. Nothing can be decided here, only where the new content is shown."""
    subject, version = link.step.request.about, link.version
    stale = Stale(subject=subject, seen=version, now=version, difference=journal.since(subject, version))
    asked_anew = Task.objects.filter(person=link.person_id, is_open=True, step__request__about=subject)
    context = {
        "request_of_mail": link.step.request,
        "changes": getattr(problems.of(stale), "changes", []),
        "anew": asked_anew.order_by("-id").first(),
        "latest": queries.request_of(subject),
    }
    return render(request, "governance/approvals/overtaken.html", context, status=status)


def gone(request: Request) -> HttpResponse:
    """Used, too old, decided, or somebody else's: nobody learns which."""
    return render(request, "governance/approvals/gone.html", status=404)
