"""Systems with access: the list, a new one, its page with its secrets; and where they get their tokens."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import Answer, answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import typed
from integration.clients import actions as clients
from integration.clients import queries, secrets
from integration.clients.forms import NewClient, NewSecret
from integration.clients.models import ApiClient
from integration.clients.tokens import SERVER
from organization.people import throttle
from organization.people.portal_links import address_of

CLIENTS = lists.List(
    "clients",
    title=gettext_lazy("Systems with access"),
    columns=[
        lists.Column("name", gettext_lazy("System"), sort="name"),
        lists.Column(
            "supplier",
            gettext_lazy("Supplier"),
            sort="supplier__party__name",
            value=lambda client: client.supplier.party.name if client.supplier else _("our own"),
        ),
        lists.Column("client_id", gettext_lazy("Client id"), sort="client_id", kind="code"),
        lists.Column("scopes", gettext_lazy("It may"), value=lambda client: ", ".join(client.scopes)),
        lists.Column("last_used_at", gettext_lazy("Last used"), sort="last_used_at", kind="instant"),
        lists.Column("revoked_at", gettext_lazy("Taken away"), sort="revoked_at", kind="instant"),
    ],
    filters=[
        lists.Search(["name", "client_id", "supplier__party__name"]),
        lists.Flag("active", gettext_lazy("With access"), lambda rows, actor: rows.filter(revoked_at=None)),
    ],
    views=[lists.View("active", gettext_lazy("With access"), {"active": "1"}), lists.View("all", gettext_lazy("All"))],
    default_sort="name",
    url=lambda client: reverse("integration:client", args=[client.pk]),
    counted=ngettext_lazy("%(shown)s system", "%(shown)s systems", "count"),
    empty=gettext_lazy("No system has access yet. Give one access, and it gets a secret."),
)
PAGE = "integration/clients/page.html"


@csrf_exempt  # a system has no cookie that could be borrowed: it proves itself in this very request
@require_POST
@policy(policy.PUBLIC)
def token(request: HttpRequest) -> HttpResponse:
    """A token for a secret (RFC 6749 section 4.4)."""
    said = [(name, value) for name, values in request.POST.lists() for value in values]
    headers = {"Authorization": request.headers.get("Authorization", "")}
    who = headers["Authorization"] or request.POST.get("client_id", "")
    if throttle.must_wait(who, address_of(request)):
        refusal = {"error": "temporarily_unavailable", "error_description": "Too many tries: wait a minute."}
        return JsonResponse(refusal, status=429, headers={"Retry-After": str(throttle.WINDOW)})
    found, body, status = SERVER.create_token_response(request.build_absolute_uri(), "POST", said, headers)
    response = JsonResponse(json.loads(body), status=status)
    for name, value in found.items():
        response[name] = value
    if status == 401:
        response["WWW-Authenticate"] = 'Basic realm="countersign"'
    return response


@require_GET
@policy("manage_partners")
def client_list(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, CLIENTS, queries.client_rows(), template="integration/clients/list.html")


@require_http_methods(["GET", "POST"])
@policy("manage_partners")
def new(request: HttpRequest) -> HttpResponse:
    form = NewClient(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            secret = secrets.fresh()
            made = clients.register(secret=secret, by=request.actor, at=now(), key=answer.key, **form.cleaned_data)
            return _page(request, queries.client_rows().get(pk=made.pk), secret=secret, status=201)
    return answer.form(form, "integration/clients/new.html")


@require_GET
@policy("manage_partners")
def client(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find(queries.client_rows(), pk=pk))


@require_POST
@policy("manage_partners")
def make_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown on the page that answers, and never again."""
    found, form = find(queries.client_rows(), pk=pk), NewSecret(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            secret = secrets.fresh()
            clients.make_secret(
                client=found, secret=secret, by=request.actor, at=now(), **answer.seen, **form.cleaned_data
            )
            return _page(request, find(queries.client_rows(), pk=pk), secret=secret, status=201)
    return answer.form(form, PAGE, _context(request, found, new_secret=form))


@require_POST
@policy("manage_partners")
def end_secret(request: HttpRequest, pk: int, hint: str) -> HttpResponse:
    found = find(queries.client_rows(), pk=pk)
    with answering(request) as answer:
        clients.end_secret(client=found, hint=hint, by=request.actor, at=now(), **answer.seen)
    return _back(answer, pk, _("The secret counts no more, nor does any token that was given for it."))


@require_POST
@policy("manage_partners")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found, reason = find(queries.client_rows(), pk=pk), typed(request)
    with answering(request) as answer:
        clients.revoke(client=found, reason=reason, by=request.actor, at=now(), **answer.seen)
    return _back(answer, pk, _("Its access is taken away."))


def _back(answer: Answer, pk: int, said: str) -> HttpResponse:
    return answer.redirect(reverse("integration:client", args=[pk]), said=said)


def _page(
    request: HttpRequest, found: ApiClient, *, secret: secrets.Fresh | None = None, status: int = 200
) -> HttpResponse:
    return render(request, PAGE, _context(request, found, secret=secret.text if secret else ""), status=status)


def _context(request: HttpRequest, found: ApiClient, **more: Any) -> dict[str, Any]:
    return {
        "client": found,
        "secrets": list(found.secrets.order_by("-made_at")),
        "new_secret": NewSecret(),
        "may_edit": holds(request.actor, "manage_partners") and not found.revoked_at,
        "at": now(),
        "entries": timeline([found.subject]),
        **more,
    }
