"""Global standards beside local values: the tree, the overrides, what is proposed, deciding it."""

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
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request
from governance.parameters import actions, queries, words
from governance.parameters.forms import Answer, Propose, Where
from governance.parameters.lifecycle import ValueState
from governance.parameters.models import ParameterValue
from governance.parameters.registry import PARAMETERS, Parameter

VALUES = lists.List(
    "parameter-values",
    title=gettext_lazy("Values of parameters"),
    columns=[
        lists.Column("parameter", gettext_lazy("Parameter"), sort="parameter", value=words.title),
        lists.Column("where", gettext_lazy("Where"), sort="site__code", kind="code"),
        lists.Column("value", gettext_lazy("Value"), sort="value", value=words.figure, is_brief=True),
        lists.Column("standard", gettext_lazy("Standard of the house"), value=words.standard, is_brief=True),
        lists.Column("deviation", gettext_lazy("Deviates by"), value=words.deviation),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("starts_at", gettext_lazy("From"), sort="starts_at", kind="instant"),
        lists.Column("ends_at", gettext_lazy("Until"), sort="ends_at", kind="instant"),
        lists.Column("proposer", gettext_lazy("Proposed by"), value="proposer.name"),
        lists.Column("decider", gettext_lazy("Decided by"), value="decider.name"),
        lists.Column("reason", gettext_lazy("Reason"), is_clipped=True),
    ],
    filters=[
        lists.Search(["parameter", "entity__code", "site__code", "reason"]),
        lists.Choice("parameter", gettext_lazy("Parameter"), words.Choices()),
        lists.Choice("status", gettext_lazy("State"), ValueState.choices),
        lists.Flag(
            "overrides", gettext_lazy("All overrides"), lambda rows, _actor: queries.overrides(rows, now())
        ),
    ],
    views=[
        lists.View(
            "open", gettext_lazy("To decide"), {"status": "proposed"}, empty=gettext_lazy("Nothing is proposed.")
        ),
        lists.View(
            "overrides",
            gettext_lazy("All overrides"),
            {"overrides": "1", "sort": "parameter"},
            empty=gettext_lazy("No entity and no site deviates from the standard."),
        ),
        lists.View("all", gettext_lazy("Everything that was said")),
    ],
    url=lambda row: reverse("governance:parameter-value", args=[row.pk]),
    counted=ngettext_lazy("%(shown)s value", "%(shown)s values", "count"),
    empty=gettext_lazy("Every parameter is as delivered."),
)  # fmt: skip


@require_GET
@policy("see_parameter")
def parameters(request: Request) -> HttpResponse:
    """Every parameter at the house, or at ``?entity=`` or ``?site=``, now or as of ``?at=``."""
    form = Where(request.GET or None)
    place = form.place()
    at = (form.cleaned_data.get("at") if form.is_bound and form.is_valid() else None) or now()
    rows = queries.rows_at(place, at=at)
    topics: dict[str, list[queries.Row]] = {}
    for row in rows:
        topics.setdefault(str(row.parameter.topic), []).append(row)
    context = {"form": form, "place": place, "topics": list(topics.items()), "links": queries.LINKED}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "governance/parameters/list.html", context, status=status)


@require_GET
@policy("see_parameter")
def values(request: Request) -> HttpResponse:
    """What is proposed, what deviates (the drift of all sites), and everything that was ever said; also as a file."""
    return lists.answer(request, VALUES, queries.values(), template="governance/parameters/values.html")


@require_GET
@policy("see_parameter")
def parameter(request: Request, name: str) -> HttpResponse:
    """One parameter from the house down to every site, and what was said of it."""
    known = found(name)
    history = list(queries.values().filter(parameter=name).order_by("-id")[:50])
    context = {
        "parameter": known,
        "branches": queries.tree(known, at=now()),
        "history": [(row, words.figure(row)) for row in history],
        "range": f"{words.amount(known, known.standard.low)} – {words.amount(known, known.standard.high)}",
        "delivered": words.amount(known, known.standard.value),
        "may_propose": holds(request.actor, "propose_parameter"),
    }
    return render(request, "governance/parameters/page.html", context)


