"""A verb for many rows: what it would do is shown first where that matters; one turn per document, and each one's
fate is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.screens import problems
from foundation.screens.answers import CAUGHT, key_of
from foundation.screens.finding import possible
from foundation.screens.lists import state
from foundation.screens.lists.contract import List
from foundation.screens.problems import Problem
from foundation.screens.requests import parent

MOST = 500
"""Rows of one press of a button; what takes longer is a job."""

Act = Callable[[Any, dict[str, Any]], Any]
Together = Callable[[list[tuple[Any, int]], str], dict[Any, Exception | None]]
"""Of rows, each with the version that was seen, and the key: what stands against each by its key, or None."""


DO, NOW = "do", "now"
"""What the page of a preview sends along: without it, a button of the list only shows what it would do."""


@dataclass(frozen=True)
class Outcome:
    row: Any
    url: str
    problem: Problem | None


@dataclass(frozen=True)
class Foreseen:
    """What the verb would do with one row, in one sentence; or why it cannot."""

    does: str = ""
    stops: Sequence[str] = ()


Foresee = Callable[[list[Any]], Mapping[Any, Foreseen]]
"""Of rows, what is foreseen of each by its key. It reads by sets: as many queries for one row as for all."""


def answer(
    request: HttpRequest, listing: List, queryset: QuerySet, *, title: str | Promise, act: Act, back: str = ""
) -> HttpResponse:
    """Do ``act(row, {"seen": version, "key": key})`` with every chosen row, and show what became of each.

    Rows that were ticked bring the version that was on the screen. "All that match" stands for what matches now, at
    its present version: the person has not seen each row, and says so by choosing it.
    """

    def one_by_one(rows: list[tuple[Any, int]], key: str) -> dict[Any, Exception | None]:
        return {row.pk: caught(act, row, {"seen": seen, "key": f"{key}:{row.pk}"[-80:]}) for row, seen in rows}

    return together(request, listing, queryset, title=title, act=one_by_one, back=back)


def caught(act: Act, row: Any, asked: dict[str, Any]) -> Exception | None:
    """What an action says no with; everything else passes and is a defect of ours."""
    try:
        act(row, asked)
    except CAUGHT as error:
        return error
    return None


def together(
    request: HttpRequest, listing: List, queryset: QuerySet, *, title: str | Promise, act: Together, back: str = ""
) -> HttpResponse:
    """As ``answer``, for an action that takes all the rows at once and says what became of each."""
    rows = list(chosen(request, listing, queryset))
    return told(request, listing, rows, act(rows, key_of(request)), title=title, back=back)


def previewed(
    request: HttpRequest,
    listing: List,
    queryset: QuerySet,
    *,
    title: str | Promise,
    button: str | Promise,
    foresee: Foresee,
    act: Act,
    form: Form | None = None,
    back: str = "",
) -> HttpResponse:
    """First what ``act`` would do with each chosen row and why it cannot; done when that page is sent.

    The page names each row with the version it speaks of, so that "all that match" is seen before it is meant. What
    ``form`` asks is for all of them; while it cannot be read, nothing is done.
    """
    if request.POST.get(DO) == NOW and (form is None or form.is_valid()):
        return answer(request, listing, queryset, title=title, act=act, back=back)
    rows = [row for row, _seen in chosen(request, listing, queryset)]
    foreseen = foresee(rows)
    shown = [(row, listing.url(row) if listing.url else "", foreseen[row.pk]) for row in rows]
    context = {
        "title": title,
        "button": button,
        "form": form,
        "open": [one for one in shown if not one[2].stops],
        "stopped": [one for one in shown if one[2].stops],
        "query": request.POST.get("query", ""),
        "back": _back(request, back),
    }
    return render(request, "parts/bulk_preview.html", context, status=422 if form and form.is_bound else 200)


def _back(request: HttpRequest, back: str) -> str:
    return f"{back or parent(request.path)}{request.POST.get('query', '')}"


def told(
    request: HttpRequest,
    listing: List,
    rows: list[tuple[Any, int]],
    fates: Mapping[Any, Exception | None],
    *,
    title: str | Promise,
    back: str = "",
) -> HttpResponse:
    """The page that says what became of each row."""
    outcomes = [
        Outcome(row, listing.url(row) if listing.url else "", problems.of(fate) if (fate := fates[row.pk]) else None)
        for row, _seen in rows
    ]
    refused = [outcome for outcome in outcomes if outcome.problem]
    done = [outcome for outcome in outcomes if not outcome.problem]
    context = {"title": title, "refused": refused, "done": done, "back": _back(request, back)}
    return render(request, "parts/bulk_result.html", context)


def chosen(request: HttpRequest, listing: List, queryset: QuerySet) -> Iterator[tuple[Any, int]]:
    """Each chosen row with the version that was seen, in the order of the list."""
    if request.POST.get("every"):
        here = state.read(listing, QueryDict(request.POST.get("query", "").lstrip("?")))
        rows = list(here.narrow(queryset, request.actor).order_by("pk")[: MOST + 1])  # type: ignore[attr-defined]
        seen = {row.pk: getattr(row, "version", 0) for row in rows}
    else:
        seen = dict(_choice(text) for text in request.POST.getlist("chosen"))
        rows = list(queryset.filter(pk__in=seen).order_by("pk")) if len(seen) <= MOST else []
    if len(seen) > MOST:
        raise BadRequest(_("At most %(n)s at once. Narrow the list first.") % {"n": MOST})
    if not seen:
        raise BadRequest(_("Choose at least one row first."))
    for row in rows:
        yield row, seen[row.pk]


def _choice(text: str) -> tuple[int, int]:
    pk, _, version = text.partition(":")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 20 and possible(int(pk)) and version.isascii()):
        raise BadRequest
    if not (version.isdigit() and len(version) < 10):
        raise BadRequest
    return int(pk), int(version)
