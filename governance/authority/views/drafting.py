"""The next version: drafted from the one in force, from a file, from a starter; and any version as a file."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.screens.answers import answering
from foundation.screens.lists.exports import TYPES, XLSX
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from governance.authority import actions as authority
from governance.authority import exchange, queries
from governance.authority.forms import Draft
from governance.authority.views.matrices import address, found

JSON = "json"


@require_http_methods(["GET", "POST"])
@policy("edit_matrix")
def draft(request: Request) -> HttpResponse:
    """The next version. ``copy_of`` draws it from another; else it begins as the form says."""
    form = Draft(request.POST or None, request.FILES or None)
    with answering(request) as answer:
        if form.is_valid():
            source = form.cleaned_data["copy_of"]
            made = authority.draft_matrix(
                name=form.cleaned_data["name"],
                copy_of=found(source) if source else None,
                rules=form.rules,
                by=request.actor,
                at=now(),
                key=answer.key,
            )
            return answer.redirect(address(made), said=_("A draft. Nothing changes until it is published."))
    return answer.form(form, "governance/authority/draft.html")


@require_GET
@policy("see_matrix")
def as_file(request: Request, number: int, kind: str) -> HttpResponse:
    """The rules as somebody would type them: ``xlsx`` for a spreadsheet, ``json`` for keeping and comparing."""
    matrix = found(number)
    rows = queries.rules_of(matrix)
    if kind not in (XLSX, JSON):
        raise BadRequest(_("A version is written as xlsx or json."))
    content = exchange.as_workbook(rows) if kind == XLSX else exchange.as_json(matrix.name, rows)
    response = HttpResponse(content, content_type=TYPES.get(kind, "application/json"))
    name = slugify(f"{matrix.name} v{matrix.number}")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