@require_http_methods(["GET", "POST"])
@policy("propose_parameter")
def propose(request: Request, name: str) -> HttpResponse:
    """For the house, ``?entity=`` or ``?site=``; beside the form, what others have."""
    known, where = found(name), Where(request.GET)
    place = where.place()
    form = Propose(request.POST or None, parameter=known, place=place)
    with answering(request) as answer:
        if form.is_valid():
            made = actions.propose(
                parameter=name,
                entity=where.cleaned_data.get("entity"),
                site=where.cleaned_data.get("site"),
                **form.cleaned_data,
                by=request.actor,
                at=now(),
                key=answer.key,
            )
            said = _("Proposed. Nothing changes until somebody else agrees.")
            return answer.redirect(reverse("governance:parameter-value", args=[made.pk]), said=said)
    branches = queries.tree(known, at=now())
    here = next((one for one in branches if one.row.place == place), None)
    return answer.form(
        form, "governance/parameters/propose.html", {"parameter": known, "here": here, "branches": branches}
    )


@require_GET
@policy("see_parameter")
def value(request: Request, pk: int) -> HttpResponse:
    return render(request, "governance/parameters/value.html", _shown(request, _value(pk)))


def _shown(request: Request, row: ParameterValue) -> dict[str, Any]:
    """A proposal beside the standard, the values of others and what it would have decided otherwise lately."""
    known, at = PARAMETERS.get(row.parameter), now()
    context: dict[str, Any] = {"value": row, "parameter": known, "figure": words.figure(row), "title": words.title(row)}
    if known:
        branches = queries.tree(known, at=at)
        here = next((one.row for one in branches if one.row.place == row.place), None)
        is_open = row.status == ValueState.PROPOSED
        context |= {
            "branches": branches,
            "here": here,
            "low": words.amount(known, row.low),
            "high": words.amount(known, row.high),
            "impact": known.replay(here.here.value, row.value, row.place, at)
            if known.replay and here and is_open
            else None,
        }
    mine = request.actor.person_id == row.proposer_id
    decides = holds(request.actor, "decide_parameter")
    return context | {
        "entries": timeline([row.subject], limit=20),
        "is_mine": mine,
        "may_decide": decides and row.status == ValueState.PROPOSED and not mine,
        "may_withdraw": mine and row.status == ValueState.PROPOSED,
        "may_end": decides and not mine and row.status == ValueState.IN_FORCE and row.entity_id is not None,
        "form": Answer(),
    }


@require_POST
@policy("decide_parameter")
def agree(request: Request, pk: int) -> HttpResponse:
    return _decided(request, pk, actions.agree, _("Agreed. It counts from the time that is shown."))


@require_POST
@policy("decide_parameter")
def reject(request: Request, pk: int) -> HttpResponse:
    return _decided(request, pk, actions.reject, _("Rejected. What counted before goes on."))


@require_POST
@policy("decide_parameter")
def end(request: Request, pk: int) -> HttpResponse:
    return _decided(request, pk, actions.end, _("It ends in a minute; then what stands above counts."))


@require_POST
@policy("propose_parameter")
def withdraw(request: Request, pk: int) -> HttpResponse:
    row = _value(pk)
    with answering(request) as answer:
        actions.withdraw(value=row, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("governance:parameter-value", args=[pk]), said=_("The proposal is withdrawn."))


def _decided(request: Request, pk: int, act: Any, said: str) -> HttpResponse:
    row, form = _value(pk), Answer(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            act(value=row, answer=form.cleaned_data["answer"], by=request.actor, at=now(), **answer.seen)
            return answer.redirect(reverse("governance:parameter-value", args=[pk]), said=said)
    row = _value(pk)
    return answer.form(form, "governance/parameters/value.html", {**_shown(request, row), "form": form})


def found(name: str) -> Parameter:
    if name not in PARAMETERS:
        raise Http404(_("There is no such parameter."))
    return PARAMETERS[name]


def _value(pk: int) -> ParameterValue:
    return find(queries.values(), pk=pk)
