"""Answer a list's address: the page, the part of it that htmx asks for, or a file."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.screens.lists import columns, exports, paging, saved, state, totals
from foundation.screens.lists.columns import Column
from foundation.screens.lists.contract import Bulk, List
from foundation.screens.lists.paging import Page
from foundation.screens.lists.state import State
from foundation.screens.policy import holds
from foundation.screens.requests import is_partial
from foundation.values.actor import Actor

PAGE = "parts/list.html"
RESULTS = "parts/list_results.html"
"""What htmx swaps: everything but the filter form, where somebody may be typing."""


def answer(
    request: HttpRequest, listing: List, queryset: QuerySet, template: str = PAGE, **context: Any
) -> HttpResponse:
    """The whole life of a list page. At most four queries of its own: rows, count, saved views, totals.

    A filter by rows of another table (``ModelChoice``) costs one more. The queryset is the view's: visible to the
    actor and bringing along what the columns show.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    here = state.read(listing, request.GET)
    narrowed = here.narrow(queryset, actor)
    if kind := request.GET.get("export"):
        return exports.answer(request, here, narrowed, kind)
    shown = ListPage(request, here, paging.page(narrowed, here), actor)
    partial = is_partial(request) and request.headers.get("HX-Target") == "results"
    response = render(request, RESULTS if partial else template, {"list": shown, "is_partial": partial, **context})
    if partial:
        response["HX-Push-Url"] = request.path + shown.address
    return response


@dataclass(frozen=True)
class Heading:
    column: Column
    url: str
    sorted: str
    """``ascending``, ``descending`` or nothing: the value of aria-sort."""


class ListPage:
    """What the template of a list reads."""

    def __init__(self, request: HttpRequest, here: State, page: Page, actor: Actor) -> None:
        self.request, self.state, self.page, self.actor = request, here, page, actor
        self.listing = here.listing
        self.columns = here.columns
        self.title = self.listing.title

    @cached_property
    def address(self) -> str:
        """This page's own parameters, without empty ones."""
        params = self.state.params.copy()
        params.pop("export", None)
        return "?" + params.urlencode()

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        first, *others = self.columns
        classes = self.classes
        return [
            {
                "row": row,
                "url": self.listing.url(row) if self.listing.url else "",
                "first": first.html(row),
                "cells": [(column, column.html(row), classes[column.key]) for column in others],
                "choice": f"{row.pk}:{getattr(row, 'version', 0)}",
            }
            for row in self.page.rows
        ]

    @cached_property
    def classes(self) -> dict[str, str]:
        """The classes of each column's cells: in the hand some wait behind the row, unless they were picked."""
        shown_in_hand = columns.brief(self.columns[1:])
        is_picked = "columns" in self.state.params
        return {
            one.key: one.css if is_picked or one.key in shown_in_hand else f"{one.css} wide".strip()
            for one in self.columns
        }

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if column.sort is None:
            return Heading(column, "", "")
        is_here = column.key == self.state.sort_key
        order = ("descending" if self.state.is_descending else "ascending") if is_here else ""
        other = column.key if is_here and self.state.is_descending else f"-{column.key}"
        first = other if is_here or column.kind in ("date", "instant", *_BIG_FIRST) else column.key
        return Heading(column, self.state.url(sort=first), order)

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        return [{"text": chip.text, "url": url} for chip, url in self.state.chips(self.actor)]

    @cached_property
    def summary(self) -> str:
        """``37 orders``, in words; what they are narrowed by stands beside it as chips."""
        count = self.page.count
        if self.listing.counted is None:
            return self.page.count_text
        number = count if count is not None else paging.COUNTED + 1
        return str(self.listing.counted % {"count": number, "shown": self.page.count_text})

    @cached_property
    def totals(self) -> dict[str, Any] | None:
        """The row below the list, if money is shown in it."""
        found = totals.of(self.page, self.columns)
        cells = [(column, cell, self.classes[column.key]) for column, cell in found.cells] if found else []
        return {"label": found.label, "cells": cells} if found else None

    @cached_property
    def empty(self) -> str:
        """Why nothing is here, in the words of the list or of its tab; nothing if it is for a filter of one's own."""
        if not self.state.is_narrowed:
            return str(self.listing.empty or _("There is nothing here yet."))
        view = next((view for view in self.listing.views if view.key == self.state.view), None)
        return str(view.empty) if view and {*self.state.values} <= {*view.params} else ""

    @cached_property
    def filters(self) -> list[dict[str, Any]]:
        """Each filter with its value and options, for its form."""
        return [self._filter(one) for one in self.listing.filters]

    @property
    def more_filters(self) -> bool:
        """Whether there is anything besides the search."""
        return any(one.widget != "search" for one in self.listing.filters)

    def _filter(self, one: Any) -> dict[str, Any]:
        value = self.state.values.get(one.key)
        shown: dict[str, Any] = {"filter": one, "widget": one.widget, "value": value}
        if one.widget == "choice":
            chosen = value or []
            shown["options"] = [(key, label, key in chosen) for key, label in one.options(self.actor)]
        if one.widget == "dates":
            shown["first"], shown["last"] = value or (None, None)
        return shown

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        """Default views, then what this person saved or others share."""
        here = self.state.view
        of_list = [
            {"label": view.label, "url": "?" + state.view_params(view).urlencode(), "is_current": view.key == here}
            for view in self.listing.views
        ]
        return of_list + [
            {
                "label": one.name,
                "url": f"?{one.query}&view=saved-{one.pk}" if one.query else f"?view=saved-{one.pk}",
                "is_current": here == f"saved-{one.pk}",
                "is_shared": one.is_shared,
                "is_mine": one.owner == str(self.actor),
                "pk": one.pk,
            }
            for one in saved.views_of(self.request.path, self.actor)
        ]

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """Parameters that the filter form carries along."""
        keep = ("sort", "size", "columns", *self.listing.carried)
        return [(name, value) for name in keep for value in self.state.params.getlist(name)]

    @property
    def besides_columns(self) -> list[tuple[str, str]]:
        """Parameters that the column picker carries along."""
        left = {name: v for name, v in self.state.params.lists() if name not in ("columns", "export", *state.PAGE)}
        return [(name, value) for name, values in left.items() for value in values]

    @cached_property
    def pickable(self) -> list[tuple[Column, bool]]:
        """Every column, and whether it is shown: shown ones first, in their order."""
        others = [column for column in self.listing.columns if column not in self.columns]
        return [(column, True) for column in self.columns] + [(column, False) for column in others]

    @cached_property
    def bulk(self) -> list[tuple[Bulk, str]]:
        allowed = [one for one in self.listing.bulk if holds(self.actor, one.verb)]
        return [(one, reverse(one.url_name)) for one in allowed]

    @property
    def before_url(self) -> str:
        return self.state.url(before=self.page.before) if self.page.before else ""

    @property
    def after_url(self) -> str:
        return self.state.url(after=self.page.after) if self.page.after else ""

    @property
    def csv_url(self) -> str:
        return self.state.url(export="csv")

    @property
    def xlsx_url(self) -> str:
        return self.state.url(export="xlsx")

    @property
    def cleared_url(self) -> str:
        return self.state.cleared()

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        return [(size, self.state.url(size=size), size == self.state.size) for size in state.SIZES]


_BIG_FIRST = ("money", "price", "quantity", "number", "percent")
