"""Lists as suppliers see them: tabs, a search, pages; no saved views, no columns to pick, and public ids only."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.screens import policies
from foundation.screens.lists import List, paging, state
from foundation.screens.lists.answer import RESULTS, ListPage
from foundation.screens.lists.contract import Bulk
from foundation.screens.requests import is_partial

PAGE = "portal/list.html"


def answer(
    request: HttpRequest, listing: List, queryset: QuerySet, *, bulk_on: str = "", page: str = PAGE, **context: Any
) -> HttpResponse:
    """A list page in two queries. ``bulk_on`` is the tab on which rows can be chosen, ``page`` the list's own page."""
    actor = request.actor  # type: ignore[attr-defined]
    here = state.read(listing, request.GET)
    shown = PortalList(request, here, paging.page(here.narrow(queryset, actor), here), actor, bulk_on)
    partial = is_partial(request) and request.headers.get("HX-Target") == "results"
    response = render(request, RESULTS if partial else page, {"list": shown, "is_partial": partial, **context})
    if partial:
        response["HX-Push-Url"] = request.path + shown.address
    return response


class PortalList(ListPage):
    """The same list with less of it."""

    def __init__(self, *given: Any) -> None:
        *usual, self.bulk_on = given
        super().__init__(*usual)

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
                "choice": str(row.public_id) if self.bulk else "",
            }
            for row in self.page.rows
        ]

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        return [
            {
                "label": view.label,
                "url": "?" + state.view_params(view).urlencode(),
                "is_current": view.key == self.state.view,
            }
            for view in self.listing.views
        ]

    @cached_property
    def bulk(self) -> list[tuple[Bulk, str]]:
        offered = super().bulk if self.state.view == self.bulk_on else []
        return [(one, url) for one, url in offered if policies.opens(self.actor, url)]

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """Only what was searched for: the tabs say the rest."""
        return [{"text": f"“{words}”", "url": self.state.url(q=None)}] if (words := self.searched) else []

    @property
    def searched(self) -> str:
        return self.state.values.get("q") or ""

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """A search stays within its tab."""
        left_out = ("q", "after", "before")
        return [(name, v) for name, values in self.state.params.lists() if name not in left_out for v in values]
