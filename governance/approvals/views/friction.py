"""Which rules cost time, and what for: the figures of each rule of a version, and the documents behind a figure."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET

from foundation.screens import lists
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request
from governance.approvals import friction
from governance.approvals.friction import Proposal, Worn
from governance.approvals.lifecycle import StepState
from governance.authority import queries, words
from governance.authority.models import MatrixRule
from governance.authority.views.matrices import found

TONES = {Proposal.DROP: "warn", Proposal.START_HIGHER: "info", Proposal.MERGE: "info", Proposal.NEVER_ASKED: "neutral"}
STEPS = lists.List(
    "friction",
    title=gettext_lazy("Asked by this rule"),
    columns=[
        lists.Column("title", gettext_lazy("Document"), value="request.title", url=lambda step: step.request.url),
        lists.Column(
            "amount", gettext_lazy("Amount"), sort="request__amount", kind="money", value="request.amount",
            currency="request.currency",
        ),
        lists.Column("role", gettext_lazy("Asked"), sort="role", value=str),
        lists.Column("status", gettext_lazy("Answer"), sort="status", kind="state"),
        lists.Column("became", gettext_lazy("What became of it"), value="request.get_status_display"),
        lists.Column("activated_at", gettext_lazy("Asked at"), sort="activated_at", kind="instant"),
        lists.Column("decided_at", gettext_lazy("Decided"), sort="decided_at", kind="instant"),
    ],
    filters=[
        lists.Choice("status", gettext_lazy("Answer"), StepState.choices),
        lists.DateRange("asked", gettext_lazy("Sent"), field="request__asked_at__date"),
    ],
    default_sort="-id",
    url=lambda step: step.request.url,
    counted=ngettext_lazy("%(shown)s step", "%(shown)s steps", "count"),
    empty=gettext_lazy("This rule asked nobody in these days."),
)  # fmt: skip


@require_GET
@policy("see_matrix")
def rules(request: Request, number: int) -> HttpResponse:
    """Every rule that asks somebody, those worth a change first."""
    matrix = found(number)
    rows = queries.rules_of(matrix)
    names, of = words.Names.of(rows), {row.number: row for row in rows}
    days = days_of(request)
    since = localtime(now() - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    worn = friction.worn(matrix, since=since)
    context = {
        "matrix": matrix,
        "days": days,
        "since": since.date().isoformat(),
        "periods": friction.PERIODS,
        "rules": [shown(one, words.said(of[one.rule], names)) for one in sorted(worn, key=_worst)],
        "opens": holds(request.actor, "edit_matrix") or holds(request.actor, "publish_matrix"),
        "enough": friction.ENOUGH,
    }
    return render(request, "governance/authority/friction.html", context)


@require_GET
@policy("edit_matrix", "publish_matrix")
def documents(request: Request, number: int, rule: int) -> HttpResponse:
    """What a figure counted."""
    matrix = found(number)
    row = find(MatrixRule.objects.filter(matrix=matrix), number=rule)
    steps = friction.documents(matrix, row)
    more = {"matrix": matrix, "rule": words.said(row, words.Names.of([row]))}
    return lists.answer(request, STEPS, steps, template="governance/authority/friction_of.html", **more)


def days_of(request: HttpRequest) -> int:
    text = request.GET.get("days", "")
    return int(text) if text in map(str, friction.PERIODS) else friction.PERIODS[1]


def _worst(one: Worn) -> tuple[int, Any, int]:
    """Rules worth a change first, those that asked nobody last; the most hours before the fewest."""
    rank = {None: 1, Proposal.NEVER_ASKED: 2}.get(one.proposal, 0)
    return rank, -one.hours, one.rule


def shown(one: Worn, said: words.Said) -> dict[str, Any]:
    return {
        "rule": said,
        "worn": one,
        "percent": None if one.share is None else round(one.share * 100),
        "hours": round(one.hours),
        "proposal": proposal(one),
        "tone": TONES.get(one.proposal, "neutral") if one.proposal else "",
    }


def proposal(one: Worn) -> str:
    """What the figures speak for, as a sentence with the figures in it."""
    given = {"n": one.decided, "below": one.below, "hours": round(one.hours), "other": one.other}
    if one.proposal == Proposal.START_HIGHER:
        [(currency, amount)] = one.least_stopped.items()
        given["least"] = f"{currency} {amount:,.2f}"
    said = {
        Proposal.DROP: _("Drop it, or let it pass by itself: %(n)s decisions, %(hours)s hours, nothing caught."),
        Proposal.START_HIGHER: _(
            "Begin at %(least)s: nothing below was ever stopped, in %(below)s of %(n)s decisions."
        ),
        Proposal.MERGE: _("Merge it with rule %(other)s: both asked the same of the same documents."),
        Proposal.NEVER_ASKED: _("It asked nobody in these days."),
    }
    return said[one.proposal] % given if one.proposal else ""
