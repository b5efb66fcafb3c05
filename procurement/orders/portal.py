"""What a supplier sees of his orders, and how he answers them. Every answer ends in a submission."""

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import is_partial
from foundation.values.portal_roles import PortalRole
from organization.sites.queries import today
from procurement.orders import pdf, portal_answers, portal_bulk
from procurement.orders import portal_queries as queries
from procurement.orders.models import OrderRevision, PurchaseOrder
from procurement.orders.portal_answers import Grid, Wanted
from procurement.orders.portal_list import ORDERS
from suppliers import portal_lists
from suppliers.disputes import queries as disputes
from suppliers.submissions import portal as submissions
from suppliers.submissions.models import SubmissionKind

PAGE = "portal/orders/page.html"


@require_GET
@policy(policy.SUPPLIER)
def orders(request: HttpRequest) -> HttpResponse:
    rows = queries.orders_of(request.actor)
    return portal_lists.answer(request, ORDERS, rows, bulk_on="to-confirm", page="portal/orders/list.html")


@require_GET
@policy(policy.SUPPLIER)
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    order = find(queries.order_pages(request.actor), public_id=public_id)
    return page(request, order, portal_answers.fresh(order, queries.lines_of(order)))


@require_POST
@policy(PortalRole.ORDERS)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The answer as typed in the grid."""
    order = find(queries.order_pages(request.actor), public_id=public_id)
    grid, seen = typed(request, order)
    if seen != order.revision or overtaken(request, order):
        return page(request, order, grid, seen=seen, status=409)
    if grid.errors:
        return page(request, order, grid, status=422)
    if grid.tally["later"] == len(grid.lines):
        return page(request, order, grid, status=422, objection=_("Answer at least one line."))
    return send(request, order, grid.body())


@require_POST
@policy(PortalRole.ORDERS)
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the answer would count as, while it is typed; and a further delivery date for one line."""
    order = find(queries.order_pages(request.actor), public_id=public_id)
    grid, _seen = typed(request, order)
    if split := request.POST.get("split"):
        grid.split(split)
    if not is_partial(request):
        return page(request, order, grid)
    part = "grid" if split else "verdicts"
    return render(request, f"{PAGE}#{part}", {"order": order, "grid": grid, "must_answer": queries.must_answer(order)})


@require_POST
@policy(PortalRole.ORDERS)
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every line as ordered, by one press."""
    order = find(queries.order_pages(request.actor), public_id=public_id)
    grid = portal_answers.fresh(order, queries.lines_of(order))
    if (seen := revision_of(request)) != order.revision or overtaken(request, order):
        return page(request, order, grid, seen=seen, status=409)
    return send(request, order, grid.as_ordered())


@require_POST
@policy(PortalRole.ORDERS)
def preview_many(request: HttpRequest) -> HttpResponse:
    """The chosen orders on one page, with what is unusual about some of them set aside. Nothing is sent yet."""
    chosen = portal_bulk.chosen(request, ORDERS, queries.orders_of(request.actor))
    context = {"previews": portal_bulk.previews(chosen, localdate())}
    return render(request, "portal/orders/confirm_many.html", context)


@require_POST
@policy(PortalRole.ORDERS)
def confirm_many(request: HttpRequest) -> HttpResponse:
    """One submission an order; an order that was changed meanwhile is refused by itself, with its reason."""
    chosen = portal_bulk.chosen(request, ORDERS, queries.orders_of(request.actor))
    bodies = portal_bulk.bodies(chosen, portal_bulk.revisions_seen(request))
    with answering(request) as said, transaction.atomic():
        for order in chosen:
            submit(request, order, bodies[order.pk], key=f"{said.key}:{order.pk}")
    return said.redirect(reverse("portal:sent-together", args=[said.key]))


@require_GET
@policy(policy.SUPPLIER)
def order_pdf(request: HttpRequest, public_id: UUID, revision: int) -> HttpResponse:
    """One revision, as it was issued."""
    order = find(queries.orders_of(request.actor), public_id=public_id)
    frozen = find(OrderRevision.objects.filter(order=order).defer("by"), number=revision)
    name = f"{order.number}-{frozen.number}.pdf"
    response = HttpResponse(pdf.render(frozen.content, issued_at=frozen.issued_at), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def typed(request: HttpRequest, order: PurchaseOrder) -> tuple[Grid, int]:
    """The grid as it was sent, and the revision that was on the screen."""
    seen = revision_of(request)
    then = queries.content(order, seen) if seen != order.revision else None
    wanted = {line["number"]: Wanted.frozen(line) for line in then["lines"]} if then else {}
    on = today(order.site, now())
    return portal_answers.read(order, queries.lines_of(order), request.POST, seen=wanted, today=on), seen


def revision_of(request: HttpRequest) -> int:
    return counted(request, "revision")


def overtaken(request: HttpRequest, order: PurchaseOrder) -> bool:
    """Whether the order was answered since this page was opened: by a colleague, or in another window."""
    return "answers" in request.POST and counted(request, "answers") != queries.said_about(order).count()


def counted(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise BadRequest(_("The form does not say what you saw. Open the order again."))
    return int(text)


def send(request: HttpRequest, order: PurchaseOrder, body: dict[str, Any]) -> HttpResponse:
    with answering(request) as said:
        sent = submit(request, order, body, key=said.key)
    return said.redirect(lambda: reverse("portal:sent", args=[sent.public_id]))


def submit(request: HttpRequest, order: PurchaseOrder, body: dict[str, Any], *, key: str) -> Any:
    return submissions.submit(
        supplier_id=order.supplier_id,
        kind=SubmissionKind.CONFIRMATION,
        about=order.public_id,
        body=body,
        by=request.actor,  # type: ignore[attr-defined]
        key=key,
    )


def page(
    request: HttpRequest, order: Any, grid: Grid, *, seen: int = 0, status: int = 200, objection: str = ""
) -> HttpResponse:
    """The order with its answer grid; what the buyer changed stands above it, since it was answered or was seen."""
    answers = queries.answers_of(order)
    since = seen or max((one.revision for one in answers), default=0)
    settled = queries.settled(order)
    undecided = queries.undecided(answers)
    for one in grid.lines:
        one.proposed = undecided.get(one.number, "")
    context = {
        "order": order,
        "grid": grid,
        "state": queries.state(order),
        "must_answer": queries.must_answer(order),
        "is_open": not settled,
        "settled": settled,
        "answers": answers,
        "disputes": disputes.open_about(request.actor, order_public_id=order.public_id),  # type: ignore[attr-defined]
        "said_count": queries.said_about(order).count(),
        "overtaken": queries.last_said(order) if status == 409 and seen == order.revision else None,
        "changes": changes_since(order, since) if order.asked_again or seen else [],
        "is_stale": status == 409,
        "objection": objection,
    }
    return render(request, PAGE, context, status=status)


def changes_since(order: PurchaseOrder, revision: int) -> list[queries.Change]:
    before, after = queries.content(order, revision), queries.content(order, order.revision)
    return queries.differences(before, after) if before and after else []
