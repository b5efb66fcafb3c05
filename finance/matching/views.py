"""Match tolerances: how far an invoice may differ, by entity and by supplier."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from finance.matching import actions as matching
from finance.matching import queries
from finance.matching.actions import FIGURES
from finance.matching.forms import SetTolerance, WhereTolerance
from finance.matching.models import MatchTolerance
from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.exact import typed
from suppliers.suppliers.models import Supplier

TOLERANCES = lists.List(
    "tolerances",
    title=gettext_lazy("Match tolerances"),
    columns=[
        lists.Column("entity", gettext_lazy("Entity"), sort="entity__code", value="entity.code", kind="code"),
        lists.Column(
            "supplier",
            gettext_lazy("Supplier"),
            sort="supplier__party__name",
            value=lambda row: row.supplier.party.name if row.supplier else _("All others"),
        ),
        lists.Column("price_percent", gettext_lazy("Price %"), kind="number"),
        lists.Column(
            "price_absolute", gettext_lazy("Price, absolute"), kind="money", currency="entity.currency", has_total=False
        ),
        lists.Column("quantity_percent", gettext_lazy("Quantity %"), kind="number"),
        lists.Column(
            "amount_absolute",
            gettext_lazy("Not worth a look"),
            kind="money",
            currency="entity.currency",
            has_total=False,
        ),
        lists.Column(
            "straight_through_cap",
            gettext_lazy("Without a look up to"),
            kind="money",
            currency="entity.currency",
            has_total=False,
        ),
    ],
    filters=[lists.Search(["entity__code", "supplier__party__name", "supplier__number"])],
    default_sort="entity",
    url=lambda row: reverse("finance:tolerance", args=[row.pk]),
    counted=ngettext_lazy("%(shown)s tolerance", "%(shown)s tolerances", "count"),
    empty=gettext_lazy("No tolerances: every difference stops an invoice, and none is released without a look."),
)


@require_GET
@policy("see_invoice")
def tolerances(request: HttpRequest) -> HttpResponse:
    return lists.answer(
        request, TOLERANCES, queries.tolerance_rows(request.actor), template="finance/matching/list.html"
    )


@require_http_methods(["GET", "POST"])
@policy("edit_match_tolerance")
def tolerance(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.tolerance_rows(request.actor, "edit_match_tolerance"), pk=pk)
    form = SetTolerance(request.POST or None, initial=_typed_figures(found))
    with answering(request) as answer:
        if form.is_valid():
            figures = dict(form.cleaned_data)
            reason = figures.pop("reason")
            matching.set_tolerance(
                tolerance=found, figures=figures, reason=reason, by=request.actor, at=now(), **answer.seen
            )
            return answer.redirect(reverse("finance:tolerances"), said=_("The tolerance is set."))
    return answer.form(
        form, "finance/matching/edit.html", {"tolerance": found, "entries": timeline([found.subject], limit=20)}
    )


@require_http_methods(["GET", "POST"])
@policy("edit_match_tolerance")
def new_tolerance(request: HttpRequest) -> HttpResponse:
    where, form = WhereTolerance(request.POST or None), SetTolerance(request.POST or None)
    with answering(request) as answer:
        if where.is_valid() and form.is_valid():
            number, figures = where.cleaned_data["supplier"].strip(), dict(form.cleaned_data)
            supplier = Supplier.objects.filter(number__iexact=number).first() if number else None
            if number and supplier is None:
                where.add_error("supplier", _("There is no supplier with this number."))
            elif MatchTolerance.objects.filter(entity=where.cleaned_data["entity"], supplier=supplier).exists():
                where.add_error(None, _("There is one already: change it instead."))
            else:
                made = MatchTolerance(entity=where.cleaned_data["entity"], supplier=supplier)
                reason = figures.pop("reason")
                matching.set_tolerance(
                    tolerance=made, figures=figures, reason=reason, by=request.actor, at=now(), key=answer.key
                )
                return answer.redirect(reverse("finance:tolerances"), said=_("The tolerance is set."))
    return answer.form(form, "finance/matching/edit.html", {"where": where})


def _typed_figures(row: MatchTolerance) -> dict[str, str]:
    return {name: typed(value) for name in FIGURES if (value := getattr(row, name)) is not None}
