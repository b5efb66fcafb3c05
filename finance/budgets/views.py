"""Budgets: how much is spoken for, stage by stage, and the ledger that every figure is the sum of."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from finance.budgets import actions as budgets
from finance.budgets import queries
from finance.budgets.forms import SetAmount
from finance.budgets.models import Budget, Stage
from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.values.exact import typed
from organization.entities.models import LegalEntity


def _money(key: str, label: str | Promise, **more: object) -> lists.Column:
    return lists.Column(key, label, sort=key, kind="money", currency="currency", **more)


BUDGETS = lists.List(
    "budgets",
    title=gettext_lazy("Budgets"),
    columns=[
        lists.Column("cost_center", gettext_lazy("Cost center"), sort="cost_center__code"),
        lists.Column("year", gettext_lazy("Year"), sort="year", value=lambda budget: str(budget.year)),
        _money("amount", gettext_lazy("Budget")),
        _money("reserved", gettext_lazy("Reserved")),
        _money("committed", gettext_lazy("Committed")),
        _money("accrued", gettext_lazy("Received")),
        _money("actual", gettext_lazy("Billed")),
        _money("left_amount", gettext_lazy("Left"), is_brief=True),
        lists.Column("used_share", gettext_lazy("Used"), sort="used_share", kind="percent"),
        lists.Column("entity", gettext_lazy("Entity"), sort="entity__code", value="entity.code", is_default=False),
    ],
    filters=[
        lists.Search(["cost_center__code", "cost_center__name"]),
        lists.ModelChoice("entity", gettext_lazy("Entity"), lambda actor: LegalEntity.objects.order_by("code")),
        lists.Flag("over", gettext_lazy("Overdrawn"), lambda budgets, _actor: budgets.filter(left_amount__lt=0)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("over", gettext_lazy("Overdrawn"), {"over": "1", "sort": "left_amount"}),
    ],
    default_sort="cost_center",
    url=lambda budget: reverse("finance:budget", args=[budget.pk]),
    counted=ngettext_lazy("%(shown)s budget", "%(shown)s budgets", "count"),
    empty=gettext_lazy("No budgets yet. They come with the import of cost centers."),
)

MOVEMENTS = lists.List(
    "movements",
    title=gettext_lazy("Movements"),
    columns=[
        lists.Column("reference", gettext_lazy("Because of"), sort="reference", kind="code"),
        lists.Column("stage", gettext_lazy("Stage"), sort="stage", value="get_stage_display"),
        lists.Column("amount", gettext_lazy("Amount"), sort="amount", kind="money"),
        lists.Column("at", gettext_lazy("When"), sort="at", kind="instant"),
    ],
    filters=[lists.Search(["reference"]), lists.Choice("stage", gettext_lazy("Stage"), Stage.choices)],
    default_sort="-id",
    counted=ngettext_lazy("%(shown)s movement", "%(shown)s movements", "count"),
    empty=gettext_lazy("Nothing has been asked of this budget yet."),
)


@require_GET
@policy("see_budget")
def budgets_list(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, BUDGETS, queries.budget_rows(request.actor), template="finance/budgets/list.html")


@dataclass(frozen=True)
class Part:
    """One stage of a budget, and where its piece of the bar lies, in percent of the whole bar."""

    key: str
    label: str
    amount: Decimal
    start: str
    width: str


def parts(budget: Budget) -> list[Part]:
    """The stages from the firmest to the loosest; an overdrawn budget's bar is as long as what is spoken for."""
    found, start = [], 0.0
    for stage in reversed(Stage):
        amount = getattr(budget, stage.value)
        width = max(float(amount / whole_of(budget)) * 100, 0)
        found.append(Part(stage.value, str(stage.label), amount, f"{start:.3f}", f"{width:.3f}"))
        start += width
    return found


def whole_of(budget: Budget) -> Decimal:
    """What the length of the bar stands for."""
    return max(budget.amount, budget.spoken_for) or Decimal(1)


@require_GET
@policy("see_budget")
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.budget_rows(request.actor), pk=pk)
    context = {
        "budget": found,
        "parts": parts(found),
        "may_edit": holds(request.actor, "edit_budget"),
        "limit": f"{float(found.amount / whole_of(found)) * 100:.3f}",
        "entries": timeline([found.subject], limit=30),
    }
    return lists.answer(request, MOVEMENTS, queries.movements(found), template="finance/budgets/page.html", **context)


@require_http_methods(["GET", "POST"])
@policy("edit_budget")
def set_amount(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.budget_rows(request.actor), pk=pk)
    form = SetAmount(request.POST or None, initial={"amount": typed(found.amount)})
    with answering(request) as answer:
        if form.is_valid():
            budgets.set_amount(budget=found, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            return answer.redirect(reverse("finance:budget", args=[pk]), said=_("The budget is set."))
    return answer.form(form, "finance/budgets/edit.html", {"budget": found})
