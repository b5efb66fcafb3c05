"""Exceptions to policy on the screen: those that live, those that wait, where each was used."""

from typing import Any

from django.http import HttpResponse
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
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request
from governance.waivers import actions, queries
from governance.waivers.forms import Answer, Ask
from governance.waivers.lifecycle import WaiverState
from governance.waivers.models import Waiver
from governance.waivers.registry import CHECKS

WAIVERS = lists.List(
    "waivers",
    title=gettext_lazy("Waivers"),
    columns=[
        lists.Column(
            "check", gettext_lazy("What does not count"), sort="check_name",
            value=lambda row: str(CHECKS.get(row.check_name, row.check_name)),
        ),
        lists.Column("where", gettext_lazy("For what"), is_brief=True),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("ends_at", gettext_lazy("Until"), sort="ends_at", kind="instant"),
        lists.Column("use_count", gettext_lazy("Used"), sort="use_count", kind="number"),
        lists.Column("owner", gettext_lazy("Asked by"), value="owner.name"),
        lists.Column("decider", gettext_lazy("Decided by"), value="decider.name"),
        lists.Column("reason", gettext_lazy("Reason"), is_clipped=True),
    ],
    filters=[
        lists.Search(["check_name", "reason", "about_title", "supplier__name", "item__sku", "site__code"]),
        lists.Choice("status", gettext_lazy("State"), WaiverState.choices),
    ],
    views=[
        lists.View("open", gettext_lazy("To decide"), {"status": "asked"}, empty=gettext_lazy("Nobody asks for one.")),
        lists.View("live", gettext_lazy("Granted"), {"status": "granted", "sort": "ends_at"}),
        lists.View("all", gettext_lazy("All")),
    ],
    url=lambda row: address(row.pk),
    counted=ngettext_lazy("%(shown)s waiver", "%(shown)s waivers", "count"),
    empty=gettext_lazy("No exceptions: policy counts for everybody."),
)  # fmt: skip


def address(pk: int) -> str:
    return reverse("governance:waiver", args=[pk])


@require_GET
@policy("see_waiver")
def waivers(request: Request) -> HttpResponse:
    may_ask = holds(request.actor, "ask_waiver")
    return lists.answer(
        request, WAIVERS, queries.waivers(request.actor), template="governance/waivers/list.html", may_ask=may_ask
    )


@require_http_methods(["GET", "POST"])
@policy("ask_waiver")
def new(request: Request) -> HttpResponse:
    """The address may say what is wanted already: ``?check=off_contract&document=REQ-NL01-2026-000012``."""
    known = {name: request.GET.get(name, "")[:120] for name in ("check", "document", "supplier", "item")}
    form = Ask(request.POST or None, initial=known)
    with answering(request) as answer:
        if form.is_valid():
            made = actions.ask(**form.given(), by=request.actor, at=now(), key=answer.key)
            return answer.redirect(address(made.pk), said=_("Asked for. The check counts until it is granted."))
    return answer.form(form, "governance/waivers/new.html")


@require_GET
@policy("see_waiver")
def waiver(request: Request, pk: int) -> HttpResponse:
    return render(request, "governance/waivers/page.html", _shown(request, _found(request, pk)))


@require_POST
@policy("grant_waiver")
def grant(request: Request, pk: int) -> HttpResponse:
    return _answered(request, pk, actions.grant, _("Granted."))


@require_POST
@policy("grant_waiver")
def reject(request: Request, pk: int) -> HttpResponse:
    return _answered(request, pk, actions.reject, _("Rejected: the check counts."))


@require_POST
@policy("grant_waiver")
def revoke(request: Request, pk: int) -> HttpResponse:
    return _answered(request, pk, actions.revoke, _("Revoked: the check counts from now on."))


@require_POST
@policy("ask_waiver")
def withdraw(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    with answering(request) as answer:
        actions.withdraw(waiver=row, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(address(pk), said=_("Withdrawn."))


def _answered(request: Request, pk: int, act: Any, said: str) -> HttpResponse:
    row, form = _found(request, pk), Answer(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            act(waiver=row, answer=form.cleaned_data["answer"], by=request.actor, at=now(), **answer.seen)
            return answer.redirect(address(pk), said=said)
    return answer.form(form, "governance/waivers/page.html", {**_shown(request, _found(request, pk)), "form": form})


def _shown(request: Request, row: Waiver) -> dict[str, Any]:
    mine, grants = request.actor.person_id == row.owner_id, holds(request.actor, "grant_waiver")
    is_asked = row.status == WaiverState.ASKED
    return {
        "waiver": row,
        "check": CHECKS.get(row.check_name, row.check_name),
        "uses": list(row.uses.order_by("-id")[:100]),
        "entries": timeline([row.subject], limit=20),
        "may_decide": grants and is_asked and not mine,
        "may_revoke": grants and row.status == WaiverState.GRANTED,
        "may_withdraw": mine and is_asked,
        "form": Answer(),
    }


def _found(request: Request, pk: int) -> Waiver:
    return find(queries.waivers(request.actor), pk=pk)
