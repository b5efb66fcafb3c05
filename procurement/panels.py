"""What procurement shows on other pages: what is asked for, what was released on a contract, what is chased."""

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from finance.budgets.models import Budget
from finance.budgets.queries import budget_for
from foundation.panels.registry import Panel, register
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from governance.approvals.models import Task
from procurement.changes import periods
from procurement.changes.lifecycle import UNDECIDED
from procurement.changes.models import ChangeRequest
from procurement.chasing import queries as chasing
from procurement.orders import releases
from procurement.orders.models import PurchaseOrder
from procurement.requisitions import queries
from procurement.requisitions.models import Requisition, RequisitionLine
from suppliers.contracts.models import Contract

SHOWN, RELEASES = 10, 50

register(Panel("approval:procurement.requisition", _("What is asked for"), "procurement:request-asked", "decide"))
register(Panel("contract", _("Burn-down and releases"), "procurement:contract-releases", "see_order", order=20))
register(Panel("change", _("Budget"), "procurement:change-periods", "see_order", order=40))
register(Panel("order", _("Reminders"), "procurement:order-chases", "see_order", order=50))


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


@require_GET
@policy("see_order")
def contract_releases(request: Request, number: str) -> HttpResponse:
    """How far the contract is used up, and the orders that did it."""
    contract = Contract.objects.visible_to(request.actor).filter(number=number).first()
    rows = list(releases.releases(contract, request.actor)[: RELEASES + 1]) if contract else []
    context = {
        "contract": contract,
        "burn": releases.burn(contract, on=localdate()) if contract else None,
        "rows": rows[:RELEASES],
        "is_cut": len(rows) > RELEASES,
    }
    return render(request, "procurement/orders/releases.html", context)


@require_GET
@policy("see_order")
def order_chases(request: Request, number: str) -> HttpResponse:
    order = PurchaseOrder.objects.visible_to(request.actor).filter(number=number).first()
    return render(request, "procurement/orders/chases.html", {"chases": chasing.of_order(order) if order else []})


@require_GET
@policy("see_order")
def change_periods(request: Request, number: str) -> HttpResponse:
    """Whether a change moves what is bound into another year, while it is not decided."""
    change = find(ChangeRequest.objects.visible_to(request.actor), number=number)
    rows = change.lines.select_related("order_line") if change.status in UNDECIDED else []
    return render(request, "procurement/changes/periods.html", {"moved": periods.moved(rows)})
