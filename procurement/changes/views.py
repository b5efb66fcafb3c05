"""The screens of a change: proposing one, looking at one, deciding one."""

from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.lifecycles import Refused
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from procurement.changes import actions as changes
from procurement.changes import queries
from procurement.changes.deltas import Proposed
from procurement.changes.lifecycle import UNDECIDED, ChangeState
from procurement.changes.models import ChangeField, ChangeRequest, Origin
from procurement.orders import queries as orders
from procurement.orders.forms import ChangeOrder, Some, Why
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import PurchaseOrderLine

CHANGES = lists.List(
    "changes",
    title=gettext_lazy("Changes to orders"),
    columns=[
        lists.Column("number", gettext_lazy("Change"), sort="number", kind="code"),
        lists.Column("order", gettext_lazy("Order"), sort="order__number", kind="code", value="order.number"),
        lists.Column("supplier", gettext_lazy("Supplier"), value="order.supplier.party.name"),
        lists.Column("origin", gettext_lazy("Asked by"), sort="origin", value="get_origin_display"),
        lists.Column(
            "amount_change", gettext_lazy("Value"), sort="amount_change", kind="money", currency="order.currency"
        ),
        lists.Column("reason", gettext_lazy("Reason")),
        lists.Column("created_at", gettext_lazy("Since"), sort="created_at", kind="instant"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
    ],
    filters=[
        lists.Search(["number", "order__number", "order__supplier__party__name"]),
        lists.Choice("status", gettext_lazy("State"), ChangeState.choices),
        lists.Choice("origin", gettext_lazy("Asked by"), Origin.choices),
    ],
    views=[
        lists.View(
            "open",
            gettext_lazy("To decide"),
            {"status": list(UNDECIDED), "sort": "created_at"},
            empty=gettext_lazy("No change waits for a decision. Settled ones stand under “All”."),
        ),
        lists.View("all", gettext_lazy("All")),
    ],
    url=lambda change: reverse("procurement:change", args=[change.number]),
    counted=ngettext_lazy("%(shown)s change", "%(shown)s changes", "count"),
    empty=gettext_lazy("No changes yet. What a supplier answers beyond tolerance comes here."),
)


@require_GET
@policy("see_order")
def changes_page(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, CHANGES, queries.change_rows(request.actor))


@require_GET
@policy("see_order")
def page(request: HttpRequest, number: str) -> HttpResponse:
    change = find(queries.change_rows(request.actor), number=number)
    rows = queries.full_rows(change)
    touched = {row.order_line.number: row.order_line for row in rows}
    context = {
        "change": change,
        "order": change.order,
        "effect": queries.effect(change, rows, at=now()),
        "differences": queries.differences(rows),
        "lines": list(touched.values()),
        "may_decide": change.status in UNDECIDED and change.origin == Origin.SUPPLIER,
        "is_behind": change.status in UNDECIDED and change.order.revision != change.base_revision,
        "entries": timeline([change.subject]),
    }
    return render(request, "procurement/changes/page.html", context)


@require_POST
@policy("change_order")
def accept(request: HttpRequest, number: str) -> HttpResponse:
    change, form = find(queries.change_rows(request.actor), number=number), Some(request.POST)
    with answering(request) as answer:
        if not form.is_valid():
            raise Refused(_("The reason is too long: at most 200 characters."))
        change = changes.accept(change=change, **form.chosen, by=request.actor, at=now(), **answer.seen)
    asked = change.status == ChangeState.IN_APPROVAL
    said = _("The order grows: it is being approved again.") if asked else _("Accepted: the next revision stands.")
    return answer.redirect(reverse("procurement:change", args=[number]), said=said)


@require_POST
@policy("change_order")
def decline(request: HttpRequest, number: str) -> HttpResponse:
    change, form = find(queries.change_rows(request.actor), number=number), Why(request.POST)
    with answering(request) as answer:
        if not form.is_valid():
            raise Refused(_("Say why: the supplier reads it."))
        changes.decline(change=change, by=request.actor, at=now(), **form.cleaned_data, **answer.seen)
    return answer.redirect(reverse("procurement:change", args=[number]), said=_("Declined; the supplier is told why."))


@require_http_methods(["GET", "POST"])
@policy("change_order")
def change_order(request: HttpRequest, number: str) -> HttpResponse:
    """Change an issued order line by line; what grows beyond its approval is approved again."""
    order = find(orders.order_pages(request.actor), number=number)
    lines = [line for line in orders.full_lines(order) if line.ordered != line.cancelled]
    offered = queries.offered(order, request.GET.get("instead", ""), request.actor)
    form, growth = (
        ChangeOrder(request.POST or None, lines=lines, offered=offered),
        queries.allowed_growth(order, at=now()),
    )
    with answering(request) as answer:
        if order.status != OrderState.ISSUED:
            raise Refused(_("Only an issued order is changed this way."))
        if form.is_valid():
            change = changes.change_order(
                order=order,
                proposed=proposed(form),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=now(),
                **answer.seen,
            )
            return answer.redirect(reverse("procurement:change", args=[change.number]), said=_said(change))
    return answer.form(form, "procurement/orders/change.html", {"order": order, "rows": form.rows(), "growth": growth})


def proposed(form: ChangeOrder) -> list[Proposed]:
    """The fields that differ from what stands."""
    return [delta for one in form.lines for delta in differing(one.line, *one.asked(form.cleaned_data))]


def differing(line: PurchaseOrderLine, quantity: Decimal, price: Decimal, need_by: date) -> list[Proposed]:
    """Deltas of one line, in base units; what is as it was is no delta."""
    asked = (
        (ChangeField.QUANTITY, line.ordered, quantity, f"{quantity:f}"),
        (ChangeField.PRICE, line.price, price, f"{price:f}"),
        (ChangeField.DATE, line.need_by, need_by, need_by.isoformat()),
    )
    return [Proposed(line, field, after) for field, before, value, after in asked if value != before]


def _said(change: ChangeRequest) -> str:
    if change.status == ChangeState.IN_APPROVAL:
        return _("The order grows: it is approved again before the supplier hears of it.")
    return _("The next revision stands; the supplier is asked to confirm it.")
