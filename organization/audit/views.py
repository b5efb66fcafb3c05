"""The audit explorer: entries by document, person and time, and the check of a document's chain."""

import json

from django.apps import apps
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.journal.models import Entry
from foundation.screens import lists
from foundation.screens.differences import words
from foundation.screens.finding import find
from foundation.screens.policy import policy
from organization.audit import queries
from organization.people.queries import MACHINES

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
