"""What procurement shows on the pages of the floors below: to an approver, what is asked for."""

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from finance.budgets.models import Budget
from finance.budgets.queries import budget_for
from foundation.panels.registry import Panel, register
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from governance.approvals.models import Task
from procurement.requisitions import queries
from procurement.requisitions.models import Requisition, RequisitionLine

SHOWN = 10

register(Panel("approval:procurement.requisition", _("What is asked for"), "procurement:request-asked", "decide"))


def used(budget: Budget) -> int:
    """Per cent of the budget that is spoken for, this request included: its amount is reserved since it was sent."""
    return int((budget.amount - budget.left) * 100 / budget.amount) if budget.amount else 100


@require_GET
@policy("decide")
def request_asked(request: Request, step: int) -> HttpResponse:
    """Who is asked sees what he is asked about, wherever his other scopes end."""
    asked = Task.objects.filter(step=step, person=request.actor.person_id).select_related("step__request").first()
    if asked is None or not asked.step.request.about.startswith(queries.SUBJECT):
        raise Http404
    rows = Requisition.objects.everywhere(because="who is asked to decide reads what it is about")
    requisition = rows.select_related("site", "requester", "cost_center").get(
        pk=asked.step.request.about.removeprefix(queries.SUBJECT)
    )
    every = [line for line in queries.full_lines(requisition) if not line.outcome]
    own = set(asked.step.lines)
    lines = sorted((line for line in every if not own or line.number in own), key=weight, reverse=True)
    budget = budget_for(requisition.cost_center_id, localdate())
    context = {
        "requisition": requisition,
        "lines": lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "of_others": len(every) - len(lines),
        "budget": budget,
        "used": used(budget) if budget else 0,
    }
    return render(request, "procurement/requisitions/asked.html", context)


def weight(line: RequisitionLine) -> Decimal:
    """Worst first: lines outside contracts by their value, then the others."""
    return line.amount * (1 if line.contract_line_id else 1000)
