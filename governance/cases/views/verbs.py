"""Buttons and forms of an exception. A form that is refused comes back in its page with what was typed."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.files import actions as files
from foundation.resolutions import registry
from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from governance.cases import actions as cases
from governance.cases import queries
from governance.cases.forms import AskSomebody, Close, HandOver, Note, Reopen, Resolve
from governance.cases.models import Case
from governance.cases.views import page


@require_POST
@policy("work_case")
def take(request: Request, number: str) -> HttpResponse:
    case = page.found(request, number)
    with answering(request) as answer:
        cases.take(case=case, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("It is yours."))


@require_POST
@policy("work_case")
def work(request: Request, number: str) -> HttpResponse:
    case = page.found(request, number)
    with answering(request) as answer:
        cases.work(case=case, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("The clock runs again."))


@require_POST
@policy("work_case")
def hand_over(request: Request, number: str) -> HttpResponse:
    case = page.found(request, number)
    form = HandOver(request.POST, people=queries.workers(case))
    return _formed(request, case, "hand_over", form, cases.assign, _("It is handed over."))


@require_POST
@policy("work_case")
def ask(request: Request, number: str) -> HttpResponse:
    case = page.found(request, number)
    form = AskSomebody(request.POST, case=case)

    def run(*, whom: str, **said: Any) -> Case:
        return (cases.ask_supplier if whom == AskSomebody.SUPPLIER else cases.ask_internal)(**said)

    return _formed(request, case, "ask", form, run, _("The question is noted."))


@require_POST
@policy("work_case")
def note(request: Request, number: str) -> HttpResponse:
    case = page.found(request, number)
    form = Note(request.POST, request.FILES, prefix="note")

    def run(*, text: str, file: Any, by: Any, at: Any, seen: int, key: str, case: Case) -> Case:
        kept = files.store(upload=file, about=case.subject, by=by, at=at) if file else None
        return cases.add_note(case=case, text=text, file=kept, by=by, at=at, key=key)

    return _formed(request, case, "note", form, run, _("Noted."))


@require_POST
@policy("work_case")
def close(request: Request, number: str) -> HttpResponse:
    return _formed(
        request, page.found(request, number), "close", Close(request.POST), cases.close, _("The case is closed.")
    )


@require_POST
@policy("work_case")
def reopen(request: Request, number: str) -> HttpResponse:
    return _formed(
        request, page.found(request, number), "reopen", Reopen(request.POST), cases.reopen, _("It is open again.")
    )


@require_POST
@policy("see_case")
def resolve(request: Request, number: str) -> HttpResponse:
    """By one of the ways of its kind, whose own verb the action asks for. Refused, the ways come back as they are."""
    case = page.found(request, number)
    try:
        resolution = registry.find(case.kind, request.POST.get("how", ""))
    except LookupError:
        resolution = None
    form = Resolve(request.POST, case=case, resolution=resolution) if resolution else None
    with answering(request) as answer:
        if form is None or form.is_valid():
            cases.resolve(
                case=case,
                how=resolution.name if resolution else "",
                facts=form.facts() if form else {},
                root_cause=form.cleaned_data["root_cause"] if form else "",
                by=request.actor,
                at=now(),
                **answer.seen,
            )
            return answer.redirect(_address(number), said=_("The case is settled."))
    if form is None:
        return answer.redirect(_address(number))
    return answer.form(form, page.WAYS, page.ways_of(request, page.found(request, number), form))


def _formed(request: Request, case: Case, name: str, form: Form, run: Callable[..., object], said: str) -> HttpResponse:
    """Run the action with what the form says, or show the page again with the form as it was sent."""
    with answering(request) as answer:
        if form.is_valid():
            run(case=case, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            return answer.redirect(_address(case.number), said=said)
    fresh = page.found(request, case.number)
    return answer.form(form, page.PAGE, page.context_of(request, fresh, **{name: form}), opened=name)


def _address(number: str) -> str:
    return reverse("governance:case", args=[number])
