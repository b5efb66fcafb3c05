"""Imports: take a file in, say what its columns mean, see what it would do, apply it, take it back."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.lists.exports import to_csv
from foundation.screens.policy import policy
from foundation.screens.requests import Request, is_partial
from integration.imports import actions as imports
from integration.imports import matching, queries, staging
from integration.imports.columns import ERROR
from integration.imports.forms import Columns, Upload
from integration.imports.kinds import KINDS, kind_of
from integration.imports.models import Import, ImportState

SHOWN = 50
"""Rows on the page; the file of errors holds all that are in error."""
IMPORTS = lists.List(
    "imports",
    title=gettext_lazy("Imports"),
    columns=[
        lists.Column("file", gettext_lazy("File"), sort="file__name", value="file.name"),
        lists.Column("kind", gettext_lazy("What"), sort="kind", value=lambda batch: KINDS[batch.kind].label),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("row_count", gettext_lazy("Rows"), sort="row_count", kind="number"),
        lists.Column("applied_count", gettext_lazy("Records written"), sort="applied_count", kind="number"),
        lists.Column("error_count", gettext_lazy("Rows in error"), sort="error_count", kind="number"),
        lists.Column("started_at", gettext_lazy("Uploaded"), sort="started_at", kind="instant"),
    ],
    filters=[
        lists.Search(["file__name"]),
        lists.Choice("kind", gettext_lazy("What"), [(kind.name, kind.label) for kind in KINDS.values()]),
        lists.Choice("status", gettext_lazy("State"), ImportState.choices),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("staged", gettext_lazy("Not applied"), {"status": ImportState.STAGED}),
    ],
    default_sort="-id",
    url=lambda batch: reverse("integration:import", args=[batch.pk]),
    counted=ngettext_lazy("%(shown)s import", "%(shown)s imports", "count"),
    empty=gettext_lazy("No imports yet. Upload a CSV or XLSX file with “New import”."),
)


@require_GET
@policy("import_data")
def import_list(request: Request) -> HttpResponse:
    return lists.answer(request, IMPORTS, queries.import_rows(request.actor), template="integration/imports/list.html")


@require_http_methods(["GET", "POST"])
@policy("import_data")
def new(request: Request) -> HttpResponse:
    form = Upload(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    with answering(request) as answer:
        if form.is_valid():
            given = form.cleaned_data
            batch = imports.receive(
                kind=given["kind"], upload=given["file"], by=request.actor, at=now(), key=answer.key
            )
            return answer.redirect(reverse("integration:import", args=[batch.pk]))
    kinds = [kind_of(name) for name in KINDS]
    return answer.form(form, "integration/imports/new.html", {"kinds": kinds})


@require_GET
@policy("import_data")
def columns(request: Request, kind: str) -> HttpResponse:
    """An empty file with our headings, to be filled in."""
    if kind not in KINDS:
        raise Http404
    return _download(to_csv([column.name for column in kind_of(kind).columns], []), f"{kind}.csv")


def _found(request: Request, pk: int) -> Import:
    return find(queries.import_rows(request.actor), pk=pk)


@require_GET
@policy("import_data")
def page(request: Request, pk: int) -> HttpResponse:
    """What it would do, or did; while it works, how far it is."""
    batch = _found(request, pk)
    if is_partial(request):
        response = render(request, "integration/imports/page.html#progress", {"batch": batch, "job": batch.job})
        if batch.job is None or batch.job.is_over:
            response["HX-Refresh"] = "true"
        return response
    form = Columns(kind=kind_of(batch.kind), batch=batch)
    return render(request, "integration/imports/page.html", _context(request, batch, form))


def _context(request: Request, batch: Import, form: Columns) -> dict[str, Any]:
    kind, shown = kind_of(batch.kind), request.GET.get("show", "")
    rows = batch.rows.order_by("number")
    if shown in queries.EFFECTS:
        rows = rows.filter(effect=shown)
    used = [column for column in kind.columns if column.name in batch.mapping]
    counts = queries.effects(batch)
    is_working = batch.job is not None and not batch.job.is_over
    missing = matching.missing(kind, batch.mapping)
    return {
        "batch": batch,
        "kind": kind,
        "form": form,
        "job": batch.job,
        "is_working": is_working,
        "is_cut_off": batch.status == ImportState.RUNNING and not is_working,
        "counts": counts,
        "tabs": [("", _("All"), sum(counts.values())), *((e, label, counts[e]) for e, label in LABELS.items())],
        "show": shown,
        "columns": used,
        "rows": [(row, [(column, _shown(row.values.get(column.name, ""))) for column in used]) for row in rows[:SHOWN]],
        "more": max(rows.count() - SHOWN, 0),
        "missing": missing,
        "may_apply": not missing and batch.error_count < batch.row_count,
        "standing": queries.standing(batch).count() if batch.status == ImportState.APPLIED else 0,
        "entries": timeline([batch.subject]),
    }


def _shown(value: Any) -> Any:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


LABELS = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Unchanged"),
    "error": gettext_lazy("In error"),
}


@require_POST
@policy("import_data")
def map_columns(request: Request, pk: int) -> HttpResponse:
    batch = _found(request, pk)
    form = Columns(request.POST, kind=kind_of(batch.kind), batch=batch)
    with answering(request) as answer:
        if form.is_valid():
            imports.map_columns(batch=batch, by=request.actor, at=now(), **form.said(), **answer.seen)
            said = _("Every row was looked at anew.")
            return answer.redirect(reverse("integration:import", args=[pk]), said=said)
    return answer.form(form, "integration/imports/page.html", _context(request, _found(request, pk), form))


@require_POST
@policy("import_data")
def apply(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, imports.begin, _("It is being applied. You may leave this page."))


@require_POST
@policy("import_data")
def undo(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, imports.begin_undo, _("It is being undone. You may leave this page."))


@require_POST
@policy("import_data")
def discard(request: Request, pk: int) -> HttpResponse:
    return _do(request, pk, imports.discard, _("It is discarded; nothing was written."))


def _do(request: Request, pk: int, action: Callable[..., object], said: str) -> HttpResponse:
    batch = _found(request, pk)
    with answering(request) as answer:
        action(batch=batch, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("integration:import", args=[pk]), said=said)


@require_GET
@policy("import_data")
def errors(request: Request, pk: int) -> HttpResponse:
    """The rows in error as they came, with their line and what is wrong: correct them, upload the file again."""
    batch = _found(request, pk)
    wrong = {row.number: row.errors for row in batch.rows.filter(effect=ERROR)}
    lines = [line for line in staging.table_of(batch).lines if line.number in wrong]
    cells = [
        [*(_cell(cell) for cell in line.cells[: len(batch.header)]), *[""] * (len(batch.header) - len(line.cells))]
        for line in lines
    ]
    headings = [*batch.header, _("Line in %(file)s") % {"file": batch.file.name}, _("What is wrong")]
    content = to_csv(
        headings,
        [[*row, line.number, " ".join(wrong[line.number])] for row, line in zip(cells, lines, strict=True)],
    )
    return _download(content, f"errors-{batch.pk}.csv")


def _cell(cell: Any) -> Any:
    return getattr(cell, "text", cell)


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
