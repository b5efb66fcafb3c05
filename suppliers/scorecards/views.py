"""Scorecards: suppliers side by side, one supplier's card, the cases behind a figure."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET

from foundation.screens import lists, shown
from foundation.screens.finding import find
from foundation.screens.policy import policy
from organization.sites.models import Site
from suppliers.scorecards import parameters, queries
from suppliers.scorecards.figures import tiles
from suppliers.scorecards.forms import Compare
from suppliers.scorecards.glossary import DEFINITIONS, SCORED, Charged, Contest, Definition, Measure, sentence
from suppliers.scorecards.models import ScoreCase
from suppliers.suppliers.queries import supplier_rows


def went(case: ScoreCase) -> object:
    """How it went, and whether it counts."""
    if case.contest == Contest.EXCLUDED:
        return shown.badge("neutral", _("Excluded"))
    return shown.badge("ok", _("Good")) if case.is_good else shown.badge("bad", _("Not good"))


def said(case: ScoreCase) -> str:
    return sentence(case.code, case.facts)


def contested(case: ScoreCase) -> str:
    """How the supplier's objection stands, with the answer."""
    if not case.contest:
        return ""
    return f"{case.get_contest_display()}: {case.answer}" if case.answer else case.get_contest_display()


CASES = lists.List(
    "score-cases",
    title=_("Cases"),
    columns=[
        lists.Column("label", _("Case"), sort="label", kind="code"),
        lists.Column("happened_on", _("Day"), sort="happened_on", kind="date"),
        lists.Column("site", _("Site"), sort="site__code", value="site.code", kind="code"),
        lists.Column("went", _("Result"), sort="is_good", value=went, is_brief=True),
        lists.Column("said", _("What happened"), value=said, is_brief=True),
        lists.Column("charged", _("Charged to"), sort="charged", value=lambda row: row.get_charged_display()),
        lists.Column("contested", _("Contested"), sort="contest", value=contested),
    ],
    filters=[
        lists.Search(["label"]),
        lists.Flag("bad", _("Not good"), lambda rows, _actor: rows.filter(is_good=False)),
        lists.Choice("charged", _("Charged to"), [one for one in Charged.choices if one[0]]),
        lists.Choice("contest", _("Contested"), [one for one in Contest.choices if one[0]]),
        lists.ModelChoice("site", _("Site"), lambda actor: Site.objects.order_by("code")),
        lists.DateRange("happened_on", _("Day")),
    ],
    views=[
        lists.View("all", _("All")),
        lists.View("bad", _("Not good"), {"bad": "1"}, empty=_("Every case went well.")),
        lists.View("excluded", _("Excluded"), {"contest": Contest.EXCLUDED.value}, empty=_("Nothing is excluded.")),
    ],
    default_sort="-happened_on",
    url=lambda row: row.url,
    counted=ngettext_lazy("%(shown)s case", "%(shown)s cases", "count"),
    empty=_("No cases yet. They are counted from what is recorded, within minutes."),
)


def defined(measure: str) -> Definition:
    """The measure of an address, or 404."""
    if measure not in DEFINITIONS:
        raise Http404
    return DEFINITIONS[measure]


@require_GET
@policy("see_supplier")
def compare(request: HttpRequest) -> HttpResponse:
    """All suppliers by one measure, the worst first."""
    form = Compare(request.GET or None, initial={"measure": Measure.ON_TIME.value})
    at, rows = now(), []
    minimum = parameters.MINIMUM.count(at=at)
    is_readable = not form.is_bound or form.is_valid()
    if is_readable:
        asked = form.cleaned_data if form.is_bound else {}
        form.cleaned_data = asked
        rows = queries.side_by_side(
            request.actor,  # type: ignore[attr-defined]
            since=queries.months_until(at.date(), form.months_chosen)[0],
            measure=form.measure_chosen,
            site=asked["site"].pk if asked.get("site") else None,
            category=asked.get("category"),
            minimum=minimum,
        )
    context = {"form": form, "rows": rows, "scored": SCORED, "minimum": minimum, "most": queries.MOST}
    return render(request, "suppliers/scorecards/compare.html", context, status=200 if is_readable else 422)


@require_GET
@policy("see_supplier")
def scorecard(request: HttpRequest, number: str) -> HttpResponse:
    found = find(supplier_rows(request.actor), number=number)  # type: ignore[attr-defined]
    card = queries.card(found.pk, request.actor)  # type: ignore[attr-defined]
    return render(request, "suppliers/scorecards/page.html", {"supplier": found, **_of(card, number)})


@require_GET
@policy("see_supplier")
def cases(request: HttpRequest, number: str, measure: str) -> HttpResponse:
    definition = defined(measure)
    found = find(supplier_rows(request.actor), number=number)  # type: ignore[attr-defined]
    rows = queries.cases_of(found.pk, measure, request.actor)  # type: ignore[attr-defined]
    context = {"supplier": found, "definition": definition}
    return lists.answer(request, CASES, rows, template="suppliers/scorecards/cases.html", **context)


@require_GET
@policy("see_supplier")
def panel(request: HttpRequest, number: str) -> HttpResponse:
    """On the supplier's page: the six figures."""
    found = find(supplier_rows(request.actor), number=number)  # type: ignore[attr-defined]
    card = queries.card(found.pk, request.actor)  # type: ignore[attr-defined]
    return render(request, "suppliers/scorecards/panel.html", {"supplier": found, **_of(card, number)})


def _of(card: queries.Card | None, number: str) -> dict[str, Any]:
    """The tiles of a card; there is none before the first figures are computed."""

    def address(measure: str) -> str:
        return reverse("suppliers:scorecard-cases", args=[number, measure])

    figures, variances = (card.figures, card.variances) if card else ([], [])
    return {"card": card, "tiles": tiles(figures, address), "variances": tiles(variances, address)}
