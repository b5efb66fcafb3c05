"""The state of a list is its address: filters, view, sorting, columns, page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from foundation.screens.lists.columns import Column
from foundation.screens.lists.contract import List, View
from foundation.screens.lists.filters import Chip, clean
from foundation.values.actor import Actor

SIZES = (50, 100, 200)
PAGE = ("after", "before")
"""Parameters that say where in the list one is: dropped when anything else changes."""
LONGEST_TOKEN = 2000
ALL = "all"
"""``?view=all``: no view, so that the first one is not taken."""


@dataclass(frozen=True)
class State:
    """A list's address, read and understood."""

    listing: List
    params: QueryDict
    values: dict[str, Any]
    sort: str
    size: int
    columns: list[Column]
    view: str
    after: str
    before: str

    @property
    def sort_key(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.values)

    def narrow(self, queryset: QuerySet, actor: Actor) -> QuerySet:
        for one in self.listing.filters:
            if one.key in self.values:
                queryset = one.narrow(queryset, self.values[one.key], actor)
        return queryset

    def chips(self, actor: Actor) -> list[tuple[Chip, str]]:
        """What the list is narrowed by, each with the address without it."""
        return [
            (chip, self.without(chip))
            for one in self.listing.filters
            if one.key in self.values
            for chip in one.chips(self.values[one.key], actor)
        ]

    def url(self, **changes: Any) -> str:
        """This address with some parameters changed; None drops one. The page starts anew."""
        params = self.params.copy()
        for name in (*PAGE, "export"):
            params.pop(name, None)
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params.setlist(name, [str(one) for one in (value if isinstance(value, (list, tuple)) else [value])])
        return "?" + params.urlencode()

    def without(self, chip: Chip) -> str:
        changes = {name: [v for v in self.params.getlist(name) if v != value] for name, value in chip.drops}
        return self.url(**{"view": self.view or ALL, **changes})

    def cleared(self) -> str:
        return "?" + _query({"view": ALL, **({"sort": self.sort} if "sort" in self.params else {})}).urlencode()


def read(listing: List, data: QueryDict) -> State:
    """Understand an address, or say 400 with what is permitted."""
    view = clean(data, "view")
    params = effective(listing, data)
    values = {one.key: value for one in listing.filters if (value := one.read(params)) is not None}
    return State(
        listing=listing,
        params=params,
        values=values,
        sort=_sort(listing, params),
        size=_size(params),
        columns=_columns(listing, params),
        view=view or (listing.views[0].key if listing.views and not data else ""),
        after=clean(params, "after", LONGEST_TOKEN),
        before=clean(params, "before", LONGEST_TOKEN),
    )


def effective(listing: List, data: QueryDict) -> QueryDict:
    """The parameters without empty ones; an address without any stands for the first view."""
    given = QueryDict(mutable=True)
    for name, values in data.lists():
        if kept := [value for value in values if value]:
            given.setlist(name, kept)
    if not given and listing.views:
        return view_params(listing.views[0])
    return given


def view_params(view: View) -> QueryDict:
    return _query({"view": view.key, **view.params})


def _query(params: Mapping[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in params.items():
        query.setlist(name, [value] if isinstance(value, str) else list(value))
    return query


def _sort(listing: List, params: QueryDict) -> str:
    asked = clean(params, "sort") or listing.default_sort
    permitted = listing.permitted_sorts()
    if asked.removeprefix("-") not in permitted:
        said = {"key": asked[:40], "permitted": ", ".join(sorted(permitted))}
        raise BadRequest(_("This list cannot be sorted by “%(key)s”. It can be by: %(permitted)s.") % said)
    return asked


def _size(params: QueryDict) -> int:
    asked = clean(params, "size")
    if asked and asked not in {str(size) for size in SIZES}:
        raise BadRequest(_("A page has 50, 100 or 200 rows."))
    return int(asked or SIZES[0])


def _columns(listing: List, params: QueryDict) -> list[Column]:
    asked = [key for text in params.getlist("columns") for key in text.split(",") if key]
    if not asked:
        return [column for column in listing.columns if column.is_default]
    found = [listing.column(key) for key in asked]
    if None in found:
        raise BadRequest(_("This list has no column “%(key)s”.") % {"key": asked[found.index(None)][:40]})
    return [column for column in found if column is not None]
