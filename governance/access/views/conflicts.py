"""Conflicts of duties over everybody: how many, whose, what by, and whether two people accepted them."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.lists import exports
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request
from foundation.values.days import end_of
from governance.access import actions as access
from governance.access import conflicts, queries
from governance.access.conflicts import Found
from governance.access.duties import BY_KEY, CONFLICTS
from governance.access.forms import AskAcceptance
from governance.access.models import ConflictAcceptance

SHOWN = 100
"""Conflicts on one page; all of them are in the file."""
KEPT, OPEN = "accepted", "open"


@require_GET
@policy("see_people")
def report(request: Request) -> HttpResponse:
    every = conflicts.found(now())
    shown = sorted(narrowed(every, request), key=lambda one: (one.is_accepted, bool(one.conflict.apart)))
    if kind := request.GET.get("export"):
        return file_of(shown, kind)
    context = {
        "here": "conflicts",
        "counts": counted(every),
        "total": len(every),
        "people_count": len({one.person.pk for one in every}),
        "found": shown[:SHOWN],
        "found_count": len(shown),
        "asked": request.GET,
        "is_narrowed": any(request.GET.get(name) for name in ("conflict", "person", "state")),
        "may_answer": holds(request.actor, "review_access"),
        "me": request.actor.person_id,
        "chosen": BY_KEY.get(request.GET.get("conflict", "")),
    }
    return render(request, "governance/access/conflicts.html", context)


def narrowed(every: list[Found], request: Request) -> list[Found]:
    """By conflict, by person, by whether it is accepted."""
    key, person, state = (request.GET.get(name, "") for name in ("conflict", "person", "state"))
    return [
        one
        for one in every
        if (not key or one.conflict.key == key)
        and (not person or str(one.person.pk) == person)
        and (state not in (KEPT, OPEN) or one.is_accepted == (state == KEPT))
    ]


def counted(every: list[Found]) -> list[dict[str, Any]]:
    """How often each conflict of the table is found, those that nothing keeps apart first."""
    all_of = Counter(one.conflict.key for one in every)
    accepted = Counter(one.conflict.key for one in every if one.is_accepted)
    rows = [{"conflict": one, "count": all_of[one.key], "accepted": accepted[one.key]} for one in CONFLICTS]
    return sorted(rows, key=lambda row: (bool(row["conflict"].apart), -row["count"]))


def file_of(found: list[Found], kind: str) -> HttpResponse:
    """Who, which duties, where, by which roles, since when, accepted until when and why."""
    if kind not in exports.TYPES:
        raise BadRequest(_("A list can be exported as csv or xlsx."))
    headings = [
        _("Person"), _("Conflict"), _("Source"), _("First duty by"), _("Second duty by"), _("Both since"),
        _("Kept apart by"), _("Accepted until"), _("Reason"),
    ]  # fmt: skip
    lines = [
        [
            one.person.name,
            str(one.conflict.label),
            "; ".join(one.conflict.source),
            *("; ".join(f"{held.role} ({held.place})" for held in side) for side in (one.first, one.second)),
            localtime(one.since).date(),
            str(one.conflict.apart),
            localtime(one.acceptance.until).date() if one.is_accepted else None,
            one.acceptance.reason if one.is_accepted else "",
        ]
        for one in found
    ]
    written = exports.to_csv(headings, lines) if kind == exports.CSV else exports.to_xlsx(headings, lines)
    response = HttpResponse(written, exports.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="conflicts-{localdate().isoformat()}.{kind}"'
    return response


@require_http_methods(["GET", "POST"])
@policy("review_access")
def ask(request: Request) -> HttpResponse:
    """Ask a second person to accept one."""
    form = AskAcceptance(request.POST or None, initial=request.GET.dict())
    with answering(request) as answer:
        if form.is_valid():
            said = form.cleaned_data
            access.ask_acceptance(
                person=said["person"],
                conflict=BY_KEY[said["conflict"]],
                reason=said["reason"],
                until=end_of(said["until"]),
                by=request.actor,
                at=now(),
                key=answer.key,
            )
            return answer.redirect(back(said["person"].pk), said=_("A second person is asked."))
    return answer.form(form, "governance/access/ask.html", {"conflict": BY_KEY.get(str(form["conflict"].value()))})


@require_POST
@policy("review_access")
def accept(request: Request, pk: int) -> HttpResponse:
    return _answered(request, pk, access.accept, _("The conflict is accepted until then."))


@require_POST
@policy("review_access")
def decline(request: Request, pk: int) -> HttpResponse:
    return _answered(request, pk, access.decline, _("Declined: the conflict stays open."))


@require_POST
@policy("review_access")
def take_back(request: Request, pk: int) -> HttpResponse:
    return _answered(request, pk, access.take_back, _("Taken back: the conflict is open again."))


def _answered(request: Request, pk: int, act: Callable[..., ConflictAcceptance], said: str) -> HttpResponse:
    row = find(queries.acceptances(), pk=pk)
    with answering(request) as answer:
        act(acceptance=row, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(back(row.person_id), said=said)


def back(person_id: int) -> str:
    return f"{reverse('governance:conflicts')}?person={person_id}"
