"""Versions of the authority matrix: in words, checked, compared, put in force."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.lifecycles import why_not
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request, is_partial
from governance.authority import actions as authority
from governance.authority import checking, comparing, queries, replays, telling, words
from governance.authority.forms import Draft, Publish
from governance.authority.lifecycle import MatrixState
from governance.authority.models import AuthorityMatrix, MatrixRule
from governance.authority.parameters import EXPIRING_DAYS

PAGE = 100
"""Rules on one page."""

MATRICES = lists.List(
    "matrices",
    title=gettext_lazy("Authority"),
    columns=[
        lists.Column("version", gettext_lazy("Version"), sort="number", value=str),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("rule_count", gettext_lazy("Rules"), sort="rule_count", kind="number"),
        lists.Column("effective_at", gettext_lazy("In force since"), sort="effective_at", kind="instant"),
        lists.Column("author", gettext_lazy("Written by"), value="author.name"),
        lists.Column("publisher", gettext_lazy("Published by"), value="publisher.name"),
    ],
    filters=[lists.Choice("status", gettext_lazy("State"), MatrixState.choices)],
    default_sort="-version",
    url=lambda matrix: address(matrix),
    counted=ngettext_lazy("%(shown)s version", "%(shown)s versions", "count"),
    empty=gettext_lazy("No version yet: nothing can be approved. Draft the first one."),
)


def address(matrix: AuthorityMatrix, name: str = "matrix") -> str:
    return reverse(f"governance:{name}", args=[matrix.number])


def found(number: int) -> AuthorityMatrix:
    return find(queries.versions(), number=number)


@require_GET
@policy("see_matrix")
def versions(request: Request) -> HttpResponse:
    """Every version, and in words what is in force now."""
    return lists.answer(
        request,
        MATRICES,
        queries.versions(),
        template="governance/authority/list.html",
        active=queries.in_force(now()),
        planned=queries.planned_matrix(),
        may_edit=holds(request.actor, "edit_matrix"),
        draft_form=Draft(),
    )


@require_GET
@policy("see_matrix")
def page(request: Request, number: int) -> HttpResponse:
    matrix = found(number)
    rows = MatrixRule.objects.filter(matrix=matrix).order_by("number")
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    rules = list(shown.object_list)
    names = words.Names.of(rules)
    context = {
        "matrix": matrix,
        "rules": [words.said(row, names) for row in rules],
        "shown": shown,
        "entries": timeline([matrix.subject], limit=30),
        "is_draft": matrix.status == MatrixState.DRAFT,
        "may_edit": holds(request.actor, "edit_matrix"),
        "may_publish": holds(request.actor, "publish_matrix"),
        "is_planned": matrix.status == MatrixState.PLANNED,
        "draft_form": Draft(initial={"name": matrix.name}),
    }
    return render(request, "governance/authority/page.html", context)


@require_GET
@policy("see_matrix")
def check(request: Request, number: int) -> HttpResponse:
    """What is wrong with this version: a part of its page, or a page of its own."""
    matrix = found(number)
    rows = queries.rules_of(matrix)
    template = "governance/authority/checks.html"
    context = {"matrix": matrix, "findings": findings_of(rows, words.Names.of(rows)), "rule_count": len(rows)}
    return render(request, f"{template}#findings" if is_partial(request) else template, context)


@require_GET
@policy("see_matrix")
def compare(request: Request, number: int) -> HttpResponse:
    """What this version says differently: against ``?with=``, else what is in force, else the version before."""
    matrix = found(number)
    others = list(queries.versions().exclude(pk=matrix.pk).order_by("-number")[:100])
    other = _other(request.GET.get("with", ""), matrix, others)
    context = {"matrix": matrix, "others": others, "other": other, "differences": differences(other, matrix)}
    return render(request, "governance/authority/compare.html", context)


@require_http_methods(["GET", "POST"])
@policy("publish_matrix")
def publish(request: Request, number: int) -> HttpResponse:
    """First what it will do; then, with that seen, it is done."""
    matrix = found(number)
    form = Publish(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            when = form.cleaned_data["effective_at"]
            authority.publish(matrix=matrix, effective_at=when, by=request.actor, at=now(), **answer.seen)
            if when:
                return answer.redirect(address(matrix), said=_("The version is planned."))
            return answer.redirect(address(matrix, "matrix-open"), said=_("The version is in force."))
    if answer.problem:
        matrix = found(number)
    active, after = queries.active_matrix(), queries.rules_of(matrix)
    before = queries.rules_of(active) if active else []
    names = words.Names.of([*before, *after])
    context: dict[str, Any] = {
        "matrix": matrix,
        "active": active,
        "differences": comparing.between(before, after, names),
        "findings": findings_of(after, names),
        "objections": [*why_not(matrix.publish), *_not_by(matrix, request)],
    }
    replay = replays.standing(matrix, active, at=now())
    context["objections"] += replays.objections(matrix, active, at=now(), shown=replay)
    if replay:
        context |= telling.told(replay) | {"replay": replay}
    return answer.form(form, "governance/authority/publish.html", context)


@require_POST
@policy("publish_matrix")
def cancel_plan(request: Request, number: int) -> HttpResponse:
    """Before its time has come a planned version can be taken back."""
    matrix = found(number)
    with answering(request) as answer:
        authority.cancel_plan(
            matrix=matrix, reason=request.POST.get("reason", "")[:200], by=request.actor, at=now(), **answer.seen
        )
    return answer.redirect(address(matrix), said=_("The plan is canceled: the version is a draft again."))


def differences(old: AuthorityMatrix | None, new: AuthorityMatrix) -> list[comparing.Difference]:
    before, after = queries.rules_of(old) if old else [], queries.rules_of(new)
    return comparing.between(before, after, words.Names.of([*before, *after]))


def checked(rows: list[MatrixRule], names: words.Names) -> checking.Looked:
    """Held against the house as it is today."""
    at = now()
    return checking.look(rows, names.world(), on=at.date(), soon=EXPIRING_DAYS.count(at=at))


def findings_of(rows: list[MatrixRule], names: words.Names) -> list[words.Finding]:
    return words.findings(checked(rows, names), names)


def _not_by(matrix: AuthorityMatrix, request: Request) -> list[str]:
    """The action says so too; here it is known before the button is pressed."""
    if matrix.status == MatrixState.DRAFT and queries.wrote(matrix, request.actor):
        return [_("You wrote on these rules. Somebody else publishes them.")]
    return []


def _other(text: str, matrix: AuthorityMatrix, others: list[AuthorityMatrix]) -> AuthorityMatrix | None:
    named: dict[Any, AuthorityMatrix] = {str(one.number): one for one in others}
    if text in named:
        return named[text]
    active = next((one for one in others if one.status == MatrixState.ACTIVE), None)
    before = next((one for one in others if one.number < matrix.number), None)
    return active if matrix.status == MatrixState.DRAFT and active else before
