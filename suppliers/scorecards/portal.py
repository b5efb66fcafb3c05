"""The supplier's own scorecard: six measures, what they count, and a way to object to a case."""

from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.screens import areas, lists
from foundation.screens.answers import answering
from foundation.screens.areas import Area
from foundation.screens.finding import find
from foundation.screens.policy import admits, policy
from foundation.values.actor import Actor
from foundation.values.portal_roles import PortalRole
from suppliers import portal_lists
from suppliers.scorecards import contesting, queries
from suppliers.scorecards.figures import tiles
from suppliers.scorecards.forms import ContestCase
from suppliers.scorecards.glossary import DEFINITIONS
from suppliers.scorecards.models import ScoreCase
from suppliers.scorecards.views import contested, defined, said, went
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Supplier


def way_to_contest(case: ScoreCase) -> object:
    """How an objection stands, or the way to make one."""
    if case.contest or case.is_good:
        return contested(case)
    address = reverse("portal:scorecard-contest", args=[case.public_id])
    return format_html('<a href="{}">{}<span class="vh"> {}</span></a>', address, _("Contest"), case.label)


CASES = lists.List(
    "portal-score-cases",
    title=gettext_lazy("Cases"),
    columns=[
        lists.Column("label", gettext_lazy("Case"), sort="label", kind="code"),
        lists.Column("happened_on", gettext_lazy("Day"), sort="happened_on", kind="date"),
        lists.Column("site", gettext_lazy("Deliver to"), sort="site__name", value="site.name"),
        lists.Column("went", gettext_lazy("Result"), sort="is_good", value=went, is_brief=True),
        lists.Column("said", gettext_lazy("What happened"), value=said, is_brief=True),
        lists.Column(
            "charged", gettext_lazy("Charged to"), sort="charged", value=lambda row: row.charged and charged_to(row)
        ),
        lists.Column("contested", gettext_lazy("Contest"), sort="contest", value=way_to_contest, is_brief=True),
    ],
    filters=[
        lists.Search(["label"]),
        lists.Flag("bad", gettext_lazy("Not good"), lambda rows, _actor: rows.filter(is_good=False)),
        lists.Flag("contested", gettext_lazy("Contested"), lambda rows, _actor: rows.exclude(contest="")),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("bad", gettext_lazy("Not good"), {"bad": "1"}, empty=gettext_lazy("Every case went well.")),
        lists.View(
            "contested", gettext_lazy("Contested"), {"contested": "1"}, empty=gettext_lazy("You contested none.")
        ),
    ],
    default_sort="-happened_on",
    url=lambda row: reverse("portal:order", args=[row.order_public_id]) if row.order_public_id else "",
    counted=ngettext_lazy("%(shown)s case", "%(shown)s cases", "count"),
    empty=gettext_lazy("Nothing was counted yet. Cases stand here within minutes of what happened."),
)
ONLY_READ = replace(CASES, columns=[*CASES.columns[:-1], replace(CASES.columns[-1], value=contested)])
"""For those who may not contest."""
CHARGED = {
    "us": gettext_lazy("The buyer"),
    "supplier": gettext_lazy("You"),
    "carrier": gettext_lazy("The carrier"),
    "system": gettext_lazy("A system"),
}


def charged_to(case: ScoreCase) -> str:
    """As the supplier reads it."""
    return str(CHARGED[case.charged])


@require_GET
@policy(policy.SUPPLIER)
def scorecard(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    mine = Supplier.objects.values_list("pk", flat=True).first()  # the fence shows no other
    card = queries.card(mine, actor) if mine else None
    figures, variances = (card.figures, card.variances) if card else ([], [])
    context = {"card": card, "tiles": tiles(figures, address), "variances": tiles(variances, address)}
    return render(request, "portal/scorecards/page.html", context)


@require_GET
@policy(policy.SUPPLIER)
def cases(request: HttpRequest, measure: str) -> HttpResponse:
    definition, actor = defined(measure), request.actor  # type: ignore[attr-defined]
    rows = shown_to(actor).filter(measure=measure)
    context = {"definition": definition}
    listing = CASES if admits(actor, (PortalRole.ORDERS,)) else ONLY_READ
    return portal_lists.answer(request, listing, rows, page="portal/scorecards/cases.html", **context)


@require_http_methods(["GET", "POST"])
@policy(PortalRole.ORDERS)
def contest(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say why a case should not count; whoever decides is named by the answer."""
    actor = request.actor  # type: ignore[attr-defined]
    case = find(shown_to(actor), public_id=public_id)
    form, objection = ContestCase(request.POST or None), contesting.why_not(case)
    context = {"case": case, "definition": DEFINITIONS[case.measure], "said": said(case), "objection": objection}
    with answering(request) as answer:
        if form.is_valid() and not objection:
            sent = submissions.submit(
                supplier_id=case.supplier_id,
                kind=SubmissionKind.CONTEST,
                about=case.public_id,
                body=form.cleaned_data,
                by=actor,
                key=answer.key,
            )
            return answer.redirect(reverse("portal:sent", args=[sent.public_id]))
    return answer.form(form, "portal/scorecards/contest.html", context)


def shown_to(actor: Actor) -> QuerySet[ScoreCase]:
    """With the columns that the fence grants."""
    columns = [field.name for field in ScoreCase._meta.concrete_fields if field.name != "url"]
    return ScoreCase.objects.visible_to(actor).select_related("site").only(*columns, "site__name")


def address(measure: str) -> str:
    return reverse("portal:scorecard-cases", args=[measure])


areas.register(Area("portal-scorecard", gettext_lazy("Scorecard"), "portal:scorecard", order=40, icon="gauge"))
