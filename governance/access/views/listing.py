"""Who can do what where: as a list, and as a table of verbs by people or roles; today or on any day before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET

from foundation.scopes import verbs
from foundation.scopes.reach import DIMENSIONS
from foundation.screens import lists
from foundation.screens.lists import state
from foundation.screens.lists.answer import ListPage
from foundation.screens.policy import policy
from foundation.screens.requests import Request, is_partial
from foundation.values.actor import Actor
from foundation.values.days import end_of
from governance.access.models import Right
from governance.access.rights import rights
from organization.entities.models import LegalEntity
from organization.items.models import Category
from organization.items.queries import ancestors
from organization.parties.models import Party
from organization.people.models import Person
from organization.people.queries import MACHINES, name_in
from organization.scopes.models import Scope
from organization.sites.models import Site

MOST = 24
"""People or roles beside one another."""
WHOLE = "membership__scope"


@dataclass(frozen=True)
class Offered(lists.ModelChoice):
    """A choice whose options come with those of its neighbours, in one query."""

    def options(self, actor: Actor) -> list[tuple[str, str]]:
        kept = actor.kept.setdefault("options", {})
        if self.key not in kept:
            kept |= {one.key: [] for one in OFFERED}
            parts = [_named(one, one.queryset(actor)[: one.most]) for one in OFFERED]
            for key, pk, label in parts[0].union(*parts[1:], all=True).order_by("offered_for", "called"):
                kept[key].append((str(pk), label))
        return kept[self.key]


class Somewhere(Offered):
    """Who can do it at a place: by a scope that names the place, or by one that leaves it open."""

    def narrow(self, queryset: QuerySet, value: list[str], _actor: Actor) -> QuerySet:
        return queryset.filter(WITHIN[self.key]([int(one) for one in value]))


def _named(one: Offered, rows: QuerySet) -> QuerySet:
    label = Cast(F(CALLED[rows.model]), CharField())
    offered = Value(one.key, CharField())
    return rows.annotate(offered_for=offered, called=label).values_list("offered_for", "pk", "called")


CALLED = {LegalEntity: "code", Site: "code", Category: "name", Party: "name", Group: "name", Person: "name"}


def _open(name: str) -> Q:
    return Q(**{f"{WHOLE}__{name}": None})


def _one_of(name: str, keys: Any) -> Q:
    return Q(**{f"{WHOLE}__{name}__in": keys})


def _at_sites(keys: list[int]) -> Q:
    entities = Site.objects.filter(pk__in=keys).values("entity")
    return _one_of("site", keys) | (_open("site") & (_open("entity") | _one_of("entity", entities)))


def _in_entities(keys: list[int]) -> Q:
    return (_open("entity") | _one_of("entity", keys)) & (_open("site") | _one_of("site__entity", keys))


def _in_categories(keys: list[int]) -> Q:
    return _open("category") | _one_of(
        "category", {one for above in ancestors(set(keys)).values() for one in above} | set(keys)
    )


WITHIN = {
    "entity": _in_entities,
    "site": _at_sites,
    "category": _in_categories,
    "supplier": lambda keys: _open("supplier") | _one_of("supplier", keys),
}
OFFERED = [
    Offered(
        "person",
        gettext_lazy("Person"),
        lambda _actor: Person.objects.filter(kind=Person.INTERNAL).order_by("name"),
        field="membership__person",
    ),
    Offered("role", gettext_lazy("Role"), lambda _actor: Group.objects.order_by("name"), field="membership__role"),
    Somewhere("entity", gettext_lazy("In the entity"), lambda _actor: LegalEntity.objects.order_by("code")),
    Somewhere("site", gettext_lazy("At the site"), lambda _actor: Site.objects.order_by("code")),
    Somewhere("category", gettext_lazy("For the category"), lambda _actor: Category.objects.order_by("name")),
    Somewhere(
        "supplier",
        gettext_lazy("For the supplier"),
        lambda _actor: Party.objects.filter(pk__in=Scope.objects.values("supplier")).order_by("name"),
    ),
]
ON = lists.AsOf("on", gettext_lazy("As it was on"))


class Verbs(lists.Choice):
    """Every verb there is, by what it says."""

    def read(self, data: QueryDict) -> list[str] | None:
        return lists.Choice("verb", self.label, _verbs()).read(data)

    def options(self, _actor: Actor) -> list[tuple[str, str]]:
        return _verbs()


def _verbs() -> list[tuple[str, str]]:
    return sorted(((verb.name, verb.label) for verb in verbs.registry.values()), key=lambda pair: pair[1])


def given_by(right: Right) -> str:
    return str(MACHINES.get(right.given_by, right.given_by))


RIGHTS = lists.List(
    "access",
    title=gettext_lazy("Who can do what where"),
    columns=[
        lists.Column("person", gettext_lazy("Person"), sort="membership__person__name", value="membership.person.name"),
        lists.Column("verb", gettext_lazy("May"), sort="verb", value=lambda right: verbs.label(right.verb)),
        lists.Column("where", gettext_lazy("Where"), value=lambda right: str(right.membership.scope)),
        lists.Column("role", gettext_lazy("By the role"), sort="membership__role__name", value="membership.role.name"),
        lists.Column("given_by", gettext_lazy("Given by"), value=given_by),
        lists.Column(
            "since", gettext_lazy("Given"), sort="membership__granted_at", value="membership.granted_at", kind="instant"
        ),
        lists.Column("until", gettext_lazy("Until"), value="membership.ends_at", kind="instant"),
        lists.Column("email", gettext_lazy("Mail"), value="membership.person.email", is_default=False),
        lists.Column("name", gettext_lazy("Right"), value="verb", kind="code", is_default=False),
    ],
    filters=[
        lists.Search(["membership__person__name", "membership__role__name", "verb"]),
        Verbs("verb", gettext_lazy("May"), ()),
        *OFFERED,
        ON,
    ],
    default_sort="person",
    url=lambda right: reverse("organization:person", args=[right.membership.person_id]),
    counted=ngettext_lazy("%(shown)s right", "%(shown)s rights", "count"),
    empty=gettext_lazy("Nobody may do anything."),
    carried=("by",),
)


def right_rows(data: QueryDict) -> QuerySet[Right]:
    """The rights of now, or of the end of the day that is asked for, with all that a row shows.

    Today is not over, so it is now.
    """
    scope = [f"{WHOLE}__{name}" for name in DIMENSIONS]
    rows = rights(min(end_of(day), now()) if (day := ON.read(data)) else None)
    rows = rows.select_related("membership__person", "membership__role", *scope)
    return rows.annotate(given_by=name_in("membership__granted_by"))


@require_GET
@policy("see_people")
def listed(request: Request) -> HttpResponse:
    return lists.answer(
        request, RIGHTS, right_rows(request.GET), template="governance/access/list.html", here="list", **asked(request)
    )


@require_GET
@policy("see_people")
def matrix(request: Request) -> HttpResponse:
    """The same rights as one table: what can be done from top to bottom, people or roles from left to right."""
    here = state.read(RIGHTS, request.GET)
    rows = here.narrow(right_rows(request.GET), request.actor)
    by = "role" if request.GET.get("by") == "role" else "person"
    heads = list(
        rows.order_by(f"membership__{by}__name")
        .values_list(f"membership__{by}", f"membership__{by}__name")
        .distinct()[: MOST + 1]
    )
    shown = dict(heads[:MOST])
    table = pivot(rows.filter(**{f"membership__{by}__in": shown}), by, shown)
    context = {"here": "matrix", "by": by, "heads": shown, "table": table, "most": MOST if len(heads) > MOST else 0}
    context |= {
        "list": ListPage(request, here, None, request.actor),
        "other_url": here.url(by=None if by == "role" else "role"),
    }
    template = "governance/access/matrix.html"
    return render(request, f"{template}#results" if is_partial(request) else template, context | asked(request))


def pivot(rows: Iterable[Right], by: str, heads: Iterable[int]) -> list[dict[str, Any]]:
    """Verb by verb, and for each person or role where it may be done."""
    cells: dict[str, dict[int, set[str]]] = {}
    for right in rows:
        places = cells.setdefault(right.verb, {}).setdefault(getattr(right.membership, f"{by}_id"), set())
        places.add(short(right.membership.scope))
    return [
        {"verb": name, "label": label, "cells": [", ".join(sorted(cells[name].get(pk, ()))) for pk in heads]}
        for name, label in _verbs()
        if name in cells
    ]


def short(scope: Scope) -> str:
    """A scope by codes, for a cell."""
    site, others = scope.site, [one for one in DIMENSIONS if one not in ("site", "cost_center")]
    named = [str(getattr(scope, one)) for one in others if getattr(scope, f"{one}_id")]
    codes = [one.code for one in (site, scope.cost_center) if one is not None]
    return " · ".join([*codes, *named]) or _("everywhere")


def asked(request: Request) -> dict[str, Any]:
    """The day that is shown, and the address of the same filters in the other form."""
    return {"day": ON.read(request.GET), "query": request.META.get("QUERY_STRING", "")}
