"""The audit explorer: entries by document, person and time, and the check of a document's chain."""

import json
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.journal.models import Entry
from foundation.screens import lists
from foundation.screens.differences import words
from foundation.screens.finding import find
from foundation.screens.policy import policy
from organization.audit import evidence, queries, reconstructing
from organization.people.queries import MACHINES

MOST = 2_000
"""Entries of one record that are read to go back in time."""

ENTRIES = lists.List(
    "audit",
    title=gettext_lazy("Audit trail"),
    columns=[
        lists.Column("event", gettext_lazy("What"), value=lambda entry: words(entry.name)),
        lists.Column("document", gettext_lazy("Document"), value=lambda entry: called(entry), kind="code"),
        lists.Column("number", gettext_lazy("Link"), kind="number"),
        lists.Column("by_name", gettext_lazy("By"), value=lambda entry: MACHINES.get(entry.by_name, entry.by_name)),
        lists.Column("at", gettext_lazy("At"), kind="instant"),
        lists.Column("recorded_at", gettext_lazy("Recorded"), kind="instant", is_default=False),
        lists.Column("name", gettext_lazy("Event"), kind="code", is_default=False),
    ],
    filters=[
        lists.Search(["subject", "facts__number", "name"], label=gettext_lazy("Document or event")),
        lists.Search(["by_name"], key="who", label=gettext_lazy("Who")),
        lists.DateRange("day", gettext_lazy("Recorded"), field="recorded_at__date"),
    ],
    default_sort="-id",
    url=lambda entry: reverse("organization:audit-entry", args=[entry.pk]),
    counted=ngettext_lazy("%(shown)s entry", "%(shown)s entries", "count"),
    empty=gettext_lazy("Nothing has happened yet."),
)


def called(entry: Entry) -> str:
    """Its number, or for what has none the name of its kind: "Approval request 84"."""
    if number := entry.facts.get("number"):
        return str(number)
    label, _colon, pk = entry.subject.partition(":")
    return f"{str(apps.get_model(label)._meta.verbose_name).capitalize()} {pk}"


@require_GET
@policy("see_audit")
def entries(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, ENTRIES, queries.entry_rows(), template="organization/audit/list.html")


@require_GET
@policy("see_audit")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.entry_rows(), pk=pk)
    context = {
        "entry": found,
        "called": called(found),
        "facts": json.dumps(found.facts, indent=2, ensure_ascii=False),
        "others": Entry.objects.filter(turn=found.turn_id).exclude(pk=pk).order_by("id")[:50],
    }
    return render(request, "organization/audit/page.html", context)


@require_POST
@policy("see_audit")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Walk the chain of the entry's document against the head that the document itself carries."""
    found = find(Entry.objects.all(), pk=pk)
    if faults := queries.broken(found.subject):
        messages.error(request, _("The chain is broken at: %(places)s.") % {"places": ", ".join(faults[:5])})
    else:
        said = {"document": called(found)}
        messages.success(request, _("The chain of %(document)s holds: every entry is as it was written.") % said)
    return HttpResponseRedirect(reverse("organization:audit-entry", args=[pk]), status=303)


@require_GET
@policy("see_audit")
def record(request: HttpRequest, subject: str) -> HttpResponse:
    """One record at two points in time, beside one another."""
    row = row_of(subject)
    entries = list(queries.entry_rows().filter(subject=subject).order_by("number")[:MOST])
    points = points_of(entries)
    first = _chosen(request, "from", points, points[0]["version"] if len(points) > 1 else 0)
    second = _chosen(request, "to", points, points[-1]["version"] if points else 0)
    context = {
        "row": row,
        "subject": subject,
        "called": called(entries[-1]) if entries else str(row),
        "points": points,
        "first": first,
        "second": second,
        "fields": reconstructing.compared(row, entries, first, second),
        "is_cut": len(entries) == MOST,
        "newest": entries[-1] if entries else None,
    }
    return render(request, "organization/audit/record.html", context)


@require_GET
@policy("see_audit")
def export(request: HttpRequest, subject: str) -> HttpResponse:
    """The record's whole history, hashed and signed."""
    text = evidence.written(row_of(subject), by=request.actor, at=now())
    response = HttpResponse(text, "application/x-ndjson; charset=utf-8")
    name = f"evidence-{subject.replace(':', '-')}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def row_of(subject: str) -> Any:
    if not reconstructing.known(subject):
        raise Http404
    try:
        return reconstructing.record(subject)
    except ObjectDoesNotExist:
        raise Http404 from None


def points_of(entries: list[Entry]) -> list[dict[str, Any]]:
    """Each version with what made it and when; several entries of one turn are one point."""
    found: dict[int, dict[str, Any]] = {}
    for one in entries:
        point = found.setdefault(one.document_version, {"version": one.document_version, "at": one.at, "words": []})
        point["words"].append(words(one.name))
    return list(found.values())


def _chosen(request: HttpRequest, name: str, points: list[dict[str, Any]], otherwise: int) -> int:
    said = request.GET.get(name, "")
    known = {str(point["version"]): point["version"] for point in points} | {"0": 0}
    return known.get(said, otherwise)
