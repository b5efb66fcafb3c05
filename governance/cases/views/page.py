"""One exception: what happened, about what, who waits for whom, what may be done now, what was said."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from foundation.files.models import StoredFile
from foundation.files.queries import sees_subject
from foundation.journal.queries import timeline
from foundation.panels.registry import panels_for
from foundation.resolutions.registry import resolutions_for, show
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request, is_partial
from governance.cases import kinds, queries, words
from governance.cases.forms import AskSomebody, Close, HandOver, Note, Reopen, Resolve
from governance.cases.lifecycle import WAITING, CaseState
from governance.cases.models import Case

PAGE = "governance/cases/page.html"
WAYS = "governance/cases/ways.html"


@require_GET
@policy("see_case")
def page(request: Request, number: str) -> HttpResponse:
    return render(request, PAGE, context_of(request, found(request, number)))


@require_GET
@policy("see_case")
def ways(request: Request, number: str) -> HttpResponse:
    """What may be done about it now, each with its effect: a part of the page, or a page of its own."""
    return render(request, f"{WAYS}#ways" if is_partial(request) else WAYS, ways_of(request, found(request, number)))


def found(request: Request, number: str) -> Case:
    return find(queries.case_rows(request.actor), number=number)


def context_of(request: Request, case: Case, **bound: Form) -> dict[str, Any]:
    """Everything the page shows; ``bound`` are forms that were sent and came back."""
    may_work = holds(request.actor, "work_case")
    forms: dict[str, Form] = {}
    if may_work and case.is_unsolved:
        forms |= {"note": Note(prefix="note"), "hand_over": HandOver(people=queries.workers(case))}
        if case.status not in WAITING:
            forms["ask"] = AskSomebody(case=case)
    elif may_work:
        forms |= {"reopen": Reopen()} | ({"close": Close()} if case.status == CaseState.RESOLVED else {})
    return {
        "case": case,
        "kind": kinds.of(case.kind),
        "clock": words.clock(case, now()),
        "facts": words.facts(case),
        "panels": panels_for("case", request.actor, number=case.number) if case.supplier_id else [],
        "notes": list(case.notes.select_related("file").order_by("at", "pk")),
        "files": _evidence(request, case),
        "entries": timeline([case.subject]),
        "forms": forms | bound,
        "root_causes": words.ROOT_CAUSES,
        "may_work": may_work,
        "may_take": may_work and case.is_unsolved and case.owner_id != request.actor.person_id,
        "is_waiting": case.status in WAITING,
        "resolution": _label(case),
    }


def ways_of(request: Request, case: Case, bound: Resolve | None = None) -> dict[str, Any]:
    """Every resolution of the kind: possible with preview and form, or why not."""
    show(case)
    shown = []
    for one in resolutions_for(case.kind) if case.is_unsolved else []:
        is_mine = holds(request.actor, one.verb)
        objections = one.why_not(case)
        form = bound if bound is not None and bound.data.get("how") == one.name else None
        is_possible = is_mine and not objections
        shown.append(
            {
                "name": one.name,
                "label": one.label,
                "verb": one.verb,
                "is_mine": is_mine,
                "objections": objections,
                "preview": [] if objections else one.preview(case),
                "form": (form or Resolve(case=case, resolution=one)) if is_possible else None,
            }
        )
    return {"case": case, "ways": shown, "root_causes": words.ROOT_CAUSES, "clock": words.clock(case, now())}


def _evidence(request: Request, case: Case) -> list[StoredFile]:
    """Files of the case and, for those who may see it, of the document it is about."""
    files = list(StoredFile.objects.filter(about__in=[case.subject, case.about]).order_by("-stored_at", "-pk")[:50])
    if any(file.about == case.about for file in files) and not sees_subject(request.actor, case.about):
        return [file for file in files if file.about != case.about]
    return files


def _label(case: Case) -> str:
    return next((str(one.label) for one in resolutions_for(case.kind) if one.name == case.resolution), "")
