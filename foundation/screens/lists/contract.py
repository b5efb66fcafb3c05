"""What a list is: a declaration that screens, exports, the API and saved views share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from foundation.screens.lists.columns import Column
from foundation.screens.lists.filters import Filter

Label = str | Promise


@dataclass(frozen=True)
class View:
    """A tab: a name for some filters. ``View("late", _("Late"), {"late": "1", "sort": "need_by"})``."""

    key: str
    label: Label
    params: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    empty: Label = ""
    """What to say when nothing is under this tab."""


@dataclass(frozen=True)
class Bulk:
    """A verb for the chosen rows: a POST to ``url_name``, one turn per row. Shown to those who hold ``verb``."""

    key: str
    label: Label
    url_name: str
    verb: str
    is_primary: bool = False


@dataclass(frozen=True)
class List:
    """See docs/screens.md. ``url`` makes the address of a row, ``counted`` the summary: ``ngettext_lazy("%(shown)s
    order", "%(shown)s orders", "count")``. The first view, if any, is what an address without parameters shows."""

    name: str
    columns: Sequence[Column]
    title: Label = ""
    filters: Sequence[Filter] = ()
    views: Sequence[View] = ()
    default_sort: str = "-id"
    bulk: Sequence[Bulk] = ()
    url: Callable[[Any], str] | None = None
    counted: Any = None
    empty: Label = ""
    """What to say when there is nothing at all, and the next useful thing."""
    sorts: Mapping[str, Any] = field(default_factory=dict)
    """Further keys to sort by that are no columns: key -> path or expression."""
    carried: Sequence[str] = ()
    """Parameters that are the page's own, and stay when the list is narrowed."""

    def permitted_sorts(self) -> dict[str, Any]:
        """Key -> path or expression of everything this list may be sorted by."""
        of_columns = {column.key: column.sort for column in self.columns if column.sort is not None}
        return {"id": "pk", **of_columns, **self.sorts}

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)
