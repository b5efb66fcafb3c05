"""Who would be asked? Facts in, route out, with the rules behind it; nothing is written."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.screens.policy import policy
from foundation.screens.requests import Request
from governance.approvals import staffing
from governance.authority import queries, rules, words
from governance.authority.forms import TryOut
from governance.authority.matrices import rule_of
from governance.authority.models import AuthorityMatrix
from governance.authority.views.matrices import found


@require_GET
@policy("see_matrix")
def try_out(request: Request, number: int) -> HttpResponse:
    matrix = found(number)
    form = TryOut(request.GET if "kind" in request.GET else None)
    context: dict[str, Any] = {"matrix": matrix, "form": form}
    if form.is_bound and form.is_valid():
        context |= route_of(matrix, form)
    return render(
        request, "governance/authority/try.html", context, status=422 if form.is_bound and form.errors else 200
    )


def route_of(matrix: AuthorityMatrix, form: TryOut) -> dict[str, Any]:
    """The route with its people, the rules that made it, and why another rule took no part."""
    given = form.cleaned_data
    routed = queries.route_for(**form.facts(), at=now(), matrix=matrix)
    openings = staffing.openings(routed)
    staffed = staffing.staff(
        openings, kind=given["kind"], amount=given["amount"], requester_id=None, barred=(), spoke=(), at=now()
    )
    rows = {row.number: row for row in queries.rules_of(matrix)}
    names = words.Names.of(rows.values())
    taking_part = {rule.number for rule in routed.route.rules}
    asked = given["why_not"]
    return {
        "routed": routed,
        "steps": [
            {"opening": one, "takers": [taker.name for taker in staffed.takers.get(one.number, [])]} for one in openings
        ],
        "said": [words.said(row, names) for number, row in rows.items() if number in taking_part],
        "asked": asked,
        "reasons": _why_not(rows, asked, given["kind"], routed) if asked and asked not in taking_part else [],
        "took_part": asked in taking_part,
    }


def _why_not(rows: dict[int, Any], asked: int, kind: str, routed: queries.Routed) -> list[str]:
    row = rows.get(asked)
    if row is None:
        return [_("There is no rule %(number)s.") % {"number": asked}]
    if not row.is_on:
        return [_("It is switched off.")]
    return [str(reason) for reason in rules.why_not(rule_of(row, kind), routed.route.facts)]
