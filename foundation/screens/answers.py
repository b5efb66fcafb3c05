"""Around one action call: what the person saw goes in, and what the action refuses comes back as an answer.

    order = find(PurchaseOrder.objects.visible_to(request.actor), number=number)
    with answering(request) as answer:
        order = orders.issue(order=order, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("procurement:order", args=[order.number]), said=_("The order is issued."))

A form's view answers GET and POST alike:

    form = AmendOrder(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            orders.amend(order=order, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            return answer.redirect(...)
    return answer.form(form, "procurement/orders/edit.html", {"order": order})
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from foundation.documents.models import Recorded
from foundation.door.refusals import Busy, KeyReused, Stale
from foundation.lifecycles.moves import Refused
from foundation.scopes.permissions import NotYours
from foundation.screens import problems
from foundation.screens.problems import Problem
from foundation.screens.requests import is_partial, parent
from foundation.values.reason import Reasoned

CAUGHT = (Refused, NotYours, Stale, Busy, KeyReused, Reasoned)
Context = dict[str, Any]
LONGEST_KEY = 80


class Answer:
    """One request's answer. Truth value: whether the action went through."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.problem: Problem | None = None

    def __bool__(self) -> bool:
        return self.problem is None

    @property
    def is_partial(self) -> bool:
        """Whether htmx asks for a part of the page."""
        return is_partial(self.request)

    @property
    def key(self) -> str:
        """The form's one-time key: sent twice, it has one effect."""
        return key_of(self.request)

    @property
    def seen(self) -> dict[str, Any]:
        """``{"seen": version, "key": key}`` of the form's hidden fields (``{% verb_fields document %}``)."""
        return {"seen": seen_of(self.request), "key": self.key}

    def redirect(self, to: str | Callable[[], str], said: str = "") -> HttpResponse:
        """303 to a page, with htmx a client-side visit. ``said`` is shown there once. A problem is answered instead."""
        if self.problem:
            return problems.answer(self.request, self.problem)
        if said:
            messages.success(self.request, said)
        address = to() if callable(to) else resolve_url(to)
        if self.is_partial:
            return HttpResponse(headers={"HX-Redirect": address})
        return HttpResponseRedirect(address, status=303)

    def fragment(
        self, template: str, context: Context | None = None, *, url: str = "", said: str = "", **more: Any
    ) -> HttpResponse:
        """The part of the page that changed (``"procurement/orders/page.html#status"``); without htmx, its page.

        Every document in the context carries its new version to the other forms of the page. ``url`` is the page for
        those without JavaScript; by default what holds the verb's address.
        """
        if self.problem:
            return problems.answer(self.request, self.problem)
        if not self.is_partial:
            return self.redirect(url or parent(self.request.path), said=said)
        whole = {**(context or {}), **more}
        response = HttpResponse(render_to_string(template, whole, self.request))
        versions = {value.subject: value.version for value in whole.values() if isinstance(value, Recorded)}
        if versions:
            response = trigger_client_event(response, "versions", versions)
        return trigger_client_event(response, "said", {"text": said}) if said else response

    def form(self, form: BaseForm, template: str, context: Context | None = None, **more: Any) -> HttpResponse:
        """The form: 200 when it is asked for, 422 when it cannot be read, 409 when the rules or the version refuse.

        What was typed stays. A refusal's sentences stand among the form's errors; of a stale one the changes are shown
        and the new version is in the hidden field, so sending it again is meant.
        """
        if self.problem and form.is_bound:
            for sentence in self.problem.sentences or [self.problem.title]:
                form.add_error(None, sentence)
        status = self.problem.status if self.problem else 422 if form.is_bound else 200
        whole = {"form": form, "problem": self.problem, **(context or {}), **more}
        page = template if self.is_partial else template.partition("#")[0]
        response = render(self.request, page, whole, status=status)
        if self.problem and self.problem.retry_after:
            response["Retry-After"] = str(self.problem.retry_after)
        return response


@contextmanager
def answering(request: HttpRequest) -> Iterator[Answer]:
    """Catch what an action says no with; everything else passes and is a defect of ours."""
    answer = Answer(request)
    try:
        yield answer
    except CAUGHT as error:
        answer.problem = problems.of(error)


def seen_of(request: HttpRequest) -> int:
    """The version that the person had on the screen."""
    text = request.POST.get("seen", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadRequest(_("The form does not say which version you saw. Open the page again."))
    return int(text)


def key_of(request: HttpRequest) -> str:
    key = request.POST.get("key", "")
    if not (key.isascii() and key.isprintable() and 8 <= len(key) <= LONGEST_KEY):
        raise BadRequest(_("The form has lost its one-time key. Open the page again."))
    return key
