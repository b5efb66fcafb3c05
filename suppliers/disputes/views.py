"""The thread on a case's page: what the supplier reads, told apart from what stays among us."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.files import actions as files
from foundation.files.models import StoredFile
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request, is_partial
from governance.cases.models import Case
from governance.cases.queries import case_rows
from suppliers.disputes import actions as disputes
from suppliers.disputes import queries, showing
from suppliers.disputes.actions import Offer
from suppliers.disputes.forms import Propose, Refuse, Reply, ShowFiles
from suppliers.disputes.models import Side

PAGE = "suppliers/disputes/page.html"


@require_GET
@policy("see_case")
def thread(request: Request, number: str) -> HttpResponse:
    """A part of the case's page, or a page of its own."""
    context = context_of(request, _case(request, number))
    return render(request, f"{PAGE}#thread" if is_partial(request) else PAGE, context)


@require_POST
@policy("work_case")
def reply(request: Request, number: str) -> HttpResponse:
    case = _case(request, number)
    form = Reply(request.POST, request.FILES)
    with answering(request) as answer:
        if form.is_valid():
            upload = form.cleaned_data["file"]
            shown = [files.store(upload=upload, about=case.subject, by=request.actor, at=now())] if upload else []
            text = form.cleaned_data["text"]
            disputes.write(case=case, text=text, files=shown, by=request.actor, at=now(), key=answer.key)
            return answer.redirect(_back(number), said=_("The supplier was written to."))
    return answer.form(form, PAGE, context_of(request, _case(request, number), reply=form))


@require_POST
@policy("work_case")
def propose(request: Request, number: str) -> HttpResponse:
    case = _case(request, number)
    form = Propose(request.POST, kind=case.kind)
    with answering(request) as answer:
        if form.is_valid():
            said = dict(form.cleaned_data)
            text, offer = said.pop("text"), Offer(**said)
            disputes.write(case=case, text=text, offer=offer, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_back(number), said=_("The proposal is sent."))
    return answer.form(form, PAGE, context_of(request, _case(request, number), propose=form))


@require_POST
@policy("work_case")
def agree(request: Request, number: str) -> HttpResponse:
    case = _case(request, number)
    with answering(request) as answer:
        disputes.agree(case=case, number=_number(request), by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_back(number), said=_("It is agreed and done."))


@require_POST
@policy("work_case")
def refuse(request: Request, number: str) -> HttpResponse:
    case = _case(request, number)
    form = Refuse(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            said = {"number": _number(request), "text": form.cleaned_data["text"]}
            disputes.refuse(case=case, **said, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_back(number), said=_("The supplier is told why."))
    return answer.form(form, PAGE, context_of(request, _case(request, number), refuse=form))


@require_POST
@policy("work_case")
def show(request: Request, number: str) -> HttpResponse:
    """Files of the receipt or of the case go before the supplier's eyes."""
    case = _case(request, number)
    form = _show_form(case, request.POST)
    with answering(request) as answer:
        if form and form.is_valid():
            chosen = list(StoredFile.objects.filter(pk__in=form.cleaned_data["files"]))
            names = ", ".join(file.name for file in chosen)
            text = _("I show you: %(names)s") % {"names": names}
            disputes.write(case=case, text=text, files=chosen, by=request.actor, at=now(), key=answer.key)
            return answer.redirect(_back(number), said=_("The supplier sees them now."))
    return answer.form(form or ShowFiles(candidates=[], chosen=set()), PAGE, context_of(request, case, show=form))


def context_of(request: Request, case: Case, **bound: Form | None) -> dict[str, Any]:
    """The thread and what may be said in it; ``bound`` are forms that were sent and came back."""
    dispute = queries.dispute_of(case)
    shown = queries.thread(dispute, Side.US) if dispute else None
    may_speak = case.is_unsolved and holds(request.actor, "work_case") and showing.can_be_shown(case)
    forms: dict[str, Form | None] = {}
    if may_speak:
        kept = {"currency": case.currency, "amount": f"{case.stake:.2f}" if case.stake else None}
        forms = {"reply": Reply(), "show": _show_form(case), "propose": Propose(kind=case.kind, initial=kept)}
        forms |= {"refuse": Refuse()} if shown and shown.offer else {}
    return {
        "case": case,
        "thread": shown,
        "may_speak": may_speak,
        "can_be_shown": showing.can_be_shown(case),
        "forms": forms | {name: form for name, form in bound.items() if form is not None},
        "opened": next(iter(bound), ""),
    }


def _show_form(case: Case, data: Any = None) -> ShowFiles | None:
    if not showing.can_be_shown(case):
        return None
    dispute = queries.dispute_of(case)
    candidates, chosen = queries.files_to_show(case, dispute.files.all() if dispute else ())
    return ShowFiles(data, candidates=candidates, chosen=chosen, prefix="show") if candidates else None


def _case(request: Request, number: str) -> Case:
    return find(case_rows(request.actor), number=number)


def _number(request: Request) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _back(number: str) -> str:
    return f"{reverse('governance:case', args=[number])}#supplier"
