"""Unsent orders made one, or taken apart: what would come of it is shown first."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.screens.answers import answering, key_of
from foundation.screens.finding import find
from foundation.screens.lists.bulk import DO, NOW, Outcome, chosen
from foundation.screens.policy import policy
from procurement.orders import queries as orders
from procurement.orders.models import PurchaseOrder
from procurement.orders.views.listing import ORDERS, address
from procurement.regrouping import actions as regrouping
from procurement.regrouping import queries, rules
from procurement.regrouping.forms import Split
from procurement.regrouping.queries import Together

SPLIT = "procurement/regrouping/split.html"
MOST_LINES = 5_000
"""Lines of one preview."""


@require_POST
@policy("draft_order")
def merge(request: HttpRequest) -> HttpResponse:
    """The chosen orders in groups that can become one; then each group in a turn of its own."""
    rows = PurchaseOrder.objects.visible_to(request.actor).select_related("supplier__party", "entity", "site")
    seen = dict(chosen(request, ORDERS, rows))
    if sum(order.line_count for order in seen) > MOST_LINES:
        raise BadRequest(_("At most %(n)s lines at once. Choose fewer orders.") % {"n": MOST_LINES})
    found = queries.together(list(seen), _kept(request), at=now())
    back = f"{reverse('procurement:orders')}{request.POST.get('query', '')}"
    if request.POST.get(DO) == NOW:
        wanted = [one for one in found if str(one.key) in request.POST.getlist("merge")]
        if not wanted:
            raise BadRequest(_("Tick at least one group of orders first."))
        key, versions = key_of(request), {order.pk: version for order, version in seen.items()}
        outcomes = [_merge(request, one, versions, f"{key}:{one.key}") for one in wanted]
        return render(request, "parts/bulk_result.html", _told(outcomes, back))
    context = {
        "groups": [one for one in found if not one.stops],
        "alone": [one for one in found if one.stops],
        "query": request.POST.get("query", ""),
        "back": back,
    }
    return render(request, "procurement/regrouping/merge.html", context)


def _kept(request: HttpRequest) -> set[int]:
    """The orders that keep their numbers, as they were picked: ``into_17=19``."""
    picked = {value for name, value in request.POST.items() if name.startswith("into_")}
    return {int(text) for text in picked if text.isascii() and text.isdigit() and len(text) < 19}


def _merge(request: HttpRequest, one: Together, seen: dict[int, int], key: str) -> Outcome:
    versions = {order.pk: seen[order.pk] for order in one.orders}
    with answering(request) as answer:
        said = {"into": one.into, "others": one.others, "seen": versions}
        regrouping.merge(**said, by=request.actor, at=now(), key=key[-80:])
    return Outcome(one.into, address(one.into), answer.problem)


def _told(outcomes: list[Outcome], back: str) -> dict[str, object]:
    return {
        "title": _("Merge orders"),
        "refused": [outcome for outcome in outcomes if outcome.problem],
        "done": [outcome for outcome in outcomes if not outcome.problem],
        "back": back,
    }


@require_http_methods(["GET", "POST"])
@policy("draft_order")
def split(request: HttpRequest, number: str) -> HttpResponse:
    """Tick lines, see both orders as they would be, split."""
    order = find(orders.order_pages(request.actor), number=number)
    lines = queries.lines_of([order])[order.pk]
    form = Split(request.POST or None, lines=lines)
    with answering(request) as answer:
        if form.is_valid() and request.POST.get(DO) == NOW:
            said = {"order": order, "taken": form.cleaned_data["taken"]}
            made = regrouping.split(**said, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(address(made), said=_("These lines stand on an order of their own now."))
    stop = rules.why_not_moved(order) or (_("One line cannot be taken apart.") if len(lines) < 2 else None)
    context = {"order": order, "lines": lines, "ticked": form.ticked, "stop": stop, "form": form}
    if not (form.is_bound and form.is_valid()):
        return answer.form(form, SPLIT, context)
    stay, move, notes = queries.apart(order, lines, form.cleaned_data["taken"], at=now())
    parts = [_part(_("Stays on this order"), stay), _part(_("Goes to a new order"), move)]
    context |= {"parts": parts, "notes": notes}
    return answer.form(form, SPLIT, context) if answer.problem else render(request, SPLIT, context)


def _part(title: str, lines: queries.Lines) -> dict[str, object]:
    amount = sum(line.amount for line in lines)
    return {"title": title, "count": len(lines), "amount": amount, "need_by": min(line.need_by for line in lines)}
