"""One order: the true sentence, its lines with every counter, what was said about it, what can be done now."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from foundation.journal import related
from foundation.journal.queries import timeline
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.quantity import Factor
from organization.sites.queries import today
from procurement.orders import progress, queries
from procurement.orders.lifecycle import UNSENT, OrderState
from procurement.orders.models import PurchaseOrderLine

PAGE = "procurement/orders/page.html"
SHOWN = 20
"""Answers and changes on the page, newest first."""


@require_GET
@policy("see_order")
def page(request: HttpRequest, number: str) -> HttpResponse:
    order = find(queries.with_mail(queries.order_pages(request.actor)), number=number)
    on, lines = today(order.site, now()), queries.lines_with_sources(order)
    answers = list(order.confirmations.visible_to(request.actor).order_by("-pk")[:SHOWN])
    changes = list(order.changes.visible_to(request.actor).order_by("-pk")[:SHOWN])
    subjects = [order.subject, *(row.subject for row in (*answers, *changes))]
    subjects += related.subjects(order, request.actor)
    context = {
        "order": order,
        "sentence": progress.sentence(order, lines, on, order.mail),
        "lines": [Shown(line, on) for line in lines],
        "answers": answers,
        "changes": changes,
        "revisions": range(order.revision, 0, -1),
        "entries": timeline(subjects),
        "bars": progress.shares(lines),
        "may_split": order.status in UNSENT and order.line_count > 1,
        "may_remind": order.confirmed in queries.UNANSWERED or any(progress.is_late(line, on) for line in lines),
        "is_issued": order.status == OrderState.ISSUED,
        "may_cancel": order.status in (OrderState.DRAFT, OrderState.APPROVED, OrderState.ISSUED),
    }
    return render(request, PAGE, context)


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it: counters in the base unit, what was ordered also in the order's unit."""

    line: PurchaseOrderLine
    on: date

    @property
    def factor(self) -> Factor:
        return Factor(self.line.numerator, self.line.denominator)

    @property
    def units(self) -> Decimal:
        return self.factor.from_base(self.line.ordered, rounding=True)

    @property
    def is_packed(self) -> bool:
        return self.line.numerator != self.line.denominator

    @property
    def price(self) -> Decimal:
        return self.factor.to_base(self.line.price, rounding=True)

    @property
    def base_unit(self) -> str:
        return self.line.item.base_unit.code if self.line.item else self.line.unit.code

    @property
    def billed(self) -> Decimal:
        return progress.billed(self.line)

    @property
    def is_late(self) -> bool:
        return progress.is_late(self.line, self.on)
