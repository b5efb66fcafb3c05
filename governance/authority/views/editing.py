"""The grid of a draft: typed or pasted, looked at, then saved. Nothing is in force before it is published."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from governance.authority import actions as authority
from governance.authority import comparing, grid, matrices, queries, words
from governance.authority.facts import WORDS
from governance.authority.forms import Grid
from governance.authority.models import AuthorityMatrix, MatrixRule
from governance.authority.views.matrices import findings_of, found

PAGE = 1000
"""Rules in one grid; the others stay as they are."""


@require_http_methods(["GET", "POST"])
@policy("edit_matrix")
def edit(request: Request, number: int) -> HttpResponse:
    """``do=look`` shows what the draft would say differently and what is wrong with it; ``do=save`` writes it."""
    matrix = found(number)
    rows = queries.rules_of(matrix)
    first = _first(request, len(rows))
    form = Grid(request.POST or None, rows=rows[first : first + PAGE])
    context: dict[str, Any] = {"first": first, "looked": False}
    with answering(request) as answer:
        if form.is_valid():
            rules = merged(rows, form)
            if request.POST.get("do") == "save":
                authority.set_rules(matrix=matrix, rules=rules, by=request.actor, at=now(), **answer.seen)
                return answer.redirect(_here(matrix, first), said=_("The draft is saved. Nothing is in force yet."))
            context |= looked_at(matrix, rows, rules)
    response = answer.form(
        form, "governance/authority/edit.html", context | shown(found(number), form, first, len(rows))
    )
    if context["looked"]:
        response.status_code = 200  # read, and nothing was refused
    return response


def merged(rows: list[MatrixRule], form: Grid) -> list[dict[str, Any]]:
    """All rules of the draft: those of this grid as they were typed, the others as they stand."""
    replaced = {typed.was for typed in form.typed if typed.was}
    kept = [matrices.as_given(row) for row in rows if str(row.number) not in replaced]
    taken = {rule["number"] for rule in (*kept, *form.rules) if rule.get("number")}
    following = max(taken, default=0)
    for rule in form.rules:
        if not rule.get("number"):
            following += 1
            rule["number"] = following
    return sorted([*kept, *form.rules], key=lambda rule: rule["number"])


def looked_at(matrix: AuthorityMatrix, rows: list[MatrixRule], rules: list[dict[str, Any]]) -> dict[str, Any]:
    """What saving would change, and what the check says of it; nothing is written."""
    new = matrices.rows_of(matrix, rules)
    names = words.Names.of([*rows, *new])
    return {"looked": True, "differences": comparing.between(rows, new, names), "findings": findings_of(new, names)}


def shown(matrix: AuthorityMatrix, form: Grid, first: int, count: int) -> dict[str, Any]:
    return {
        "matrix": matrix,
        "grid": form.grid(),
        "heads": grid.heads(),
        "known": known(),
        "how": grid.HOW,
        "rule_count": count,
        "last": min(first + PAGE, count),
        "before": _here(matrix, first - PAGE) if first else "",
        "after": _here(matrix, first + PAGE) if first + PAGE < count else "",
    }


def known() -> list[tuple[str, list[str]]]:
    """What may be typed, column by column, for the lists that browsers offer."""
    codes = grid.Codes.all()
    words_of = {name: [str(word) for word in kind] for name, kind in WORDS.items()}
    return [
        ("document_kind", list(words.KINDS)),
        *words_of.items(),
        *((name, sorted(getattr(codes, name))) for name in grid.KEYS),
    ]


def _first(request: Request, count: int) -> int:
    text = request.GET.get("first", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise BadRequest(_("“first” is the place of a rule, counted from 0."))
    return min(int(text), count) // PAGE * PAGE


def _here(matrix: AuthorityMatrix, first: int) -> str:
    return f"{reverse('governance:matrix-edit', args=[matrix.number])}{f'?first={first}' if first else ''}"
