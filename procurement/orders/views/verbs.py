"""Buttons of an order."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.lifecycles import Refused
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from procurement.chasing import reminding
from procurement.orders import actions as orders
from procurement.orders import queries
from procurement.orders.forms import Why, WhyLine
from procurement.orders.models import PurchaseOrder


@require_POST
@policy("issue_order")
def issue(request: HttpRequest, number: str) -> HttpResponse:
    order = _found(request, number)
    with answering(request) as answer:
        orders.issue(order=order, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("The order is issued; the supplier is being told."))


@require_POST
@policy("cancel_order")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    order, form = _found(request, number), Why(request.POST)
    with answering(request) as answer:
        orders.cancel(order=order, by=request.actor, at=now(), **_said(form), **answer.seen)
    return answer.redirect(_address(number), said=_("The order is cancelled; its lines wait to be ordered again."))


@require_POST
@policy("change_order")
def cancel_remainder(request: HttpRequest, number: str) -> HttpResponse:
    order, form = _found(request, number), WhyLine(request.POST)
    with answering(request) as answer:
        said = _said(form)
        said["line_number"] = said.pop("line")
        orders.cancel_remainder(order=order, by=request.actor, at=now(), **said, **answer.seen)
    return answer.redirect(_address(number), said=_("Nobody waits for the rest of the line any more."))


@require_POST
@policy("change_order")
def remind(request: HttpRequest, number: str) -> HttpResponse:
    order = _found(request, number)
    with answering(request) as answer:
        reminding.remind(order=order, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("The supplier is being reminded."))


@require_POST
@policy("change_order")
def close(request: HttpRequest, number: str) -> HttpResponse:
    order = _found(request, number)
    with answering(request) as answer:
        orders.close(order=order, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("The order is closed."))


def _found(request: HttpRequest, number: str) -> PurchaseOrder:
    return find(queries.order_pages(request.actor), number=number)


def _address(number: str) -> str:
    return reverse("procurement:order", args=[number])


def _said(form: Why) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused(_("Say why, in a few words."))
    return dict(form.cleaned_data)
