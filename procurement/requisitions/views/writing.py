"""Write a request: one page that works with plain posts, and quicker with htmx. Only *save* and *send* write."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from foundation.lifecycles import Refused
from foundation.screens.answers import Answer, answering
from foundation.screens.finding import find
from foundation.screens.lists.filters import clean
from foundation.screens.policy import policy
from foundation.screens.requests import is_partial
from foundation.values.exact import plain
from organization.items.models import Category, Unit
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.requisitions import actions as requisitions
from procurement.requisitions import finding, merging, preview, queries, steps, typed
from procurement.requisitions.forms import Header
from procurement.requisitions.lifecycle import EDITABLE
from procurement.requisitions.models import Requisition
from procurement.requisitions.preview import Preview
from procurement.requisitions.typed import Row
from suppliers.contracts.models import Contract

PAGE = "procurement/requisitions/edit.html"
CHUNK = 20
"""Rows of one table: a browser lays out only the tables that are looked at."""
SAVE, SEND, MERGE, DISCARD = "save", "send", "merge:", "discard:"
Then = Callable[[HttpRequest, Answer, Requisition], HttpResponse]
"""What is done with a request that was saved and is understood."""


@require_http_methods(["GET", "POST"])
@policy("raise_requisition")
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _posted(request, None)
    if number := clean(request.GET, "contract"):
        return _release(request, find(Contract.objects.visible_to(request.actor), number=number))
    return _page(request, None, Header(actor=request.actor), steps.blank(), Preview())


def _release(request: HttpRequest, contract: Contract) -> HttpResponse:
    """A request that begins with what is left on a contract: only quantities are missing."""
    title = _("Release on %(number)s: %(title)s") % {"number": contract.number, "title": contract.title}
    header = Header(actor=request.actor, initial={"title": title[:200]})
    return _page(request, None, header, [*typed.of_contract(contract), *steps.blank(1)], Preview())


@require_http_methods(["GET", "POST"])
@policy("raise_requisition")
def edit(request: HttpRequest, number: str) -> HttpResponse:
    requisition = find(queries.requisition_pages(request.actor), number=number)
    if request.method == "POST":
        return _posted(request, requisition)
    header = Header(Header.of(requisition), actor=request.actor, requisition=requisition)
    rows = [*(typed.of_line(line) for line in queries.full_lines(requisition)), *steps.blank()]
    return _page(request, requisition, header, rows, _preview(request, header, rows))


@require_POST
@policy("raise_requisition")
def rail(request: HttpRequest) -> HttpResponse:
    """Checks, budget and route of what is on the screen, asked for while somebody types."""
    header, rows = Header(request.POST, actor=request.actor), typed.rows_of(request.POST)
    seen = _preview(request, header, rows)
    return render(request, f"{PAGE}#rail", {"preview": seen, "outcome": _outcome(rows), "is_partial": True})


@require_GET
@policy("raise_requisition")
def items(request: HttpRequest) -> HttpResponse:
    """What the search box offers while somebody types."""
    site = next((one for one in queries.sites_for(request.actor) if str(one.pk) == request.GET.get("site")), None)
    found = _found(clean(request.GET, "find"), site)
    return render(request, f"{PAGE}#found", {"found": found, "needs_site": site is None})


def _posted(request: HttpRequest, requisition: Requisition | None) -> HttpResponse:
    header = Header(request.POST, actor=request.actor, requisition=requisition)
    rows, do = typed.rows_of(request.POST), request.POST.get("do", "check")
    if do in (SAVE, SEND):
        return _write(request, requisition, header, rows, _send if do == SEND else _saved)
    if do.startswith(MERGE):
        into = find(queries.requisition_pages(request.actor), number=do.removeprefix(MERGE))
        return _write(request, requisition, header, rows, _merge_into(into))
    if do.startswith(DISCARD):
        return _discard(request, requisition, other=do.removeprefix(DISCARD))
    rows = steps.take(do, rows, request.POST)
    response = _page(request, requisition, header, rows, _preview(request, header, rows))
    return trigger_client_event(response, "rows", after="settle") if is_partial(request) else response


def _write(
    request: HttpRequest, requisition: Requisition | None, header: Header, rows: list[Row], then: Then
) -> HttpResponse:
    """Keep what is understood; what comes *then* needs all of it to be."""
    seen = _preview(request, header, rows)
    with answering(request) as answer:
        if header.is_valid():
            requisition = _keep(request, answer, requisition, header, rows)
            if seen.unclear:
                raise Refused(_unclear(seen.unclear))
            return then(request, answer, requisition)
    context = _context(request, requisition, header, [*rows, *steps.blank(1)], seen)
    if any(row.lacks_date for row in rows):
        header.add_error("need_by", _("Say when it is needed: here once for all lines, or in each line."))
    return answer.form(header, PAGE, context)


def _saved(_request: HttpRequest, answer: Answer, requisition: Requisition) -> HttpResponse:
    return answer.redirect(_editing(requisition), said=_("The draft is saved."))


def _send(request: HttpRequest, answer: Answer, requisition: Requisition) -> HttpResponse:
    sent = {"seen": requisition.version, "key": f"{answer.key}:send"[-80:]}
    requisition = requisitions.submit(requisition=requisition, by=request.actor, at=now(), **sent)
    return answer.redirect(reverse("procurement:request", args=[requisition.number]), said=_sent(requisition))


def _merge_into(into: Requisition) -> Then:
    """Into the request that asks for the same, which is then looked at and sent."""

    def merge(request: HttpRequest, answer: Answer, requisition: Requisition) -> HttpResponse:
        sent = {"seen": requisition.version, "key": f"{answer.key}:merge"[-80:]}
        merging.merge(requisition=requisition, into=into, by=request.actor, at=now(), **sent)
        return answer.redirect(_editing(into), said=_("Merged. Look at it once more, and send it."))

    return merge


def _editing(requisition: Requisition) -> str:
    return reverse("procurement:request-edit", args=[requisition.number])


def _discard(request: HttpRequest, requisition: Requisition | None, *, other: str) -> HttpResponse:
    """The other request does for both."""
    into = find(queries.requisition_pages(request.actor), number=other)
    with answering(request) as answer:
        if requisition is not None:
            reason = _("%(number)s asks for the same") % {"number": into.number}
            requisitions.cancel(requisition=requisition, reason=reason, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("procurement:request", args=[into.number]), said=_("Discarded: this one stands."))


def _keep(
    request: HttpRequest, answer: Answer, requisition: Requisition | None, header: Header, rows: list[Row]
) -> Requisition:
    """Save what is understood; the rest stays on the screen."""
    wanted = [row.wanted for row in rows if row.line and row.wanted]
    said: dict[str, Any] = {"wanted": wanted, "by": request.actor, "at": now(), **header.asked}
    if requisition is None:
        return requisitions.raise_(site=header.cleaned_data["site"], key=answer.key, **said)
    return requisitions.edit(requisition=requisition, **said, **answer.seen)


def _unclear(count: int) -> str:
    sentence = ngettext(
        "%(n)d row is not understood yet. The others are saved: put it right or empty it.",
        "%(n)d rows are not understood yet. The others are saved: put them right or empty them.",
        count,
    )
    return sentence % {"n": count}


def _sent(requisition: Requisition) -> str:
    if requisition.approved_at:
        return _("%(number)s is approved by policy: nobody has to be asked.") % {"number": requisition.number}
    return _("%(number)s is sent for approval.") % {"number": requisition.number}


def _preview(request: HttpRequest, header: Header, rows: list[Row]) -> Preview:
    return preview.read(rows, header.read, requester_id=request.actor.person_id, at=now())


def _page(
    request: HttpRequest, requisition: Requisition | None, header: Header, rows: list[Row], seen: Preview
) -> HttpResponse:
    part = {"lines": f"{PAGE}#lines"}.get(request.headers.get("HX-Target", ""), PAGE) if is_partial(request) else PAGE
    return render(request, part, _context(request, requisition, header, rows, seen))


def _context(
    request: HttpRequest, requisition: Requisition | None, header: Header, rows: list[Row], seen: Preview
) -> dict[str, Any]:
    if requisition and requisition.status not in EDITABLE:
        raise Http404
    numbered = [{"n": n, "row": row} for n, row in enumerate(rows)]
    return {
        "form": header,
        "requisition": requisition,
        "chunks": [numbered[start : start + CHUNK] for start in range(0, len(numbered), CHUNK)],
        "preview": seen,
        "outcome": _outcome(rows),
        "units": Unit.objects.order_by("code"),
        "categories": Category.objects.order_by("code"),
        "found": _found(clean(request.POST, "find"), header.read.get("site")),
        "find": clean(request.POST, "find"),
        "picked": next((n for n, row in enumerate(rows) if row.is_picked), None),
    }


def _outcome(rows: list[Row]) -> dict[int, dict[str, Any]]:
    """By row: what it comes to and what is wrong, for the cells beside the inputs."""
    return {
        n: {
            "amount": plain(row.line.amount, 2) if row.line else "",
            "price": typed.written(typed.per_unit(row.line)) if row.line else "",
            "unit": row.line.unit.code if row.line else "",
            "says": row.problem or row.hint,
            "wrong": bool(row.problem),
            "about": row.line.description if row.line and not row.description else "",
            "guesses": [[item.pk, str(item)] for item in row.guesses],
        }
        for n, row in enumerate(rows)
        if row.line or row.problem
    }


def _found(text: str, site: Site | None) -> list[finding.Choice]:
    return finding.choices(text, site=site, on=today(site, now())) if site and text else []
