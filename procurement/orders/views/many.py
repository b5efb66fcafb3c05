"""Verbs for many orders at once: what each would do is shown first, then each is done in a turn of its own."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from foundation.screens import lists
from foundation.screens.lists.bulk import DO, NOW, Act, Foresee
from foundation.screens.policy import policy
from procurement.chasing import reminding
from procurement.orders import actions as orders
from procurement.orders import foreseeing
from procurement.orders.forms import HandOver, Why
from procurement.orders.models import PurchaseOrder
from procurement.orders.views.listing import ORDERS


@require_POST
@policy("issue_order")
def issue(request: HttpRequest) -> HttpResponse:
    return _many(
        request,
        _("Issue orders"),
        _("Issue to the suppliers"),
        lambda rows: foreseeing.of_issue(rows, request.actor, at=now()),
        lambda order, asked: orders.issue(order=order, by=request.actor, at=now(), **asked),
    )


@require_POST
@policy("change_order")
def remind(request: HttpRequest) -> HttpResponse:
    return _many(
        request,
        _("Remind suppliers"),
        _("Remind them"),
        lambda rows: reminding.foreseen(rows, request.actor, at=now()),
        lambda order, asked: reminding.remind(order=order, by=request.actor, at=now(), **asked),
    )


@require_POST
@policy("change_order")
def cancel_rest(request: HttpRequest) -> HttpResponse:
    form = Why(_typed(request))
    return _many(
        request,
        _("Stop waiting for what is open"),
        _("Give up what is open"),
        lambda rows: foreseeing.of_rest(rows, request.actor),
        lambda order, asked: orders.cancel_rest(
            order=order, reason=form.cleaned_data["reason"], by=request.actor, at=now(), **asked
        ),
        form,
    )


@require_POST
@policy("change_order")
def hand_over(request: HttpRequest) -> HttpResponse:
    form = HandOver(_typed(request))
    return _many(
        request,
        _("Hand orders over"),
        _("Hand them over"),
        lambda rows: foreseeing.of_hand_over(rows, request.actor),
        lambda order, asked: orders.hand_over(
            order=order, to=form.cleaned_data["to"], by=request.actor, at=now(), **asked
        ),
        form,
    )


def _typed(request: HttpRequest) -> Any:
    """What was typed on the page of the preview; nothing when that page is only asked for."""
    return request.POST if request.POST.get(DO) == NOW else None


def _many(
    request: HttpRequest, title: Promise, button: Promise, foresee: Foresee, act: Act, form: Form | None = None
) -> HttpResponse:
    rows = PurchaseOrder.objects.visible_to(request.actor)
    rows = rows.select_related("supplier__party", "entity", "site", "buyer")
    said = {"title": title, "button": button, "foresee": foresee, "act": act, "form": form}
    return lists.bulk_previewed(request, ORDERS, rows, **said)
