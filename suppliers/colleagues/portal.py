"""Colleagues: who of one's own firm is in the portal, what each may do there, who comes and who goes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.screens.answers import Answer, answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.portal_roles import PortalRole
from organization.people.models import Person
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.forms import LetIn, Roles

PAGE = "portal/colleagues/page.html"
KNOWN = ("name", "email", "is_active", "portal_roles", "let_in_at")


@require_GET
@policy(PortalRole.COMPANY)
def colleagues(request: HttpRequest) -> HttpResponse:
    return render(request, PAGE, _shown(request))


@require_POST
@policy(PortalRole.COMPANY)
def let_in(request: HttpRequest) -> HttpResponse:
    form = LetIn(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            return _send(request, answer, SubmissionKind.COLLEAGUE_IN, form.cleaned_data)
    return answer.form(form, PAGE, _shown(request) | {"form": form})


@require_POST
@policy(PortalRole.COMPANY)
def give_roles(request: HttpRequest, pk: int) -> HttpResponse:
    person = find(_people(), pk=pk)
    form = _form_of(person, request, request.POST)
    with answering(request) as answer:
        if form.is_valid():
            sent = _send(request, answer, SubmissionKind.COLLEAGUE_ROLES, {"person": person.pk} | form.cleaned_data)
            gives_back = person.pk == request.user.pk and PortalRole.COMPANY not in form.cleaned_data["roles"]
            return answer.redirect(reverse("portal:start"), said=_("It is done in a moment.")) if gives_back else sent
    return answer.form(form, PAGE, _shown(request, changed=(person, form)))


@require_POST
@policy(PortalRole.COMPANY)
def shut_out(request: HttpRequest, pk: int) -> HttpResponse:
    person = find(_people(), pk=pk)
    with answering(request) as answer:
        return _send(request, answer, SubmissionKind.COLLEAGUE_OUT, {"person": person.pk})
    return answer.redirect(reverse("portal:colleagues"))


def _send(request: HttpRequest, answer: Answer, kind: SubmissionKind, body: dict[str, Any]) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    said = {"supplier_id": request.user.party_id, "kind": kind, "about": None, "body": body}  # type: ignore[union-attr]
    sent = submissions.submit(**said, by=actor, key=answer.key)
    return answer.redirect(reverse("portal:sent", args=[sent.public_id]))


def _shown(request: HttpRequest, changed: tuple[Person, Roles] | None = None) -> dict[str, Any]:
    people = list(_people().order_by("-is_active", "name", "pk"))
    forms = {person.pk: _form_of(person, request) for person in people if person.is_active}
    if changed:
        forms[changed[0].pk] = changed[1]
    masters = [person for person in people if person.is_active and PortalRole.COMPANY in person.portal_roles]
    return {
        "rows": [(person, forms.get(person.pk)) for person in people],
        "form": LetIn(),
        "last": masters[0] if len(masters) == 1 else None,
    }


def _form_of(person: Person, request: HttpRequest, data: Any = None) -> Roles:
    mine = person.portal_roles if person.pk == request.user.pk else None
    return Roles(data, initial={"roles": person.portal_roles}, mine=mine, auto_id=f"id_{person.pk}_%s")


def _people() -> Any:
    """The fence shows those of the own supplier and nobody else."""
    return Person.objects.only(*KNOWN)
