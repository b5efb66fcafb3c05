"""The supplier's start page: what waits for him. Each package that he may touch adds its part (``todo``)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from foundation.screens import areas
from foundation.screens.areas import Area
from foundation.screens.policy import admits, policy
from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from suppliers.suppliers.models import Contact, Supplier

SHOWN = 5
Label = str | Promise


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One kind of work: ``rows(actor, limit)`` in order of urgency, ``count(actor)`` asked only if there are more."""

    key: str
    label: Label
    url: Callable[[], str]
    """The list of all of it."""
    rows: Callable[[Actor, int], list[WorkRow]]
    count: Callable[[Actor], int]
    empty: Label
    order: int
    roles: tuple[str, ...]
    """Whose work it is: of those who hold any of them."""


_todos: dict[str, Todo] = {}


def todo(one: Todo) -> None:
    _todos[one.key] = one


@require_GET
@policy(policy.SUPPLIER)
def start(request: HttpRequest) -> HttpResponse:
    """What waits comes first, so that on a phone nothing empty stands above it."""
    actor = request.actor  # type: ignore[attr-defined]
    kinds = sorted((one for one in _todos.values() if admits(actor, one.roles)), key=lambda one: one.order)
    parts = sorted((shown(one, actor) for one in kinds), key=lambda part: not part["count"])
    return render(request, "portal/start.html", {"parts": parts})


def shown(one: Todo, actor: Actor) -> dict:
    rows = one.rows(actor, SHOWN + 1)
    count = one.count(actor) if len(rows) > SHOWN else len(rows)
    return {"todo": one, "url": one.url(), "rows": rows[:SHOWN], "count": count, "more": max(count - SHOWN, 0)}


@require_GET
@policy(policy.SUPPLIER)
def help_page(request: HttpRequest) -> HttpResponse:
    """How to answer, ship and bill, and how to reach a person."""
    supplier = Supplier.objects.only("number", "party__name").select_related("party").first()
    contacts = Contact.objects.order_by("purpose", "name")
    return render(request, "portal/help.html", {"supplier": supplier, "contacts": contacts})


areas.register(Area("portal-start", _("Start"), "portal:start", order=0, icon="house"))
